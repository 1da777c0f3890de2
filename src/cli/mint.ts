import { InvalidArgumentError, Option } from 'commander'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { ALGORITHMS, type Algorithm } from '../key/algorithm.ts'
import type { PrivateKey } from '../key/private-key.ts'
import { DEFAULT_TARGET, loadTarget, type TargetId } from '../target/targets.ts'
import type { Verdict } from '../target/verdict.ts'
import type { Claim, RegisteredClaims } from '../token/claims.ts'
import type { ClaimSource } from '../token/compose.ts'
import type { ProtectedHeader } from '../token/sign.ts'
import { action, addCommand, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { readInput } from './file-input.ts'
import { addKeySourceOptions, type KeySourceOptions, readPrivateKey } from './key-source.ts'
import { append, atOption, resolveWhen, type When, when } from './options.ts'
import { serverName } from './server-auth.ts'
import { targetOption } from './target-option.ts'

interface Options extends KeySourceOptions {
  readonly prefix?: string | false
  readonly role?: string
  readonly allIds?: boolean
  readonly iss?: string | false
  readonly aud?: readonly string[] | false
  readonly sub?: string
  readonly exp: When
  readonly nbf?: When
  readonly iat?: When | false
  readonly jti?: string | false
  readonly claim?: readonly Claim[]
  readonly claimJson?: readonly Claim[]
  readonly claims?: string
  readonly alg?: Algorithm
  readonly kid?: string | true
  readonly out?: string
  readonly force?: boolean
  readonly allowDead?: boolean
  readonly target?: TargetId
}

const DEFAULT_EXP: When = { kind: 'after', seconds: 3600 }

/** `mint`: signs a token that cannot be dead on arrival. */
export function mint(program: Cmd, edge: Edge): void {
  const command = addCommand(program, 'mint', 'tokens').description(
    'sign a token that the server accepts',
  )
  const reach = [
    new Option('--prefix <prefix>', 'open only ids that begin with this'),
    new Option('--role <role>', 'role claim; "admin" opens everything'),
    new Option('--all-ids', 'open every id (an empty prefix)'),
    new Option(
      '--no-prefix',
      'neither prefix nor role: every operation is 403, only /poll is open',
    ),
  ]
  for (const option of reach) command.addOption(option.helpGroup('What it opens (one is needed):'))
  const claims = [
    new Option('--iss <issuer>', 'issuer; taken from the configuration when it has one'),
    new Option('--no-iss', 'no issuer, whatever the configuration says'),
    new Option('--aud <audience>', 'audience, repeatable; always an array in the token').argParser(
      append,
    ),
    new Option('--no-aud', 'no audience, whatever the configuration says'),
    new Option('--sub <subject>', 'subject; no Resonate server reads it'),
    new Option('--exp <when>', 'expiry: a duration (15m, 1h30m, 7d) or an instant')
      .argParser(when)
      .default(DEFAULT_EXP, '1h'),
    new Option('--nbf <when>', 'not before; the Rust server does not check it').argParser(when),
    new Option('--iat <when>', 'issued at; now when absent').argParser(when),
    new Option('--no-iat', 'no issued-at claim'),
    new Option('--jti <id>', 'token id; a random one when absent'),
    new Option('--no-jti', 'no token id'),
    new Option('--claim <name=text>', 'one more claim, a string, repeatable').argParser(textClaim),
    new Option('--claim-json <name=json>', 'one more claim of any type, repeatable').argParser(
      jsonClaim,
    ),
    new Option(
      '--claims <@file>',
      'more claims from a file holding a JSON object, or - for standard input',
    ),
  ]
  for (const option of claims) command.addOption(option.helpGroup('Claims:'))
  const header = [
    new Option('--alg <algorithm>', 'JWS algorithm; chosen by the key when absent').choices(
      Object.keys(ALGORITHMS),
    ),
    new Option('--kid [id]', 'key id in the header; the RFC 7638 thumbprint when no id is given'),
  ]
  for (const option of header) command.addOption(option.helpGroup('Header:'))
  addKeySourceOptions(command)
  command
    .option('-o, --out <file>', 'write the token to a file that only you can read')
    .option('--force', 'replace the file')
    .addOption(new Option('--allow-dead', 'sign also what the server would reject, for tests'))
    .addOption(targetOption())
    .addOption(atOption())
    .example('A token for one worker', 'resonate-auth mint --prefix worker-1')
    .example(
      'For a day, to a file',
      'resonate-auth mint --prefix worker-1. --exp 1d --out worker-1.jwt',
    )
    .example('For an administrator', 'resonate-auth mint --role admin --exp 15m')
    .action(action<[], Options>(edge, run))
}

async function run(talk: Conversation, options: Options): Promise<ExitStatus> {
  const sources = await readSources(talk, options)
  refuseNoReach(options, sources)
  const claims = await buildClaims(talk, options, sources)
  const { key, name } = await readPrivateKey(talk, options)
  const header = await buildHeader(options, key)
  const { signToken } = await import('../token/sign.ts')
  const token = signToken(header, claims, key)
  await refuseDead(talk, options, key, token, claims)
  const { noteClaims } = await import('../target/notes.ts')
  for (const note of noteClaims(claims, talk.now)) talk.warn(note)
  await deliver(talk, options, token, header, claims, name)
  return ExitCode.ok
}

async function readSources(talk: Conversation, options: Options): Promise<readonly ClaimSource[]> {
  const sources: ClaimSource[] = [
    { from: '--claim', claims: options.claim ?? [] },
    { from: '--claim-json', claims: options.claimJson ?? [] },
  ]
  if (options.claims === undefined) return sources
  const path = options.claims.replace(/^@/, '')
  const bytes = await readInput(path, talk, { purpose: 'the claims', limit: 1024 * 1024 })
  const { readMembers } = await import('../token/claims.ts')
  const members = readMembers(new TextDecoder().decode(bytes))
  if (!members.ok)
    throw new UsageError(`${path}: ${members.message}`, {
      hints: ['--claims takes a file with one JSON object, e.g. {"team": "blue"}'],
    })
  return [...sources, { from: `--claims ${options.claims}`, claims: members.claims }]
}

/** A token with neither prefix nor admin role is 403 everywhere; whoever wants one says so. */
function refuseNoReach(options: Options, sources: readonly ClaimSource[]): void {
  const named = sources.flatMap(({ claims }) => claims.map(({ name }) => name))
  const ways = [
    options.prefix !== undefined,
    options.allIds === true,
    options.role?.toLowerCase() === 'admin',
    named.includes('prefix') || named.includes('role'),
  ]
  if (options.allIds === true && options.prefix !== undefined)
    throw new UsageError('--all-ids and --prefix contradict each other', {
      hints: ['--all-ids is the empty prefix: it opens every id'],
    })
  if (ways.includes(true)) return
  throw new UsageError('what should the token open?', {
    hints: [
      'give one of --prefix PREFIX, --role admin, --all-ids, --no-prefix; a token without prefix and role is answered 403 everywhere',
    ],
  })
}

async function buildClaims(
  talk: Conversation,
  options: Options,
  sources: readonly ClaimSource[],
): Promise<readonly Claim[]> {
  const { composeClaims } = await import('../token/compose.ts')
  const { iss, aud, sub, exp, nbf, iat, jti, role } = options
  const prefix = options.allIds === true ? '' : options.prefix
  const given: RegisteredClaims = {
    ...(typeof iss === 'string' && { iss }),
    ...(sub !== undefined && { sub }),
    ...(Array.isArray(aud) && { aud }),
    ...(exp !== DEFAULT_EXP && { exp: resolveWhen(exp, talk.now) }),
    ...(nbf !== undefined && { nbf: resolveWhen(nbf, talk.now) }),
    ...(iat !== undefined && iat !== false && { iat: resolveWhen(iat, talk.now) }),
    ...(typeof jti === 'string' && { jti }),
    ...(role !== undefined && { role }),
    ...(typeof prefix === 'string' && { prefix }),
  }
  const defaults: RegisteredClaims = {
    exp: resolveWhen(DEFAULT_EXP, talk.now),
    ...(iat !== false && { iat: talk.now }),
    ...(jti !== false && { jti: randomId(talk) }),
  }
  const composed = composeClaims({ registered: given, defaults, sources })
  if (composed.ok) return composed.claims
  throw new UsageError(
    `claim "${composed.name}" is given twice, by ${composed.places.join(' and ')}`,
    {
      hints: ['a claim may stand in a token once only: the server refuses duplicates'],
    },
  )
}

/** 128 random bits as base64url (RFC 7519 §4.1.7 wants a negligible chance of collision). */
function randomId({ host }: Conversation): string {
  return Buffer.from(host.random(16)).toString('base64url')
}

async function buildHeader(options: Options, key: PrivateKey): Promise<ProtectedHeader> {
  const alg = options.alg ?? key.algorithms[0]
  if (!key.algorithms.includes(alg))
    throw new UsageError(
      `${alg} does not fit the key, which can sign ${key.algorithms.join(', ')}`,
      {
        hints: ['leave --alg out: the fitting algorithm is chosen by the key'],
      },
    )
  if (options.kid === undefined) return { alg, typ: 'JWT' }
  if (typeof options.kid === 'string') return { alg, typ: 'JWT', kid: options.kid }
  const { keyId } = await import('../key/public-key.ts')
  return { alg, typ: 'JWT', kid: keyId(key) }
}

/** Judges the signed token as its target would, with the key's own public half. Throws AuthError ERR_TOKEN_DEAD. */
async function refuseDead(
  talk: Conversation,
  options: Options,
  key: PrivateKey,
  token: string,
  claims: readonly Claim[],
): Promise<void> {
  if (options.allowDead === true) return
  const target = await loadTarget(options.target ?? DEFAULT_TARGET)
  if (target.tokens === undefined)
    throw new UsageError(`${serverName(target)} knows no tokens, only basic auth`)
  const { judgeToken } = await import('../target/verdict.ts')
  const { exportSpkiPem } = await import('../key/public-key.ts')
  const pem = new TextEncoder().encode(exportSpkiPem(key))
  const load = target.tokens.loadKey('the key', { ok: true, bytes: pem })
  if (!load.starts)
    throw new AuthError('ERR_TOKEN_DEAD', `no ${serverName(target)} server starts with this key`, {
      hints: ['make one it takes with "resonate-auth keygen"'],
    })
  const verdict = judgeToken(
    target,
    new TextEncoder().encode(token),
    { key: load.key },
    undefined,
    talk.now,
  )
  const meant =
    options.prefix === false && !claims.some(({ name }) => name === 'prefix' || name === 'role')
  if (verdict.status === 200 || (verdict.authenticated && meant)) return
  throw deadToken(verdict, serverName(target))
}

function deadToken({ status, reason }: Verdict, target: string): AuthError {
  return new AuthError(
    'ERR_TOKEN_DEAD',
    `not signed: ${target} would answer ${status}: ${reason?.meaning ?? 'refused'}`,
    {
      hints: [
        ...(reason === undefined ? [] : [reason.mending]),
        'for a test, sign it all the same with --allow-dead',
      ],
    },
  )
}

async function deliver(
  talk: Conversation,
  { out, force }: Options,
  token: string,
  header: ProtectedHeader,
  claims: readonly Claim[],
  keyName: string,
): Promise<void> {
  if (out !== undefined && out !== '-')
    await talk.host.files.write([{ path: out, content: `${token}\n`, mode: 0o600 }], force === true)
  const payload = Object.fromEntries(claims.map(({ name, json }) => [name, JSON.parse(json)]))
  if (talk.json)
    await talk.document('mint/v1', {
      ...(out === undefined || out === '-' ? { token } : { out }),
      key: keyName,
      header,
      payload,
    })
  else if (out === undefined || out === '-') await talk.product(`${token}\n`)
  else talk.note(`wrote ${out}`)
}

/** Splits `name=value` at its first `=`. */
function splitClaim(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Expected name=value.')
  return [text.slice(0, equals), text.slice(equals + 1)]
}

function textClaim(text: string, previous: readonly Claim[] = []): readonly Claim[] {
  const [name, value] = splitClaim(text)
  return [...previous, { name, json: JSON.stringify(value) }]
}

function jsonClaim(text: string, previous: readonly Claim[] = []): readonly Claim[] {
  const [name, value] = splitClaim(text)
  try {
    JSON.parse(value)
  } catch {
    throw new InvalidArgumentError(`The value of ${name} is not JSON; for a string use --claim.`)
  }
  return [...previous, { name, json: value.trim() }]
}

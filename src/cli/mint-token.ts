import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { Policy } from '../fleet/policy.ts'
import type { Algorithm } from '../key/algorithm.ts'
import type { PrivateKey } from '../key/private-key.ts'
import type { Verdict } from '../target/verdict.ts'
import {
  type Claim,
  claimValue,
  listClaims,
  type RegisteredClaims,
  readMembers,
} from '../token/claims.ts'
import type { ClaimSource } from '../token/compose.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import type { ProtectedHeader } from '../token/sign.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import { readPrivateKey } from './key-source.ts'
import type { MintOptions } from './mint.ts'
import { findMintServer, type MintServer } from './mint-server.ts'
import { resolveWhen } from './options.ts'
import type { Settings } from './settings-schema.ts'
import { chooseTarget, serverName, tokenTarget } from './target-option.ts'

/** Seconds a token lives when neither --exp nor the settings' ttl says otherwise. */
export const DEFAULT_TTL = 3600

/** Builds, signs, judges and delivers one token. Throws AuthError ERR_TOKEN_DEAD for one the target would reject. */
export async function mintToken(talk: Conversation, options: MintOptions): Promise<ExitStatus> {
  const sources = await readSources(talk, options)
  refuseNoReach(options, sources)
  const server = await findMintServer(talk, options)
  const claims = await buildClaims(talk, options, sources, server)
  const { settings } = await talk.settings()
  const { key, name } = await readPrivateKey(talk, withSettings(options, settings, talk))
  const header = await buildHeader(options, key)
  if (settings.policy !== undefined)
    await refuseBreaches(settings.policy, claims, header.alg, key, talk)
  const { signToken } = await import('../token/sign.ts')
  const token = signToken(header, claims, key)
  await refuseDead(talk, options, key, token, claims)
  if (server !== undefined && options.allowDead !== true)
    await refuseStranger(talk, options, server, token)
  const { noteClaims } = await import('../target/notes.ts')
  for (const note of noteClaims(claims, talk.now)) talk.warn(note)
  await deliver(talk, options, token, header, claims, name)
  return ExitCode.ok
}

/** The key of the settings counts where no flag and no variable names one. */
export function withSettings(
  options: MintOptions,
  { key }: Settings,
  { host }: Conversation,
): MintOptions {
  const named = options.key ?? options.keyEnv ?? host.env['RAUTH_KEY']
  return named !== undefined || key === undefined ? options : { ...options, key }
}

async function refuseBreaches(
  policy: Policy,
  claims: readonly Claim[],
  alg: Algorithm,
  key: PrivateKey,
  talk: Conversation,
): Promise<void> {
  const { findBreaches } = await import('../fleet/policy.ts')
  const rsaBits = key.numbers.type === 'rsa' ? key.numbers.modulus.toString(2).length : undefined
  const signing = { alg, ...(rsaBits !== undefined && { rsaBits }) }
  const [breach] = findBreaches(policy, claims, signing, talk.now)
  if (breach === undefined) return
  throw new AuthError('ERR_POLICY', `not signed: the policy of the settings says that ${breach}`, {
    hints: ['change the token or the policy; --no-settings mints without it'],
  })
}

/** The claims of --claim, --claim-json and --claims. Throws UsageError for a file that holds no JSON object. */
export async function readSources(
  talk: Conversation,
  options: MintOptions,
): Promise<readonly ClaimSource[]> {
  const sources: ClaimSource[] = [
    { from: '--claim', claims: options.claim ?? [] },
    { from: '--claim-json', claims: options.claimJson ?? [] },
  ]
  if (options.claims === undefined) return sources
  const path = options.claims.replace(/^@/, '')
  const bytes = await readInput(path, talk, { purpose: 'the claims', limit: 1024 * 1024 })
  const members = readMembers(new TextDecoder().decode(bytes))
  if (!members.ok)
    throw new UsageError(`${path}: ${members.message}`, {
      hints: ['--claims takes a file with one JSON object, e.g. {"team": "blue"}'],
    })
  return [...sources, { from: `--claims ${options.claims}`, claims: members.claims }]
}

/** A token with neither prefix nor admin role is 403 everywhere; whoever wants one says so. */
function refuseNoReach(options: MintOptions, sources: readonly ClaimSource[]): void {
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
  options: MintOptions,
  sources: readonly ClaimSource[],
  server: MintServer | undefined,
): Promise<readonly Claim[]> {
  const { composeClaims } = await import('../token/compose.ts')
  const { iat, jti } = options
  const given = givenClaims(options, talk.now)
  const defaults: RegisteredClaims = {
    exp: talk.now + ((await talk.settings()).settings.ttl ?? DEFAULT_TTL),
    ...(iat !== false && { iat: talk.now }),
    ...(jti !== false && { jti: randomId(talk) }),
    ...server?.taken,
  }
  const composed = composeClaims({ registered: given, defaults, sources })
  if (composed.ok) {
    tellTaken(talk, composed.claims, server)
    return composed.claims
  }
  throw new UsageError(
    `claim "${composed.name}" is given twice, by ${composed.places.join(' and ')}`,
    {
      hints: ['a claim may stand in a token once only: the server refuses duplicates'],
    },
  )
}

/** The claims that flags of their own give. */
export function givenClaims(options: MintOptions, now: NumericDate): RegisteredClaims {
  const { iss, aud, sub, exp, nbf, iat, jti, role } = options
  const prefix = options.allIds === true ? '' : options.prefix
  return {
    ...(typeof iss === 'string' && { iss }),
    ...(sub !== undefined && { sub }),
    ...(Array.isArray(aud) && { aud }),
    ...(exp !== undefined && { exp: resolveWhen(exp, now) }),
    ...(nbf !== undefined && { nbf: resolveWhen(nbf, now) }),
    ...(iat !== undefined && iat !== false && { iat: resolveWhen(iat, now) }),
    ...(typeof jti === 'string' && { jti }),
    ...(role !== undefined && { role }),
    ...(typeof prefix === 'string' && { prefix }),
  }
}

/** Says what the configuration put into the token. */
export function tellTaken(
  talk: Conversation,
  claims: readonly Claim[],
  server: MintServer | undefined,
): void {
  for (const { name, json } of listClaims(server?.taken ?? {}))
    if (claims.some((claim) => claim.name === name && claim.json === json))
      talk.note(`${name} ${json} from the configuration`)
}

/** 128 random bits as base64url (RFC 7519 §4.1.7 wants a negligible chance of collision). */
function randomId({ host }: Conversation): string {
  return Buffer.from(host.random(16)).toString('base64url')
}

/** The protected header of the tokens that `key` signs. Throws UsageError for an algorithm that does not fit it. */
export async function buildHeader(options: MintOptions, key: PrivateKey): Promise<ProtectedHeader> {
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
  return { alg, typ: 'JWT', kid: await keyId(key) }
}

/** Judges the signed token as its target would, with the key's own public half. Throws AuthError ERR_TOKEN_DEAD. */
export async function refuseDead(
  talk: Conversation,
  options: MintOptions,
  key: PrivateKey,
  token: string,
  claims: readonly Claim[],
): Promise<void> {
  if (options.allowDead === true) return
  const target = tokenTarget(await chooseTarget(talk, options))
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

/** A key that the configured server does not know: refused when the configuration was named, else told. */
export async function refuseStranger(
  talk: Conversation,
  options: MintOptions,
  { key, keyName, named }: MintServer,
  token: string,
): Promise<void> {
  if (key === undefined || key === 'none') return
  const target = tokenTarget(await chooseTarget(talk, options))
  const { judgeToken } = await import('../target/verdict.ts')
  const verdict = judgeToken(target, new TextEncoder().encode(token), { key }, undefined, talk.now)
  if (verdict.authenticated) return
  if (named) throw deadToken(verdict, `the server with ${keyName}`)
  talk.warn(
    `the server configured here checks with ${keyName} and would answer ${verdict.status}: ${verdict.reason?.meaning ?? 'refused'}`,
  )
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
  { out, force }: MintOptions,
  token: string,
  header: ProtectedHeader,
  claims: readonly Claim[],
  keyName: string,
): Promise<void> {
  const written = out === '-' ? undefined : out
  if (written !== undefined)
    await talk.host.files.write(
      [{ path: written, content: `${token}\n`, mode: 0o600 }],
      force === true,
    )
  const payload = Object.fromEntries(claims.map((claim) => [claim.name, claimValue(claim)]))
  if (talk.json)
    await talk.document('mint/v1', {
      token: written === undefined ? token : null,
      out: written ?? null,
      key: keyName,
      header,
      payload,
    })
  else if (written === undefined) await talk.product(`${token}\n`)
  else talk.note(`wrote ${written}`)
}

import { dirname, join, parse, resolve } from 'node:path'
import { Option } from 'commander'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { CurveName, KeyType } from '../key/algorithm.ts'
import { DEFAULT_TARGET, type TargetId } from '../target/targets.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { warnExposed } from './key-output.ts'
import {
  generateKey,
  type KeyKind,
  type KeyPair,
  loadProver,
  provePair,
  renderPair,
} from './key-pair.ts'
import { addPassphraseOptions, DEFAULT_KEY_FILE, type PassphraseOptions } from './key-source.ts'
import { isGiven, readNewPassphrase } from './new-passphrase.ts'
import { integer } from './options.ts'
import { type AskedTarget, targetOption } from './target-option.ts'

interface Options extends PassphraseOptions, KeyKind {
  readonly out: string
  readonly publicOut?: string
  readonly encrypt?: boolean
  readonly force?: boolean
  readonly target?: AskedTarget
}

const KEY_TYPES: readonly KeyType[] = ['ed25519', 'rsa', 'ec']
const CURVE_NAMES: readonly CurveName[] = ['P-256', 'P-384']

/** `keygen`: a new key pair, proved by signing and judging a token before anything is written. */
export function keygen(command: Cmd, edge: Edge): void {
  command
    .addOption(
      new Option('--type <type>', 'kind of key').choices(KEY_TYPES).default('ed25519', 'ed25519'),
    )
    .addOption(
      new Option('--bits <number>', 'size of an RSA key, 2048 to 8192; 3072 when absent').argParser(
        integer(2048, 8192),
      ),
    )
    .addOption(
      new Option('--curve <curve>', 'curve of an EC key; P-256 when absent').choices(CURVE_NAMES),
    )
    .addOption(
      new Option(
        '-o, --out <file>',
        'the private key, for you alone; - for standard output',
      ).default(DEFAULT_KEY_FILE, DEFAULT_KEY_FILE),
    )
    .option('--public-out <file>', 'the public key; beside the private one when absent')
    .option('--encrypt', 'encrypt the private key, with a passphrase that is asked for twice')
    .option('--force', 'replace the files')
    .addOption(targetOption())
  addPassphraseOptions(command)
    .example('A new pair in place of private.pem and public.pem', 'resonate-auth keygen --force')
    .example('An RSA key pair', 'resonate-auth keygen --type rsa --bits 2048 --out rsa.pem')
    .example(
      'For a pipe: private key on standard output',
      'resonate-auth keygen --out - --public-out worker.pub.pem',
    )
    .action(action<[], Options>(edge, run))
}

async function run(talk: Conversation, options: Options): Promise<ExitStatus> {
  refuseContradictions(options)
  const places = choosePlaces(talk, options)
  await refuseExisting(talk, places, options)
  const passphrase = await choosePassphrase(talk, options)
  const prover = await loadProver(options.target?.id ?? DEFAULT_TARGET)
  const key = await generateKey(talk, options)
  const pair = await renderPair(talk, key, passphrase)
  await provePair(talk, pair, passphrase, prover)
  await deliver(talk, places, pair, options)
  return ExitCode.ok
}

function refuseContradictions({ type, bits, curve }: Options): void {
  if (bits !== undefined && type !== 'rsa')
    throw new UsageError('--bits is for RSA keys', { hints: ['add --type rsa'] })
  if (curve !== undefined && type !== 'ec')
    throw new UsageError('--curve is for EC keys', { hints: ['add --type ec'] })
}

/** Where the halves go: a path, `-` for standard output; `undefined` = the public half is only shown. */
interface Places {
  readonly privatePath: string
  readonly publicPath: string | undefined
}

function choosePlaces({ host }: Conversation, { out, publicOut }: Options): Places {
  const publicPath = publicOut ?? (out === '-' ? undefined : derivePublicPath(out))
  const same = publicPath !== undefined && resolve(host.cwd, publicPath) === resolve(host.cwd, out)
  if (same)
    throw new UsageError('--out and --public-out name the same place', {
      hints: ['leave --public-out out: the public key goes beside the private one'],
    })
  return { privatePath: out, publicPath }
}

/** `private.pem` → `public.pem`, `keys/worker.pem` → `keys/worker.pub.pem`. */
export function derivePublicPath(privatePath: string): string {
  const { dir, base, name } = parse(privatePath)
  const beside = base.includes('private') ? base.replace('private', 'public') : `${name}.pub.pem`
  return dir === '' ? beside : join(dir, beside)
}

/** Before the work, not after it: an RSA key may take a minute. */
async function refuseExisting(
  { host }: Conversation,
  { privatePath, publicPath }: Places,
  { force }: Options,
): Promise<void> {
  for (const path of [privatePath, publicPath]) {
    if (path === undefined || path === '-') continue
    const stat = await host.files.stat(path)
    if (stat?.kind === 'file' && force !== true)
      throw new AuthError('ERR_FILE_EXISTS', `${path}: already exists, nothing was written`, {
        hints: ['name another file with --out, or replace the pair with --force'],
      })
    if ((await host.files.stat(dirname(path)))?.kind !== 'directory')
      throw new AuthError('ERR_FILE_WRITE', `${path}: no such directory`, {
        hints: [`create it first: mkdir -p ${dirname(path)}`],
      })
  }
}

async function choosePassphrase(
  talk: Conversation,
  options: Options,
): Promise<Uint8Array | undefined> {
  if (!isGiven(options) && options.encrypt !== true) return undefined
  return readNewPassphrase(talk, options, {
    asker: '--encrypt',
    give: '--passphrase-file or --passphrase-fd',
    without: 'leave --encrypt out for a key without one',
  })
}

async function deliver(
  talk: Conversation,
  { privatePath, publicPath }: Places,
  pair: KeyPair,
  { force, target }: Options,
): Promise<void> {
  const files = [
    { path: privatePath, content: pair.privatePem, mode: 0o600 },
    { path: publicPath, content: pair.publicPem, mode: 0o644 },
  ].flatMap(({ path, ...file }) => (path === undefined || path === '-' ? [] : [{ path, ...file }]))
  const toStdout =
    privatePath === '-' ? pair.privatePem : publicPath === '-' ? pair.publicPem : undefined
  // A private key that could not be written must leave no public one behind.
  if (toStdout !== undefined && !talk.json) await talk.product(toStdout)
  if (privatePath === '-') await warnExposed(talk)
  await talk.host.files.write(files, force === true)
  await tellPair(
    talk,
    pair,
    { privatePath, publicPath },
    target?.id ?? DEFAULT_TARGET,
    toStdout !== undefined,
  )
}

async function tellPair(
  talk: Conversation,
  pair: KeyPair,
  { privatePath, publicPath }: Places,
  target: TargetId,
  stdoutTaken: boolean,
): Promise<void> {
  const { describeNumbers, nameKey } = await import('../key/describe.ts')
  const facts = describeNumbers(pair.key.numbers)
  const { type, bits, curve, spkiSha256 } = facts
  const { exportJwk, keyId } = await import('../key/public-key.ts')
  const kid = await keyId(pair.key)
  if (talk.json) {
    await talk.document('keygen/v1', {
      type,
      bits: bits ?? null,
      curve: curve ?? null,
      algorithms: pair.key.algorithms,
      kid,
      spkiSha256,
      encrypted: pair.encrypted,
      target,
      privateKey: privatePath === '-' ? null : privatePath,
      publicKey: publicPath === undefined || publicPath === '-' ? null : publicPath,
      privateKeyPem: privatePath === '-' ? pair.privatePem : null,
      publicKeyPem: pair.publicPem,
      jwk: exportJwk(pair.key),
    })
    return
  }
  const kind = `${nameKey(facts)}${pair.encrypted ? ', encrypted' : ''}`
  if (privatePath !== '-') talk.note(`wrote ${privatePath} (${kind}, for you alone)`)
  if (publicPath !== undefined && publicPath !== '-')
    talk.note(`wrote ${publicPath} (for the server)`)
  talk.note(`kid ${kid}`)
  talk.note(`SPKI SHA-256 ${spkiSha256}`)
  if (publicPath === undefined) talk.note(`public key:\n${pair.publicPem.trimEnd()}`)
  const block = `[auth]\npublickey = ${JSON.stringify(publicPath ?? 'public.pem')}\n`
  if (stdoutTaken) return
  talk.note('into resonate.toml, the path as seen from where the server starts:')
  await talk.product(block)
  const source = privatePath === DEFAULT_KEY_FILE ? '' : ` --key ${privatePath}`
  talk.note(`next: resonate-auth mint${source} --prefix worker-1`)
}

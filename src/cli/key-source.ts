import { Option } from 'commander'
import { AuthError, UsageError } from '../errors.ts'
import type { PrivateKey } from '../key/private-key.ts'
import type { Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import { integer } from './options.ts'

/** No private key is larger. */
const KEY_LIMIT = 1024 * 1024

/** No passphrase is longer. */
const PASSPHRASE_LIMIT = 4096

/** Where `keygen` puts the private key and everything that signs looks for it. */
export const DEFAULT_KEY_FILE = 'private.pem'

/** What opens an encrypted private key without asking. */
export interface PassphraseOptions {
  readonly passphraseFile?: string
  readonly passphraseFd?: number
}

/** Which private key signs. */
export interface KeySourceOptions extends PassphraseOptions {
  readonly key?: string
  readonly keyEnv?: string
}

/** A private key, and what to call it: its path, or the variable it stood in. */
export interface NamedPrivateKey {
  readonly key: PrivateKey
  readonly name: string
}

/** Adds `--key`, `--key-env` and the passphrase options. */
export function addKeySourceOptions(command: Cmd): Cmd {
  const options = [
    new Option(
      '--key <file>',
      `the private key, or - for standard input; RAUTH_KEY or ./${DEFAULT_KEY_FILE} when absent`,
    ),
    new Option('--key-env <name>', 'take the private key itself from this environment variable'),
  ]
  for (const option of options) command.addOption(option.helpGroup('The key:'))
  return addPassphraseOptions(command)
}

/** Adds `--passphrase-file` and `--passphrase-fd`. */
export function addPassphraseOptions(command: Cmd): Cmd {
  const options = [
    new Option('--passphrase-file <file>', 'the passphrase of the private key, on one line'),
    new Option(
      '--passphrase-fd <number>',
      'the passphrase, from an open file descriptor',
    ).argParser(integer(0, 65_535)),
  ]
  for (const option of options) command.addOption(option.helpGroup('The key:'))
  return command
}

/**
 * The private key that signs: `--key`, else RAUTH_KEY, else `--key-env`, else ./private.pem. An encrypted one is opened
 * with the given passphrase, or one that is asked for. Throws AuthError, or UsageError for options that contradict.
 */
export async function readPrivateKey(
  talk: Conversation,
  options: KeySourceOptions,
): Promise<NamedPrivateKey> {
  const { bytes, name, path } = await readKeyBytes(talk, options)
  const { importPrivateKey, isEncrypted } = await import('../key/private-key.ts')
  const passphrase = isEncrypted(bytes)
    ? await readPassphrase(talk, options, `passphrase of ${name}:`)
    : undefined
  const key = importPrivateKey(bytes, passphrase, name)
  if (path !== undefined) await warnReadable(talk, path)
  return { key, name }
}

interface KeyBytes {
  readonly bytes: Uint8Array
  readonly name: string
  /** Absent where the key came from no file. */
  readonly path?: string
}

async function readKeyBytes(
  talk: Conversation,
  { key, keyEnv }: KeySourceOptions,
): Promise<KeyBytes> {
  if (key !== undefined && keyEnv !== undefined)
    throw new UsageError('--key and --key-env both name the private key', {
      hints: ['give one of them'],
    })
  if (key !== undefined)
    return readKeyFile(talk, key, ['make a key pair with "resonate-auth keygen"'])
  const variable = (talk.host.env['RAUTH_KEY'] ?? '') !== '' ? 'RAUTH_KEY' : keyEnv
  if (variable !== undefined && keyEnv !== undefined && variable !== keyEnv)
    talk.warn(`RAUTH_KEY is set and signs; --key-env ${keyEnv} is not looked at`)
  if (variable !== undefined) return readKeyVariable(talk, variable)
  return readKeyFile(talk, DEFAULT_KEY_FILE, [
    'make a key pair with "resonate-auth keygen", or name your key with --key FILE',
  ])
}

async function readKeyFile(
  talk: Conversation,
  path: string,
  hints: readonly string[],
): Promise<KeyBytes> {
  const bytes = await readInput(path, talk, { purpose: 'a private key', limit: KEY_LIMIT, hints })
  return path === '-' ? { bytes, name: 'standard input' } : { bytes, name: path, path }
}

function readKeyVariable({ host }: Conversation, name: string): KeyBytes {
  const text = host.env[name] ?? ''
  if (text === '')
    throw new AuthError('ERR_FILE_MISSING', `the environment variable ${name} is not set`, {
      hints: [`put the private key itself into it, e.g. ${name}="$(cat private.pem)"`],
    })
  if (/^[^\s"]{1,255}\.(?:pem|key|der|jwk|json)$/.test(text))
    throw new AuthError('ERR_KEY_FORM', `${name}: holds the path of a file instead of a key`, {
      hints: [`give the path with --key, or the key itself: ${name}="$(cat ${text})"`],
    })
  return { bytes: new TextEncoder().encode(text), name }
}

/**
 * The passphrase from `--passphrase-file` or `--passphrase-fd` without its final line end, else asked for where somebody
 * can be asked; undefined when there is none. Throws AuthError when the file cannot be read.
 */
export async function readPassphrase(
  talk: Conversation,
  { passphraseFile, passphraseFd }: PassphraseOptions,
  question: string,
): Promise<Uint8Array | undefined> {
  if (passphraseFile !== undefined && passphraseFd !== undefined)
    throw new UsageError('--passphrase-file and --passphrase-fd both give the passphrase', {
      hints: ['give one of them'],
    })
  if (passphraseFile !== undefined) {
    const request = { purpose: 'the passphrase', limit: PASSPHRASE_LIMIT }
    const bytes = await readInput(passphraseFile, talk, request)
    if (passphraseFile !== '-') await warnReadable(talk, passphraseFile)
    return dropLineEnd(bytes)
  }
  if (passphraseFd !== undefined) return dropLineEnd(await readDescriptor(talk, passphraseFd))
  if (!talk.interactive) return undefined
  const { askSecret } = await import('./prompt.ts')
  return new TextEncoder().encode(await askSecret(talk, question))
}

async function readDescriptor({ host }: Conversation, descriptor: number): Promise<Uint8Array> {
  const read = await host.files.readDescriptor(descriptor, PASSPHRASE_LIMIT)
  if (read.ok) return read.bytes
  throw new AuthError('ERR_FILE_MISSING', `file descriptor ${descriptor}: ${read.message}`, {
    hints: [`open it for this command, e.g. --passphrase-fd ${descriptor} ${descriptor}< FILE`],
  })
}

function dropLineEnd(bytes: Uint8Array): Uint8Array {
  const end = bytes.length
  if (bytes[end - 1] !== 0x0a) return bytes
  return bytes.subarray(0, bytes[end - 2] === 0x0d ? end - 2 : end - 1)
}

/** Warns about a secret that others on this machine can read; a system without user ids has no such bits. */
export async function warnReadable(talk: Conversation, path: string): Promise<void> {
  if (talk.host.uid === undefined) return
  const stat = await talk.host.files.stat(path)
  if (stat?.kind !== 'file' || (stat.mode & 0o077) === 0) return
  talk.warn(
    `${path} can be read or written by others (mode 0${stat.mode.toString(8)}); run "chmod 600 ${path}"`,
  )
}

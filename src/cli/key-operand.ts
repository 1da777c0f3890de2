import { AuthError } from '../errors.ts'
import { describeKeys, type KeyDescription } from '../key/describe.ts'
import { foreignKeyError, nameError } from '../key/key-error.ts'
import { listKeys } from '../key/key-file.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import { KEY_FILE_LIMIT } from './key-cache.ts'
import {
  DEFAULT_KEY_FILE,
  type PassphraseOptions,
  readPassphrase,
  warnReadable,
} from './key-source.ts'
import { isGiven } from './new-passphrase.ts'

/** The bytes of a key file that an operand names. */
export interface KeyFile {
  readonly bytes: Uint8Array
  /** The path, or `standard input`. */
  readonly name: string
  /** Absent for standard input. */
  readonly path?: string
}

/** A key file, what is in it, and the passphrase that opens it. */
export interface OpenedKeyFile extends KeyFile {
  readonly keys: readonly KeyDescription[]
  readonly passphrase?: Uint8Array
}

/**
 * The file that `operand` names, `-` for standard input; without one standard input where it is no terminal, else
 * ./private.pem. Throws AuthError when it cannot be read.
 */
export async function readKeyFile(
  talk: Conversation,
  operand: string | undefined,
  purpose = 'a key',
): Promise<KeyFile> {
  const path = operand ?? (talk.host.terminal.stdin ? DEFAULT_KEY_FILE : '-')
  const bytes = await readInput(path, talk, {
    purpose,
    limit: KEY_FILE_LIMIT,
    hints: ['name a key file, or make a key pair with "resonate-auth keygen"'],
  })
  return path === '-' ? { bytes, name: 'standard input' } : { bytes, name: path, path }
}

/** No file of keys that somebody uses holds more. */
const MAX_KEYS = 1000

/** A derivation may take seconds (see key/encryption.ts), so only so many are done. */
const MAX_ENCRYPTED = 16

/** Gives the passphrase, having asked `question` where none was given; undefined when there is none. */
export type AskPassphrase = (question: string) => Promise<Uint8Array | undefined>

/** Asks anew for every file, but reads a given passphrase once: a descriptor gives it only once. */
export function passphraseAsker(talk: Conversation, options: PassphraseOptions): AskPassphrase {
  let given: Promise<Uint8Array | undefined> | undefined
  return (question) => {
    if (!isGiven(options)) return readPassphrase(talk, options, question)
    given ??= readPassphrase(talk, options, question)
    return given
  }
}

/**
 * What is in `file`; where something in it is encrypted, with the passphrase that `ask` gives. Warns about a private key
 * that others can read. Throws AuthError when the file is no key in any known form.
 */
export async function openKeyFile(
  talk: Conversation,
  file: KeyFile,
  ask: AskPassphrase,
): Promise<OpenedKeyFile> {
  const keys = describe(file)
  if (file.path !== undefined && keys.some((key) => key.private))
    await warnReadable(talk, file.path)
  if (!keys.some(({ encrypted }) => encrypted)) return { ...file, keys }
  const passphrase = await ask(`passphrase of ${file.name}:`)
  if (passphrase === undefined || passphrase.length === 0) return { ...file, keys }
  return { ...file, keys: describe(file, passphrase), passphrase }
}

function describe({ bytes, name }: KeyFile, passphrase?: Uint8Array): readonly KeyDescription[] {
  try {
    const entries = listKeys(bytes)
    refuseMany(entries.length, MAX_KEYS, 'keys')
    const locked = entries.filter(({ syntax }) => syntax.startsWith('encrypted'))
    if (passphrase !== undefined) refuseMany(locked.length, MAX_ENCRYPTED, 'encrypted keys')
    return describeKeys(bytes, passphrase)
  } catch (error) {
    throw nameError(name, error)
  }
}

function refuseMany(count: number, most: number, what: string): void {
  if (count > most)
    throw new AuthError('ERR_INPUT_LIMIT', `holds ${count} ${what}; at most ${most} are read`, {
      hints: ['put those that matter into a file of their own'],
    })
}

/** Why the numbers of `key` are not known: it is of a foreign kind, locked or damaged. Always an AuthError. */
export function unreadError({ name, passphrase }: OpenedKeyFile, key: KeyDescription): unknown {
  if (key.key !== undefined)
    return nameError(name, foreignKeyError({ type: 'foreign', name: key.key.type }))
  if (key.encrypted && passphrase === undefined)
    return new AuthError('ERR_KEY_ENCRYPTED', `${name}: encrypted, and no passphrase was given`, {
      hints: ['give it with --passphrase-file or --passphrase-fd'],
    })
  return nameError(name, new AuthError(key.code ?? 'ERR_KEY_FORM', key.problem ?? 'cannot be read'))
}

import { AuthError, type ErrorCode } from '../errors.ts'
import { parseJwk } from './jwk.ts'
import { type KeyEntry, type KeySyntax, listKeys } from './key-file.ts'
import { countBits, type ForeignKey, type PublicNumbers } from './key-numbers.ts'
import { isPrivateEntry } from './private-key.ts'
import { readPublicEntry, spkiFingerprint } from './public-key.ts'

/** What one key of a file is, without a word of its secret. */
export interface KeyDescription {
  readonly encoding: KeyEntry['encoding']
  readonly syntax: KeySyntax
  /** The PEM label. */
  readonly label?: string
  /** The kid that a JWK states. */
  readonly kid?: string
  readonly private: boolean
  readonly encrypted: boolean
  /** What can be known of the key itself; absent where it is encrypted or damaged. */
  readonly key?: KeyFacts
  /** Why nothing can be known of it, a sentence without a full stop. */
  readonly problem?: string
  /** The code of the error that `problem` tells. */
  readonly code?: ErrorCode
}

export interface KeyFacts {
  /** `Ed25519`, `RSA`, `EC`, or the name of a kind that is not supported. */
  readonly type: string
  /** Of an RSA modulus. */
  readonly bits?: number
  readonly curve?: string
  /** SHA-256 over the SPKI, in hexadecimal; absent for kinds that are not supported. */
  readonly spkiSha256?: string
  /** The public half; absent for kinds that are not supported. */
  readonly numbers?: PublicNumbers
}

/** Describes every key of a file in its order; encrypted ones are opened with `passphrase` if given. Throws AuthError when there is none. */
export function describeKeys(
  bytes: Uint8Array,
  passphrase?: string | Uint8Array,
): readonly KeyDescription[] {
  return listKeys(bytes).map((entry) => ({
    encoding: entry.encoding,
    syntax: entry.syntax,
    ...(entry.label !== undefined && { label: entry.label }),
    ...statedKid(entry),
    private: isPrivateEntry(entry),
    encrypted: entry.syntax.startsWith('encrypted'),
    ...readFacts(entry, passphrase),
  }))
}

function statedKid({ syntax, bytes }: KeyEntry): { readonly kid?: string } {
  const { kid } = syntax === 'JWK' ? parseJwk(bytes) : {}
  return typeof kid === 'string' ? { kid } : {}
}

function readFacts(
  entry: KeyEntry,
  passphrase: string | Uint8Array | undefined,
): Pick<KeyDescription, 'key' | 'problem' | 'code'> {
  try {
    return { key: describeNumbers(readPublicEntry(entry, passphrase)) }
  } catch (error) {
    if (error instanceof AuthError) return { problem: error.message, code: error.code }
    throw error
  }
}

const TYPE_NAMES = { ed25519: 'Ed25519', rsa: 'RSA', ec: 'EC' } as const

/** The facts of a public half. */
export function describeNumbers(numbers: PublicNumbers | ForeignKey): KeyFacts {
  if (numbers.type === 'foreign') return { type: numbers.name }
  return {
    type: TYPE_NAMES[numbers.type],
    ...(numbers.type === 'rsa' && { bits: countBits(numbers.modulus) }),
    ...(numbers.type === 'ec' && { curve: numbers.curve.name }),
    spkiSha256: spkiFingerprint({ numbers }),
    numbers,
  }
}

/** A key in a few words, e.g. `Ed25519`, `RSA 3072` or `EC P-256`. */
export function nameKey({ type, bits, curve }: KeyFacts): string {
  return [type, bits, curve].filter((part) => part !== undefined).join(' ')
}

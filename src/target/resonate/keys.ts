import type { FileRead } from '../../config/file.ts'
import type { Algorithm } from '../../key/algorithm.ts'
import type { KeyLoad } from '../target.ts'
import { type Asn1Facts, readAsn1 } from './asn1.ts'
import { readPem } from './pem.ts'
import { type RingKey, readEcKey, readEd25519Key, readRsaKey } from './ring.ts'

/** The key types in the order in which the server tries them, with the algorithms it then takes (src/auth.rs). */
const TYPES = {
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  EC: ['ES256', 'ES384'],
  Ed25519: ['EdDSA'],
} as const satisfies Readonly<Record<string, readonly Algorithm[]>>

type KeyType = keyof typeof TYPES

/** Object identifiers as content bytes in hexadecimal: rsaEncryption, id-ecPublicKey, id-Ed25519. */
const IDENTIFIERS: ReadonlyMap<string, KeyType> = new Map([
  ['2a864886f70d010101', 'RSA'],
  ['2a8648ce3d0201', 'EC'],
  ['2b6570', 'Ed25519'],
])

/** The identifiers of P-256 and P-384. */
const KNOWN_CURVES: readonly string[] = ['2a8648ce3d030107', '2b81040022']

interface RawKey {
  readonly type: KeyType
  readonly key: RingKey
}

/**
 * The public key file as the server's start-up reads it (src/auth.rs `load_public_key`, jsonwebtoken 9.3.1
 * src/pem/decoder.rs): only the first PEM block counts, and much that can never verify a token is taken. A file that cannot
 * be read or holds no key ends the server with status 1.
 */
export function loadKey(path: string, file: FileRead): KeyLoad {
  if (!file.ok) return stop(`Failed to read public key file '${path}': ${file.message}`)
  const raw = readKey(file.bytes)
  if (raw === undefined)
    return stop(
      `Unsupported or invalid public key in '${path}'. Supported types: RSA, EC (P-256/P-384), Ed25519.`,
    )
  const { type, key } = raw
  return {
    starts: true,
    key: {
      type,
      algorithms: TYPES[type],
      verify: key.usable ? key.verify : () => false,
      ...(key.usable ? key.only !== undefined && { usable: [key.only] } : { usable: [] }),
      ...(key.usable && key.nearMiss !== undefined && { nearMiss: key.nearMiss }),
      ...(key.flaw !== undefined && { flaw: key.flaw }),
    },
  }
}

function stop(message: string): KeyLoad {
  return { starts: false, exit: 1, message }
}

function readKey(file: Uint8Array): RawKey | undefined {
  const block = readPem(file)
  const asn1 = block && readAsn1(block.der)
  if (block === undefined || asn1 === undefined) return undefined
  switch (block.label) {
    case 'RSA PUBLIC KEY':
    case 'RSA PRIVATE KEY':
      return { type: 'RSA', key: readRsaKey(block.der) }
    case 'PUBLIC KEY':
    case 'PRIVATE KEY':
    case 'CERTIFICATE':
      return readWrappedKey(asn1, block.label)
  }
  return undefined
}

/** A key inside SPKI, PKCS#8 or a certificate: its type by the first identifier that names one, wherever it stands. */
function readWrappedKey(asn1: Asn1Facts, label: string): RawKey | undefined {
  const at = asn1.identifiers.findIndex((identifier) => IDENTIFIERS.has(identifier))
  const type = IDENTIFIERS.get(asn1.identifiers[at] ?? '')
  const bytes = asn1.firstString
  if (type === undefined || bytes === undefined) return undefined
  if (label === 'PRIVATE KEY' && type !== 'RSA') return undefined
  switch (type) {
    case 'RSA':
      return { type, key: readRsaKey(bytes) }
    case 'EC':
      return { type, key: readEcKey(bytes, KNOWN_CURVES.includes(asn1.identifiers[at + 1] ?? '')) }
    case 'Ed25519': {
      const key = readEd25519Key(bytes)
      // A certificate that an Ed25519 CA signed is taken for an Ed25519 key, whatever it holds.
      return {
        type,
        key:
          key.usable || bytes.length === 32 || label !== 'CERTIFICATE'
            ? key
            : { usable: false, flaw: 'not-what-the-label-says' },
      }
    }
  }
}

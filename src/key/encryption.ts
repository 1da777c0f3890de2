import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, scryptSync } from 'node:crypto'
import { AuthError } from '../errors.ts'
import {
  type DerElement,
  readDer,
  readInteger,
  readOctetString,
  readOid,
  readSequence,
  Tag,
} from './der.ts'
import {
  encodeInteger,
  encodeNull,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from './der-encoding.ts'
import type { KeyEntry } from './key-file.ts'
import { Oid } from './oid.ts'

interface Cipher {
  readonly name: string
  readonly keySize: number
  readonly blockSize: number
}

const CIPHERS: Readonly<Record<string, Cipher>> = {
  '608648016503040102': { name: 'aes-128-cbc', keySize: 16, blockSize: 16 },
  '608648016503040116': { name: 'aes-192-cbc', keySize: 24, blockSize: 16 },
  [Oid.aes256Cbc]: { name: 'aes-256-cbc', keySize: 32, blockSize: 16 },
  '2a864886f70d0307': { name: 'des-ede3-cbc', keySize: 24, blockSize: 8 },
}

const DIGESTS: Readonly<Record<string, string>> = {
  '2a864886f70d0207': 'sha1',
  '2a864886f70d0208': 'sha224',
  [Oid.hmacSha256]: 'sha256',
  '2a864886f70d020a': 'sha384',
  '2a864886f70d020b': 'sha512',
}

/** More rounds than any tool writes; a file that asks for more would only keep the processor busy. */
const MAX_ITERATIONS = 5_000_000

/** scrypt needs 128·N·r bytes and N·r·p steps (RFC 7914 §2); beyond these a file is a trap. */
const MAX_SCRYPT_BYTES = 512 * 1024 * 1024
const MAX_SCRYPT_STEPS = 2 ** 24

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
const ITERATIONS = 600_000

/** Bytes of randomness that `encryptPkcs8` takes: a salt and an initialisation vector. */
export const ENCRYPTION_RANDOM_SIZE = 32

/** The PrivateKeyInfo in an EncryptedPrivateKeyInfo of PBES2 (RFC 8018 §6.2). Throws AuthError. */
export function decryptPkcs8(bytes: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const [algorithm, data] = readSequence(readDer(bytes))
  const [scheme, parameters] = readSequence(algorithm)
  if (readOid(scheme) !== Oid.pbes2) throw outdated()
  const [derivation, encryption] = readSequence(parameters)
  const [cipherOid, vector] = readSequence(encryption)
  const cipher = CIPHERS[readOid(cipherOid)]
  if (cipher === undefined) throw outdated()
  const iv = readOctetString(vector)
  if (iv.length !== cipher.blockSize)
    throw new AuthError('ERR_KEY_FORM', 'an encrypted key with a damaged header')
  const key = deriveKey(derivation, passphrase, cipher.keySize)
  return decrypt(cipher, key, iv, readOctetString(data))
}

function outdated(): AuthError {
  return new AuthError('ERR_KEY_FORM', 'encrypted with an algorithm that is not supported', {
    hints: ['rewrite it with "openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW"'],
  })
}

function deriveKey(
  derivation: DerElement | undefined,
  passphrase: Uint8Array,
  size: number,
): Uint8Array {
  const [name, parameters] = readSequence(derivation)
  switch (readOid(name)) {
    case Oid.pbkdf2:
      return derivePbkdf2(readSequence(parameters), passphrase, size)
    case Oid.scrypt:
      return deriveScrypt(readSequence(parameters), passphrase, size)
    default:
      throw outdated()
  }
}

function derivePbkdf2(
  [salt, count, ...rest]: readonly DerElement[],
  passphrase: Uint8Array,
  size: number,
): Uint8Array {
  const iterations = Number(readInteger(count))
  if (iterations < 1 || iterations > MAX_ITERATIONS)
    throw new AuthError(
      'ERR_KEY_FORM',
      `encrypted with no round or with more than ${MAX_ITERATIONS}`,
    )
  const function_ = rest.find(({ tag }) => tag === Tag.sequence)
  // RFC 8018 A.2: SHA-1 where none is named.
  const digest = function_ === undefined ? 'sha1' : DIGESTS[readOid(readSequence(function_)[0])]
  if (digest === undefined) throw outdated()
  return pbkdf2Sync(passphrase, readOctetString(salt), iterations, size, digest)
}

function deriveScrypt(
  [salt, cost, block, parallel]: readonly DerElement[],
  passphrase: Uint8Array,
  size: number,
): Uint8Array {
  const N = Number(readInteger(cost))
  const r = Number(readInteger(block))
  const p = Number(readInteger(parallel))
  if (128 * N * r > MAX_SCRYPT_BYTES || N * r * p > MAX_SCRYPT_STEPS)
    throw new AuthError('ERR_KEY_FORM', 'encrypted with scrypt numbers that are too large')
  try {
    return scryptSync(passphrase, readOctetString(salt), size, {
      N,
      r,
      p,
      maxmem: 2 * MAX_SCRYPT_BYTES,
    })
  } catch (cause) {
    throw new AuthError('ERR_KEY_FORM', 'encrypted with impossible scrypt numbers', { cause })
  }
}

/** Ciphers of traditional PEM encryption by their OpenSSL names. */
const TRADITIONAL: Readonly<Record<string, Cipher>> = Object.fromEntries(
  Object.values(CIPHERS).map((cipher) => [cipher.name.toUpperCase(), cipher]),
)

/** The DER in a PEM block with `Proc-Type: 4,ENCRYPTED` (RFC 1421, OpenSSL's EVP_BytesToKey). Throws AuthError. */
export function decryptTraditional(
  { bytes, encryption = '' }: KeyEntry,
  passphrase: Uint8Array,
): Uint8Array {
  const [name = '', hex = ''] = encryption.split(',')
  const cipher = Object.hasOwn(TRADITIONAL, name) ? TRADITIONAL[name] : undefined
  if (cipher === undefined) throw outdated()
  const iv = Buffer.from(hex, 'hex')
  if (iv.length !== cipher.blockSize)
    throw new AuthError('ERR_KEY_FORM', 'an encrypted key with a damaged DEK-Info line')
  const key: Uint8Array[] = []
  for (let size = 0, last: Uint8Array = new Uint8Array(); size < cipher.keySize; size += 16) {
    last = createHash('md5').update(last).update(passphrase).update(iv.subarray(0, 8)).digest()
    key.push(last)
  }
  return decrypt(cipher, Buffer.concat(key).subarray(0, cipher.keySize), iv, bytes)
}

/** A wrong passphrase shows as bad padding, or by chance as bytes that are no DER sequence. */
function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv(cipher.name, key, iv)
    const plain = Buffer.concat([decipher.update(data), decipher.final()])
    if (readDer(plain).tag === Tag.sequence) return plain
  } catch {
    // Told below, and the cause says nothing more.
  }
  throw new AuthError('ERR_KEY_PASSPHRASE', 'the passphrase does not open the private key', {
    hints: ['check it for a wrong keyboard layout or white space'],
  })
}

/**
 * An EncryptedPrivateKeyInfo of PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018 §6.2), which OpenSSL reads.
 * `random` are ENCRYPTION_RANDOM_SIZE fresh bytes.
 */
export function encryptPkcs8(
  info: Uint8Array,
  passphrase: Uint8Array,
  random: Uint8Array,
): Uint8Array {
  const salt = random.subarray(0, 16)
  const iv = random.subarray(16, 32)
  const key = pbkdf2Sync(passphrase, salt, ITERATIONS, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const derivation = encodeSequence(
    encodeOid(Oid.pbkdf2),
    encodeSequence(
      encodeOctetString(salt),
      encodeInteger(BigInt(ITERATIONS)),
      encodeSequence(encodeOid(Oid.hmacSha256), encodeNull()),
    ),
  )
  const encryption = encodeSequence(encodeOid(Oid.aes256Cbc), encodeOctetString(iv))
  return encodeSequence(
    encodeSequence(encodeOid(Oid.pbes2), encodeSequence(derivation, encryption)),
    encodeOctetString(Buffer.concat([cipher.update(info), cipher.final()])),
  )
}

import { encryptPkcs8 } from './encryption.ts'
import { encodePem } from './pem.ts'
import { encodePrivateInfo } from './pkcs8.ts'
import type { PrivateKey } from './private-key.ts'
import { readPkcs8 } from './private-numbers.ts'

/** The key as PKCS#8 in DER (RFC 5958); an EC key carries its public half, without which some readers refuse it. */
export function exportPkcs8({ keyObject, numbers: half }: PrivateKey): Uint8Array {
  const bytes = keyObject.export({ format: 'der', type: 'pkcs8' })
  if (half.type !== 'ec') return bytes
  const numbers = readPkcs8(bytes)
  return numbers.type === 'ec' ? encodePrivateInfo(numbers, half.point) : bytes
}

/** The key as unencrypted PKCS#8 PEM. */
export function exportPkcs8Pem(key: PrivateKey): string {
  return encodePem('PRIVATE KEY', exportPkcs8(key))
}

/** The key as encrypted PKCS#8 PEM; `random` are ENCRYPTION_RANDOM_SIZE fresh bytes. Takes a good part of a second. */
export function exportEncryptedPem(
  key: PrivateKey,
  passphrase: Uint8Array,
  random: Uint8Array,
): string {
  return encodePem('ENCRYPTED PRIVATE KEY', encryptPkcs8(exportPkcs8(key), passphrase, random))
}

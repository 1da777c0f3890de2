import { constants, sign } from 'node:crypto'
import { AuthError } from '../errors.ts'
import { ALGORITHMS, type Algorithm, type AlgorithmRow } from './algorithm.ts'
import type { PrivateKey } from './private-key.ts'

/**
 * The signature of `input` in the form JWS wants: raw for EdDSA (RFC 8037 §3.1), r‖s for ECDSA (RFC 7518 §3.4), PSS
 * with a salt as long as the digest (§3.5). Throws AuthError ERR_KEY_TYPE when `key` does not fit `alg`.
 */
export function signInput(alg: Algorithm, key: PrivateKey, input: Uint8Array): Uint8Array {
  if (!key.algorithms.includes(alg))
    throw new AuthError('ERR_KEY_TYPE', `${alg} does not fit this key`, {
      hints: [`it signs with ${key.algorithms.join(', ')}`],
    })
  const row: AlgorithmRow = ALGORITHMS[alg]
  try {
    return sign(row.digest ?? null, input, signingKey(row, key))
  } catch (cause) {
    // RSA numbers that fit each other may still be no key: whether the primes are prime is not looked at.
    throw new AuthError('ERR_KEY_FORM', 'the private key does not work', {
      hints: ['make a new pair with "resonate-auth keygen"'],
      cause,
    })
  }
}

function signingKey(
  { type, salt }: AlgorithmRow,
  { keyObject }: PrivateKey,
): Parameters<typeof sign>[2] {
  switch (type) {
    case 'ed25519':
      return keyObject
    case 'ec':
      return { key: keyObject, dsaEncoding: 'ieee-p1363' }
    case 'rsa':
      return salt === undefined
        ? { key: keyObject, padding: constants.RSA_PKCS1_PADDING }
        : { key: keyObject, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt }
  }
}

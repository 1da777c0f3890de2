import { AuthError } from '../errors.ts'
import type { CurveName } from './algorithm.ts'
import { CURVES } from './curve.ts'
import { toBigInt } from './der.ts'
import { type PrivateKey, toPrivateKey } from './private-key.ts'
import { ecPrivate, ed25519Private } from './private-numbers.ts'

/** Fresh bytes from a cryptographic source. */
export type RandomSource = (size: number) => Uint8Array

/** With a working source the chance to need a second try is under 2⁻³², to need so many nil. */
const MAX_TRIES = 64

/** An Ed25519 key from 32 fresh bytes (RFC 8032 §5.1.5). */
export function generateEd25519(random: RandomSource): PrivateKey {
  return toPrivateKey(ed25519Private(random(32)))
}

/** An EC key whose scalar is drawn evenly from 1 to n − 1 by rejection (FIPS 186-5 A.2.2). */
export function generateEc(curve: CurveName, random: RandomSource): PrivateKey {
  const { n, size } = CURVES[curve]
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const scalar = toBigInt(random(size))
    if (scalar > 0n && scalar < n) return toPrivateKey(ecPrivate(CURVES[curve], scalar))
  }
  throw new AuthError('ERR_KEY_PROOF', 'the source of random bytes does not give random bytes')
}

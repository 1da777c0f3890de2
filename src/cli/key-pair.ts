import { AuthError } from '../errors.ts'
import type { CurveName, KeyType } from '../key/algorithm.ts'
import type { PrivateKey } from '../key/private-key.ts'
import type { TokenTarget } from '../target/target.ts'
import { loadTarget, type TargetId } from '../target/targets.ts'
import type { Conversation } from './conversation.ts'
import { withProgress } from './progress.ts'
import { tokenTarget } from './target-option.ts'

/** What kind of key to make: Ed25519 unless it says otherwise, RSA of 3072 bits, EC on P-256. */
export interface KeyKind {
  readonly type?: KeyType
  readonly bits?: number
  readonly curve?: CurveName
}

/** SP 800-57 part 1 table 2: as strong as Ed25519 and P-256, 128 bits of security. */
const DEFAULT_BITS = 3072

/** A new private key; the search for RSA primes shows its progress and can be interrupted. */
export async function generateKey(
  talk: Conversation,
  { type, bits = DEFAULT_BITS, curve = 'P-256' }: KeyKind,
): Promise<PrivateKey> {
  const chosen: KeyType = type ?? 'ed25519'
  const { generateEc, generateEd25519 } = await import('../key/generate.ts')
  switch (chosen) {
    case 'ed25519':
      return generateEd25519(talk.host.random)
    case 'ec':
      return generateEc(curve, talk.host.random)
    case 'rsa': {
      const { importPrivateKey } = await import('../key/private-key.ts')
      const search = `searching an RSA key of ${bits} bits`
      return importPrivateKey(await withProgress(talk, search, () => talk.host.generateRsa(bits)))
    }
  }
}

/** A pair as it is written: PKCS#8 and SPKI, both PEM. */
export interface KeyPair {
  readonly key: PrivateKey
  readonly privatePem: string
  readonly publicPem: string
  readonly encrypted: boolean
}

/** The texts of a pair; with a passphrase the private one is encrypted. */
export async function renderPair(
  { host }: Conversation,
  key: PrivateKey,
  passphrase: Uint8Array | undefined,
): Promise<KeyPair> {
  const { exportEncryptedPem, exportPkcs8Pem } = await import('../key/private-export.ts')
  const { ENCRYPTION_RANDOM_SIZE } = await import('../key/encryption.ts')
  const { exportSpkiPem } = await import('../key/public-key.ts')
  const privatePem =
    passphrase === undefined
      ? exportPkcs8Pem(key)
      : exportEncryptedPem(key, passphrase, host.random(ENCRYPTION_RANDOM_SIZE))
  return { key, privatePem, publicPem: exportSpkiPem(key), encrypted: passphrase !== undefined }
}

/** The target that judges a new pair. Throws UsageError for one that knows no tokens. */
export async function loadProver(id: TargetId): Promise<TokenTarget> {
  return tokenTarget(await loadTarget(id))
}

/** Signs a token with the private text and lets the target judge it with the public text. Throws AuthError ERR_KEY_PROOF. */
export async function provePair(
  { now }: Conversation,
  { privatePem, publicPem }: KeyPair,
  passphrase: Uint8Array | undefined,
  target: TokenTarget,
): Promise<void> {
  const { importPrivateKey } = await import('../key/private-key.ts')
  const { signToken } = await import('../token/sign.ts')
  const { listClaims } = await import('../token/claims.ts')
  const { judgeToken } = await import('../target/verdict.ts')
  const key = importPrivateKey(Buffer.from(privatePem), passphrase)
  const header = { alg: key.algorithms[0], typ: 'JWT' } as const
  const token = signToken(header, listClaims({ exp: now + 60, role: 'admin', prefix: '' }), key)
  const load = target.tokens?.loadKey('the new public key', {
    ok: true,
    bytes: Buffer.from(publicPem),
  })
  const accepted =
    load?.starts === true &&
    judgeToken(target, Buffer.from(token), { key: load.key }, undefined, now).status === 200
  if (!accepted)
    throw new AuthError(
      'ERR_KEY_PROOF',
      `${target.name}@${target.version} does not accept keys of this kind, nothing was written`,
      {
        hints: ['choose another --type'],
      },
    )
}

import { constants, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { VECTORS } from '../../vectors/rows.ts'

export const AT = 1_795_377_192

/** The algorithms that a server may accept with each key; facts of the servers, not of the code under test. */
const FITTING = {
  't-ed25519': ['EdDSA'],
  't-rsa2048': ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  't-p256': ['ES256'],
  't-p384': ['ES384'],
} as const
export type KeyName = keyof typeof FITTING
export const KEYS = Object.keys(FITTING) as readonly KeyName[]
const ALGORITHMS = [...Object.values(FITTING).flat(), 'HS256', 'none', 'Ed25519', 'ES512'] as const

export function pem(name: string): Buffer {
  return readFileSync(join(VECTORS, 'keys', name))
}

const PRIVATE = new Map(KEYS.map((name) => [name, createPrivateKey(pem(`${name}.pem`))]))
export const PUBLIC = new Map(KEYS.map((name) => [name, createPublicKey(pem(`${name}.pub.pem`))]))

/** A token in parts, and what its server is configured with. */
export interface Case {
  readonly key: KeyName | 'none'
  readonly iss: string | undefined
  readonly aud: string | undefined
  readonly alg: string
  /** The other members of the header, and those of the payload: a name and its JSON text. */
  readonly header: readonly Member[]
  readonly claims: readonly Member[]
  readonly signer: KeyName
  readonly damage: 'none' | 'signature' | 'payload' | 'padding' | 'segment' | 'space'
}

export type Member = readonly [name: string, json: string]

export function object(members: readonly Member[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`
}

/** How Node's crypto is told an algorithm of RFC 7518; undefined for those it is not asked for. */
export function parameters(alg: string, key: KeyObject) {
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`
  if (alg.startsWith('PS'))
    return {
      hash,
      key: {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      },
    }
  return { hash, key: { key, dsaEncoding: 'ieee-p1363' as const } }
}

export function fits(alg: string, key: KeyName): boolean {
  return FITTING[key].some((name) => name === alg)
}

export function tokenOf({ alg, header, claims, signer, damage }: Case): string {
  const parts = [object([['alg', JSON.stringify(alg)], ...header]), object(claims)].map((text) =>
    Buffer.from(text).toString('base64url'),
  )
  const key = PRIVATE.get(signer)
  if (key === undefined) throw new Error(signer)
  const used = fits(alg, signer) ? alg : FITTING[signer][0]
  const made = parameters(used, key)
  const signature = sign(made.hash, Buffer.from(parts.join('.')), made.key)
  if (damage === 'signature') signature[7] = (signature[7] ?? 0) ^ 1
  if (damage === 'payload')
    parts[1] = Buffer.from('{"exp":9e9,"role":"admin"}').toString('base64url')
  const text = [...parts, signature.toString('base64url')].join('.')
  if (damage === 'padding') return `${text}=`
  if (damage === 'segment') return `x.${text}`
  if (damage === 'space') return `${text} `
  return text
}

const word = fc.constantFrom('"i"', '"x"', '""')
const wrong = fc.constantFrom('7', 'true', 'null', '{}', '[]', '["x",7]', '["x"]', '"é"')
const time = fc.oneof(
  fc.constantFrom(-61, -60, -59, -1, 0, 1).map((offset) => String(AT + offset)),
  fc.constantFrom('4102444800', '4102444800.5', '1795377131.5', '0', '-1', '1e300', '"4102444800"'),
)
export const claim: fc.Arbitrary<Member> = fc.oneof(
  fc.tuple(fc.constantFrom('exp', 'nbf'), time),
  fc.tuple(fc.constantFrom('iss', 'sub', 'role', 'prefix', 'jti'), word),
  fc.tuple(fc.constant('aud'), fc.constantFrom('["x"]', '["i","x"]', '[]', '"x"')),
  fc.tuple(fc.constantFrom('exp', 'nbf', 'iss', 'sub', 'aud', 'role', 'prefix', 'iat'), wrong),
)
const half = <T>(usual: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })
/** Mostly what a good token says, at times something beside it, or less. */
const claims = fc
  .tuple(half('4102444800', time), fc.array(claim, { maxLength: 2 }))
  .chain(([exp, more]) => {
    const members: readonly Member[] = [['exp', exp], ['prefix', '"a."'], ...more]
    return fc.shuffledSubarray([...members], { minLength: members.length - 1 })
  })

export const cases: fc.Arbitrary<Case> = fc.constantFrom(...KEYS).chain((signer) =>
  fc.record({
    signer: fc.constant(signer),
    key: half<KeyName | 'none'>(signer, fc.constantFrom(...KEYS, 'none' as const)),
    alg: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<string>(...FITTING[signer]) },
      { weight: 1, arbitrary: fc.constantFrom<string>(...ALGORITHMS) },
    ),
    iss: half<string | undefined>(undefined, fc.constantFrom('i', '')),
    aud: half<string | undefined>(undefined, fc.constantFrom('x', '')),
    header: half<readonly Member[]>(
      [],
      fc.array(
        fc.tuple(
          fc.constantFrom('typ', 'kid', 'crit', 'alg'),
          fc.constantFrom('"JWT"', '"EdDSA"', '7'),
        ),
        { maxLength: 2 },
      ),
    ),
    claims,
    damage: half<Case['damage']>(
      'none',
      fc.constantFrom('signature', 'payload', 'padding', 'segment', 'space'),
    ),
  }),
)

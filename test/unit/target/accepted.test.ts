import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AuthSettings, TokenJudge } from '../../../src/target/target.ts'
import { loadTarget, type TargetId } from '../../../src/target/targets.ts'
import { VECTORS } from '../../vectors/rows.ts'

const AT = 1_795_377_192

/** The algorithms that a server may accept with each key; facts of the servers, not of the code under test. */
const FITTING = {
  't-ed25519': ['EdDSA'],
  't-rsa2048': ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  't-p256': ['ES256'],
  't-p384': ['ES384'],
} as const
type KeyName = keyof typeof FITTING
const KEYS = Object.keys(FITTING) as readonly KeyName[]
const ALGORITHMS = [...Object.values(FITTING).flat(), 'HS256', 'none', 'Ed25519', 'ES512'] as const

function pem(name: string): Buffer {
  return readFileSync(join(VECTORS, 'keys', name))
}

const PRIVATE = new Map(KEYS.map((name) => [name, createPrivateKey(pem(`${name}.pem`))]))
const PUBLIC = new Map(KEYS.map((name) => [name, createPublicKey(pem(`${name}.pub.pem`))]))

/** A token in parts, and what its server is configured with. */
interface Case {
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

type Member = readonly [name: string, json: string]

function object(members: readonly Member[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`
}

/** How Node's crypto is told an algorithm of RFC 7518; undefined for those it is not asked for. */
function parameters(alg: string, key: KeyObject) {
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

function fits(alg: string, key: KeyName): boolean {
  return FITTING[key].some((name) => name === alg)
}

function tokenOf({ alg, header, claims, signer, damage }: Case): string {
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
  fc.integer({ min: -62, max: 62 }).map((offset) => String(AT + offset)),
  fc.constantFrom('4102444800', '4102444800.5', '1795377131.5', '0', '-1', '1e300', '"4102444800"'),
)
const claim: fc.Arbitrary<Member> = fc.oneof(
  fc.tuple(fc.constantFrom('exp', 'nbf'), time),
  fc.tuple(fc.constantFrom('iss', 'sub', 'role', 'prefix', 'jti'), word),
  fc.tuple(fc.constant('aud'), fc.constantFrom('["x"]', '["i","x"]', '[]', '"x"')),
  fc.tuple(fc.constantFrom('exp', 'nbf', 'iss', 'sub', 'aud', 'role', 'prefix', 'iat'), wrong),
)
const good: readonly Member[] = [
  ['exp', '4102444800'],
  ['prefix', '"a."'],
]
const half = <T>(usual: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })

const cases: fc.Arbitrary<Case> = fc.constantFrom(...KEYS).chain((signer) =>
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
    claims: fc
      .array(claim, { maxLength: 3 })
      .chain((more) => fc.shuffledSubarray([...good, ...more], { minLength: more.length })),
    damage: half<Case['damage']>(
      'none',
      fc.constantFrom('signature', 'payload', 'padding', 'segment', 'space'),
    ),
  }),
)

type Rule = readonly [name: string, holds: (one: Case, token: string) => boolean]

/** The JSON text of the last member of the name, as lax readers take it; undefined when there is none. */
function lastValue(members: readonly Member[], name: string): unknown {
  const json = members.findLast(([key]) => key === name)?.[1]
  return json === undefined ? undefined : JSON.parse(json)
}

function claimOf({ claims, damage }: Case, name: string): unknown {
  if (damage !== 'payload') return lastValue(claims, name)
  return name === 'exp' ? 9e9 : name === 'role' ? 'admin' : undefined
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function signatureHolds({ key, alg }: Case, token: string): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const known = key === 'none' ? undefined : PUBLIC.get(key)
  if (known === undefined || key === 'none' || !fits(alg, key)) return false
  const used = parameters(alg, known)
  const bytes = Buffer.from(signature, 'base64url')
  return verify(used.hash, Buffer.from(`${header}.${payload}`), used.key, bytes)
}

const hasNoDuplicates = (members: readonly Member[], names: readonly string[]): boolean =>
  names.every((name) => members.filter(([key]) => key === name).length < 2)

/** facts of jsonwebtoken 9.3.1 and the server's auth.rs, each by its own words. */
const RUST: readonly Rule[] = [
  [
    'three parts of strict base64url',
    ({ key, damage }) =>
      damage === 'none' ||
      damage === 'signature' ||
      damage === 'payload' ||
      (key === 'none' && damage !== 'segment'),
  ],
  [
    'an alg of the twelve names, once',
    ({ alg, header }) =>
      !['none', 'Ed25519', 'ES512'].includes(alg) && !header.some(([name]) => name === 'alg'),
  ],
  [
    'typ and kid are text, once',
    ({ header }) =>
      hasNoDuplicates(header, ['typ', 'kid']) &&
      header.every(([name, json]) => name === 'crit' || json !== '7'),
  ],
  [
    'the signature is the key’s over these bytes',
    (one, token) => one.key === 'none' || signatureHolds(one, token),
  ],
  [
    'known claims stand once',
    ({ claims, damage }) =>
      damage === 'payload' ||
      hasNoDuplicates(claims, ['exp', 'nbf', 'iss', 'sub', 'aud', 'role', 'prefix']),
  ],
  [
    'exp is a number of 0 to 2^64, less than a minute ago',
    (one) => {
      const exp = claimOf(one, 'exp')
      return typeof exp === 'number' && exp >= 0 && exp < 2 ** 64 && Math.round(exp) >= AT - 60
    },
  ],
  [
    'iss is text and the configured one',
    (one) => {
      const iss = claimOf(one, 'iss')
      return isTextOrAbsent(iss) && (one.iss === undefined || iss === one.iss)
    },
  ],
  [
    'aud is a list of texts with the configured one',
    (one) => {
      const aud = claimOf(one, 'aud') ?? undefined
      const list = Array.isArray(aud) ? aud : undefined
      if (aud !== undefined && !list?.every((each) => typeof each === 'string')) return false
      return one.aud === undefined || list?.includes(one.aud) === true
    },
  ],
  ['role is text', (one) => isTextOrAbsent(claimOf(one, 'role'))],
  ['sub is no list and no object', (one) => isScalar(claimOf(one, 'sub'))],
  [
    'nbf is no list and no object that holds something',
    (one) => {
      const nbf = claimOf(one, 'nbf')
      return isScalar(nbf) || Object.keys(Object(nbf)).length === 0
    },
  ],
]

/** A number or its digits as whole seconds; what no int64 holds becomes the least one, as amd64 converts. */
function wholeSeconds(value: unknown): number {
  const seconds = Math.trunc(Number(value))
  return Math.abs(seconds) < 2 ** 63 ? seconds : -(2 ** 63)
}

/** facts of golang-jwt 5.3.0 and the server's middleware.go. */
const GO: readonly Rule[] = [
  [
    'three parts of base64url, white space around them aside',
    ({ damage }) => damage !== 'padding' && damage !== 'segment',
  ],
  ['the signature is the key’s over these bytes', signatureHolds],
  [
    'the method is RSA with PKCS#1 v1.5, whatever alg stands last',
    ({ alg, header }) => alg.startsWith('RS') && !header.some(([name]) => name === 'alg'),
  ],
  [
    'exp, if any, lies ahead',
    (one) => {
      const exp = claimOf(one, 'exp') ?? undefined
      return exp === undefined || wholeSeconds(exp) > AT
    },
  ],
  [
    'nbf, if any, is past',
    (one) => {
      const nbf = claimOf(one, 'nbf') ?? undefined
      return nbf === undefined || wholeSeconds(nbf) <= AT
    },
  ],
  [
    'exp, nbf and iat are numbers or their digits',
    ({ claims, damage }) =>
      damage === 'payload' ||
      claims.every(
        ([name, json]) => !/^(?:exp|nbf|iat)$/.test(name) || /^(?:"?-?\d|null)/.test(json),
      ),
  ],
  [
    'role, prefix, iss, sub and jti are text',
    ({ claims, damage }) =>
      damage === 'payload' ||
      claims.every(
        ([name, json]) =>
          !/^(?:role|prefix|iss|sub|jti)$/.test(name) || isTextOrAbsent(JSON.parse(json)),
      ),
  ],
  [
    'aud is a text or a list of texts',
    ({ claims, damage }) =>
      damage === 'payload' ||
      claims.every(
        ([name, json]) =>
          name !== 'aud' || [JSON.parse(json)].flat().every((each) => isTextOrAbsent(each)),
      ),
  ],
]

interface Loaded {
  readonly tokens: TokenJudge
  readonly keys: ReadonlyMap<string, AuthSettings['key']>
}

async function load(id: TargetId): Promise<Loaded> {
  const { tokens } = await loadTarget(id)
  if (tokens === undefined) throw new Error(`${id} knows tokens`)
  const keys = KEYS.flatMap((name) => {
    const key = tokens.loadKey(`${name}.pub.pem`, { ok: true, bytes: pem(`${name}.pub.pem`) })
    return key.starts ? [[name, key.key] as const] : []
  })
  const off = tokens.keyWords.unsigned === undefined ? [] : [['none', 'none'] as const]
  return { tokens, keys: new Map<string, AuthSettings['key']>([...keys, ...off]) }
}

const TARGETS = [
  ['resonate@0.9', RUST],
  ['resonate@0.10', RUST],
  ['resonate@0.10-plugins', RUST],
  ['resonate-go@0.8', GO],
] as const

test.each(TARGETS)('%s: accepted is what keeps every rule, and nothing else', async (id, rules) => {
  const { tokens, keys } = await load(id)
  let accepted = 0
  fc.assert(
    fc.property(cases, (one) => {
      const key = keys.get(one.key)
      fc.pre(key !== undefined)
      const token = tokenOf(one)
      const settings = { key: key ?? 'none', iss: one.iss, aud: one.aud }
      const { authenticated } = tokens.authenticate(Buffer.from(token), settings, AT)
      const broken = rules.filter(([, holds]) => !holds(one, token)).map(([name]) => name)
      expect({ authenticated, broken }).toEqual({ authenticated: broken.length === 0, broken })
      if (authenticated) accepted += 1
    }),
    { numRuns: 1500, maxSkipsPerRun: 1000 },
  )
  expect(accepted).toBeGreaterThan(30)
})

test.each(TARGETS)('%s: the order of claims that stand once changes nothing', async (id) => {
  const { tokens } = await load(id)
  const list = fc.uniqueArray(claim, { selector: ([name]) => name, maxLength: 6 })
  const shuffled = list.chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.shuffledSubarray([...members], { minLength: members.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, (pair) => {
      const [first, second] = pair.map((members) => {
        const known = tokens.readClaims(Buffer.from(object(members)), { key: 'none' }, AT)
        return known.authenticated ? known.authority : 'refused'
      })
      expect(second).toEqual(first)
    }),
    { numRuns: 1000 },
  )
})

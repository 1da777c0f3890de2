import { verify } from 'node:crypto'
import { AT, type Case, fits, type Member, PUBLIC, parameters } from './token-case.ts'

export type Rule = readonly [name: string, holds: (one: Case, token: string) => boolean]

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
export const RUST: readonly Rule[] = [
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
export const GO: readonly Rule[] = [
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

import { AuthError } from '../errors.ts'
import { CURVES, type Curve, type Point } from './curve.ts'
import { toBigInt } from './der.ts'
import { toBytes, toFixedBytes } from './der-encoding.ts'
import { isObject } from './key-file.ts'
import type { ForeignKey, PrivateNumbers, PublicNumbers } from './key-numbers.ts'
import { decodeBase64 } from './pem.ts'
import { ecPrivate, ed25519Private, rsaPrivate } from './private-numbers.ts'
import { ecPublic, ed25519Public, type KeyAlgorithm, rsaPublic } from './public-numbers.ts'

/** A public key as JWK (RFC 7518 §6, RFC 8037 §2), with the required members alone. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256' | 'P-384'; readonly x: string; readonly y: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }

type Members = Readonly<Record<string, unknown>>

/** The members of the JWK in `bytes`, which are JSON of an object. */
export function parseJwk(bytes: Uint8Array): Members {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString())
  return isObject(value) ? value : {}
}

/** Whether the JWK holds a secret: a private key (RFC 7518 §6.2.2) or a symmetric one (§6.4.1). */
export function isPrivateJwk(jwk: Members): boolean {
  return Object.hasOwn(jwk, 'd') || Object.hasOwn(jwk, 'k')
}

/** The public half of a JWK, private or not. Throws AuthError. */
export function readPublicJwk(jwk: Members): PublicNumbers | ForeignKey {
  const kind = readKind(jwk)
  switch (kind.type) {
    case 'ed25519':
      return ed25519Public(member(jwk, 'x'))
    case 'ec':
      return ecPublic(kind.curve, readJwkPoint(jwk, kind.curve))
    case 'rsa':
      return rsaPublic(toBigInt(member(jwk, 'n')), toBigInt(member(jwk, 'e')))
    case 'foreign':
      return kind
  }
}

/** The private key of a JWK. Throws AuthError. */
export function readPrivateJwk(jwk: Members): PrivateNumbers | ForeignKey {
  const kind = readKind(jwk)
  switch (kind.type) {
    case 'ed25519':
      return ed25519Private(member(jwk, 'd'), member(jwk, 'x'))
    case 'ec':
      return ecPrivate(kind.curve, toBigInt(member(jwk, 'd')), readJwkPoint(jwk, kind.curve))
    case 'rsa':
      if (Object.hasOwn(jwk, 'oth'))
        throw new AuthError('ERR_KEY_TYPE', 'an RSA key of more than two primes')
      return rsaPrivate({
        modulus: toBigInt(member(jwk, 'n')),
        exponent: toBigInt(member(jwk, 'e')),
        privateExponent: toBigInt(member(jwk, 'd')),
        prime1: toBigInt(member(jwk, 'p')),
        prime2: toBigInt(member(jwk, 'q')),
        exponent1: toBigInt(member(jwk, 'dp')),
        exponent2: toBigInt(member(jwk, 'dq')),
        coefficient: toBigInt(member(jwk, 'qi')),
      })
    case 'foreign':
      return kind
  }
}

function readKind({ kty, crv }: Members): KeyAlgorithm {
  if (kty === 'RSA') return { type: 'rsa' }
  if (kty === 'OKP' && crv === 'Ed25519') return { type: 'ed25519' }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384'))
    return { type: 'ec', curve: CURVES[crv] }
  if (kty === 'oct') return { type: 'foreign', name: 'symmetric' }
  const name = typeof crv === 'string' ? crv : String(kty)
  return { type: 'foreign', name: name.replace(/[^\x20-\x7e]/g, '?').slice(0, 40) }
}

function member(jwk: Members, name: string): Uint8Array {
  const text = jwk[name]
  const bytes =
    typeof text === 'string' && /^[A-Za-z0-9_-]+$/.test(text)
      ? decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
      : undefined
  if (bytes === undefined)
    throw new AuthError('ERR_KEY_FORM', `a JWK whose "${name}" is not base64url`)
  return bytes
}

function readJwkPoint(jwk: Members, { size, name }: Curve): Uint8Array {
  const coordinates = ['x', 'y'].map((coordinate) => member(jwk, coordinate))
  // RFC 7518 §6.2.1.2: the full size of a coordinate. A shorter one is a known fault of other tools and unambiguous.
  if (coordinates.some(({ length }) => length > size))
    throw new AuthError('ERR_KEY_FORM', `a JWK whose coordinates are too long for ${name}`)
  return Buffer.concat([
    Uint8Array.of(4),
    ...coordinates.map((bytes) => toFixedBytes(toBigInt(bytes), size)),
  ])
}

/** The JWK of a public key, its members in the order of RFC 7638 §3.3. */
export function encodeJwk(numbers: PublicNumbers): PublicJwk {
  switch (numbers.type) {
    case 'ed25519':
      return { crv: 'Ed25519', kty: 'OKP', x: base64url(numbers.point) }
    case 'ec':
      return { crv: numbers.curve.name, kty: 'EC', ...encodePoint(numbers.curve, numbers.point) }
    case 'rsa':
      return {
        e: base64url(toBytes(numbers.exponent)),
        kty: 'RSA',
        n: base64url(toBytes(numbers.modulus)),
      }
  }
}

function encodePoint({ size }: Curve, { x, y }: Point): { readonly x: string; readonly y: string } {
  return { x: base64url(toFixedBytes(x, size)), y: base64url(toFixedBytes(y, size)) }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

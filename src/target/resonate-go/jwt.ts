import { decodeRawUrl } from './base64.ts'
import type { GoType, GoValue } from './go-type.ts'
import { readJson, stringOf } from './json.ts'
import { decodeGo, readJsonMap } from './json-decode.ts'

/** A compact JWS taken apart; neither the signature nor the claims are checked. */
export interface ParsedToken {
  /** One that golang-jwt has a method for. */
  readonly alg: string
  readonly claims: ReadonlyMap<string, GoValue>
  /** The signed bytes: both segments and the dot. */
  readonly input: Uint8Array
  readonly signature: Uint8Array
}

type ParseStep = 'form' | 'header' | 'claims' | 'alg' | 'signature'

export type TokenRead =
  | { readonly ok: true; readonly token: ParsedToken }
  | { readonly ok: false; readonly step: ParseStep; readonly message: string }

const DOT = 0x2e

/** Every `alg` that golang-jwt v5.3.0 has a method for. */
const METHODS: readonly string[] = [
  'none',
  ...['HS', 'RS', 'PS', 'ES'].flatMap((family) => [256, 384, 512].map((size) => family + size)),
  'EdDSA',
]

/**
 * golang-jwt v5.3.0, parser.go ParseWithClaims up to where it asks for the key, with its error texts; `claims` is the Go
 * type of the payload.
 */
export function parseToken(text: Uint8Array, claims: GoType): TokenRead {
  const segments = splitToken(text)
  if (segments === undefined) return refuse('form', 'token contains an invalid number of segments')
  const [first, second, third] = segments
  const header = decodeRawUrl(first)
  if (!header.ok) return refuse('header', `could not base64 decode header: ${header.message}`)
  const head = readHeader(header.bytes)
  if (!head.ok) return refuse('header', `could not JSON decode header: ${head.message}`)
  const payload = decodeRawUrl(second)
  if (!payload.ok) return refuse('claims', `could not base64 decode claim: ${payload.message}`)
  const read = readClaimsSet(payload.bytes, claims)
  if (!read.ok) return refuse('claims', read.message)
  const { alg } = head
  if (alg === undefined) return refuseMethod('unspecified')
  if (!METHODS.includes(alg)) return refuseMethod('unavailable')
  const signature = decodeRawUrl(third)
  if (!signature.ok)
    return refuse('signature', `could not base64 decode signature: ${signature.message}`)
  const input = text.subarray(0, first.length + 1 + second.length)
  return { ok: true, token: { alg, claims: read.claims, input, signature: signature.bytes } }
}

function refuse(step: ParseStep, message: string): TokenRead {
  return { ok: false, step, message: `token is malformed: ${message}` }
}

function refuseMethod(why: string): TokenRead {
  const message = `token is unverifiable: signing method (alg) is ${why}`
  return { ok: false, step: 'alg', message }
}

function splitToken(text: Uint8Array): readonly [Uint8Array, Uint8Array, Uint8Array] | undefined {
  const first = text.indexOf(DOT)
  const second = first < 0 ? -1 : text.indexOf(DOT, first + 1)
  if (second < 0 || text.indexOf(DOT, second + 1) >= 0) return undefined
  return [text.subarray(0, first), text.subarray(first + 1, second), text.subarray(second + 1)]
}

type HeaderRead =
  | { readonly ok: true; readonly alg: string | undefined }
  | { readonly ok: false; readonly message: string }

/** Names are exact, and the last of a repeated one counts. */
function readHeader(bytes: Uint8Array): HeaderRead {
  const read = readJsonMap(bytes)
  if (!read.ok) return read
  const alg = read.node.members.findLast(({ name }) => name === 'alg')?.value
  return { ok: true, alg: alg?.kind === 'string' ? stringOf(bytes, alg) : undefined }
}

export type ClaimsRead =
  | { readonly ok: true; readonly claims: ReadonlyMap<string, GoValue> }
  | { readonly ok: false; readonly message: string }

/** The payload as the struct `type`; `null` is an empty one. */
export function readClaimsSet(bytes: Uint8Array, type: GoType): ClaimsRead {
  const prefix = 'could not JSON decode claim: '
  const read = readJson(bytes, true)
  if (!read.ok) return { ok: false, message: prefix + read.message }
  const decoded = decodeGo(bytes, read.node, type)
  if (!decoded.ok) return { ok: false, message: prefix + decoded.message }
  return { ok: true, claims: decoded.value instanceof Map ? decoded.value : new Map() }
}

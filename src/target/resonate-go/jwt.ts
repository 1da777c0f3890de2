import { decodeRawUrl } from './base64.ts'
import { readJson, stringOf } from './json.ts'
import { decodeGo, type GoType, type GoValue } from './json-decode.ts'

/** A compact JWS taken apart, nothing checked but its form. */
export interface ParsedToken {
  /** The header's `alg`; undefined where it is missing or no string. */
  readonly alg: string | undefined
  readonly claims: ReadonlyMap<string, GoValue>
  /** The signed bytes: both segments and the dot. */
  readonly input: Uint8Array
  /** The third segment, still base64url. */
  readonly signature: Uint8Array
}

export type TokenRead =
  | { readonly ok: true; readonly token: ParsedToken }
  | { readonly ok: false; readonly step: 'form' | 'header' | 'claims'; readonly message: string }

const DOT = 0x2e

/** Every `alg` that golang-jwt v5.3.0 has a method for. */
export const METHODS: readonly string[] = [
  'none',
  ...['HS', 'RS', 'PS', 'ES'].flatMap((family) => [256, 384, 512].map((size) => family + size)),
  'EdDSA',
]

/** golang-jwt v5.3.0, parser.go ParseUnverified, with its error texts; `claims` is the Go type of the payload. */
export function parseToken(text: Uint8Array, claims: GoType): TokenRead {
  const segments = splitToken(text)
  if (segments === undefined) return refuse('form', 'token contains an invalid number of segments')
  const [first, second, signature] = segments
  const header = decodeRawUrl(first)
  if (!header.ok) return refuse('header', `could not base64 decode header: ${header.message}`)
  const alg = readHeader(header.bytes)
  if (!alg.ok) return refuse('header', `could not JSON decode header: ${alg.message}`)
  const payload = decodeRawUrl(second)
  if (!payload.ok) return refuse('claims', `could not base64 decode claim: ${payload.message}`)
  const read = readClaimsSet(payload.bytes, claims)
  if (!read.ok) return refuse('claims', read.message)
  const input = text.subarray(0, first.length + 1 + second.length)
  return { ok: true, token: { alg: alg.alg, claims: read.claims, input, signature } }
}

function refuse(step: 'form' | 'header' | 'claims', message: string): TokenRead {
  return { ok: false, step, message: `token is malformed: ${message}` }
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

/** The header is a map[string]any: names are exact, the last of a repeated one counts, null is an empty map. */
function readHeader(bytes: Uint8Array): HeaderRead {
  const read = readJson(bytes, true)
  if (!read.ok) return read
  const { node } = read
  if (node.kind !== 'object' && node.kind !== 'null')
    return {
      ok: false,
      message: `json: cannot unmarshal ${node.kind} into Go value of type map[string]interface {}`,
    }
  const checked = decodeGo(bytes, node, { kind: 'any' })
  if (!checked.ok) return checked
  const alg = node.members.findLast(({ name }) => name === 'alg')?.value
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

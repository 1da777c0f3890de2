import { createHmac, timingSafeEqual } from 'node:crypto'
import type { NumericDate } from '../../token/numeric-date.ts'
import { describeTimeFaults, findTimeFaults, REGISTERED_CLAIMS } from './claims.ts'
import type { GoField, GoType } from './go-type.ts'
import { parseToken } from './jwt.ts'
import { PROMISE_STATE } from './promise-state.ts'

export type CursorRead =
  /** `id` is the search's pattern; undefined where the cursor carries no search at all. */
  | { readonly ok: true; readonly id: string | undefined }
  | { readonly ok: false; readonly message: string }

/** The cursors' key is part of the server's source (v0.8.2 internal/kernel/t_api/cursor.go:9-12). */
const SECRET = 'resonate'

const SEARCH_FIELDS: readonly GoField[] = [
  { name: 'tags', type: { kind: 'map' } },
  { name: 'limit', type: { kind: 'int' } },
  { name: 'sortId', type: { kind: 'pointer', to: { kind: 'int64' } } },
]

const SEARCHES = {
  promises: search('SearchPromisesRequest', [
    { name: 'id', type: { kind: 'string' } },
    { name: 'states', type: { kind: 'slice', of: PROMISE_STATE, name: '[]promise.State' } },
    ...SEARCH_FIELDS,
  ]),
  schedules: search('SearchSchedulesRequest', [
    { name: 'id', type: { kind: 'string' } },
    ...SEARCH_FIELDS,
  ]),
} as const

function search(name: string, fields: readonly GoField[]): GoType {
  const next: GoType = { kind: 'struct', name: `t_api.${name}`, fields }
  return {
    kind: 'struct',
    name: `t_api.Claims[github.com/resonatehq/resonate/internal/kernel/t_api.${name}]`,
    fields: [...REGISTERED_CLAIMS, { name: 'Next', type: { kind: 'pointer', to: next } }],
  }
}

/** Why golang-jwt does not verify with a shared secret what was signed otherwise, by the algorithm's family. */
const OTHER_FAMILIES: Readonly<Record<string, string>> = {
  no: "token is unverifiable: 'none' signature type is not allowed",
  RS: 'key is of invalid type: RSA verify expects *rsa.PublicKey',
  PS: 'key is of invalid type: RSA-PSS verify expects *rsa.PublicKey',
  ES: 'key is of invalid type: ECDSA verify expects *ecdsa.PublicKey',
  Ed: 'key is of invalid type: Ed25519 verify expects ed25519.PublicKey',
}

/** The search a `cursor` parameter stands for, read as the server does before it looks at the caller's token. */
export function readCursor(
  text: Uint8Array,
  of: 'promises' | 'schedules',
  at: NumericDate,
): CursorRead {
  const parsed = parseToken(text, SEARCHES[of])
  if (!parsed.ok) return parsed
  const { alg, claims, input, signature } = parsed.token
  const complaint = complain(alg, input, signature)
  if (complaint !== undefined) return refuse(`token signature is invalid: ${complaint}`)
  const faults = findTimeFaults(claims, at)
  if (faults.length > 0) return refuse(`token has invalid claims: ${describeTimeFaults(faults)}`)
  const next = claims.get('Next')
  const id = next instanceof Map ? next.get('id') : undefined
  return { ok: true, id: typeof id === 'string' ? id : undefined }
}

function refuse(message: string): CursorRead {
  return { ok: false, message }
}

function complain(alg: string, input: Uint8Array, signature: Uint8Array): string | undefined {
  const other = OTHER_FAMILIES[alg.slice(0, 2)]
  if (other !== undefined) return other
  const expected = createHmac(`sha${alg.slice(2)}`, SECRET)
    .update(input)
    .digest()
  return signature.length === expected.length && timingSafeEqual(signature, expected)
    ? undefined
    : 'signature is invalid'
}

import type { CustomRead, GoType } from './go-type.ts'
import { type JsonNode, stringOf } from './json.ts'

const STATES = ['PENDING', 'RESOLVED', 'REJECTED', 'REJECTED_CANCELED', 'REJECTED_TIMEDOUT']

/** The states a promise can be completed with (v0.8.2 promise.go:293). */
export const FINAL_STATES: readonly string[] = ['RESOLVED', 'REJECTED', 'REJECTED_CANCELED']

/** A promise's state, in any case (v0.8.2 pkg/promise/promise.go, UnmarshalJSON). */
export const PROMISE_STATE: GoType = { kind: 'custom', read: readState }

function readState(bytes: Uint8Array, node: JsonNode): CustomRead {
  if (node.kind !== 'string' && node.kind !== 'null')
    return { ok: false, found: node.kind, wanted: 'string' }
  const text = node.kind === 'string' ? stringOf(bytes, node) : ''
  const state = text.toUpperCase()
  return STATES.includes(state)
    ? { ok: true, value: state }
    : { ok: false, message: `invalid state '${text}'` }
}

import type { JsonNode } from './json.ts'

/** A value as Go holds it after decoding; undefined = nil, structs and maps are maps. */
export type GoValue =
  | undefined
  | string
  | number
  | bigint
  | boolean
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>

/** A Go type as encoding/json sees it; `name` is what its error texts call it. */
export type GoType =
  | { readonly kind: 'string' | 'bool' | 'int' | 'int64' | 'bytes' | 'map' | 'any' }
  | { readonly kind: 'pointer'; readonly to: GoType }
  | { readonly kind: 'slice'; readonly of: GoType; readonly name: string }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: readonly GoField[] }
  /** A type with an UnmarshalJSON of its own. */
  | { readonly kind: 'custom'; readonly read: (bytes: Uint8Array, node: JsonNode) => CustomRead }

export type CustomRead =
  | { readonly ok: true; readonly value: GoValue }
  | { readonly ok: false; readonly message: string }
  /** A mismatch of types that is told with the place, unlike any other failure. */
  | { readonly ok: false; readonly found: string; readonly wanted: string }

export interface GoField {
  readonly name: string
  readonly type: GoType
  /** The embedded struct it is promoted from, as the error texts show it. */
  readonly via?: string
}

export type GoRead =
  | { readonly ok: true; readonly value: GoValue }
  | { readonly ok: false; readonly message: string }

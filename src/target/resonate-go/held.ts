import type { Origin } from '../../config/setting.ts'
import { lowerGo } from './go-text.ts'

/** A value as viper holds it, with the place it came from; `key` is the place of its name. */
export type Held = HeldValue & { readonly origin: Origin; readonly key?: Origin }

export type HeldValue =
  | { readonly kind: 'nil' }
  | { readonly kind: 'time'; readonly type: TimeType }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint; readonly type: 'int' | 'int64' | 'uint64' }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'list'; readonly items: readonly Held[]; readonly type: ListType }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Held> }
  /** A value that the files do not tell; `why` is a phrase for people. */
  | { readonly kind: 'unknown'; readonly why: string }

export type TimeType = 'time.Time' | 'toml.LocalDate' | 'toml.LocalDateTime' | 'toml.LocalTime'

export type ListType = '[]interface {}' | '[]string'

/** The Go type of a value, as error texts print it. */
export function typeOf(held: HeldValue): string {
  switch (held.kind) {
    case 'nil':
      return '<nil>'
    case 'string':
    case 'unknown':
      return 'string'
    case 'bool':
      return 'bool'
    case 'float':
      return 'float64'
    case 'int':
    case 'list':
    case 'time':
      return held.type
    case 'map':
      return 'map[string]interface {}'
  }
}

/** The Go kind of a value (reflect.Kind), as error texts print it. */
export function kindOf(held: HeldValue): string {
  switch (held.kind) {
    case 'list':
      return 'slice'
    case 'map':
      return 'map'
    case 'time':
      return 'struct'
    case 'nil':
    case 'string':
    case 'unknown':
    case 'bool':
    case 'int':
    case 'float':
      return typeOf(held)
  }
}

/** The plain value, for showing what a lower layer held. */
export function plainOf(held: HeldValue): unknown {
  switch (held.kind) {
    case 'string':
    case 'bool':
    case 'int':
    case 'float':
      return held.value
    case 'list':
      return held.items.map(plainOf)
    case 'map':
      return new Map([...held.entries].map(([name, value]) => [name, plainOf(value)]))
    case 'unknown':
      return { unknown: held.why }
    case 'nil':
    case 'time':
      return undefined
  }
}

/**
 * Entries as viper holds them (v1.21.0 util.go, insensitiviseMap): names in lower case. Of names that differ in case alone
 * one with a capital letter wins, wherever it stands; of several such Go takes any, and the last is taken here.
 */
export function lowerNames(entries: Iterable<readonly [string, Held]>): ReadonlyMap<string, Held> {
  const lowered = new Map<string, Held>()
  const won = new Set<string>()
  for (const [name, held] of entries) {
    const lower = lowerGo(name)
    if (name !== lower) won.add(lower)
    else if (won.has(lower)) continue
    lowered.set(lower, held)
  }
  return lowered
}

import { formatFloat, parseBool } from './go-number.ts'
import { compareGo, quoteGo } from './go-text.ts'
import { type Held, type HeldValue, typeOf } from './held.ts'

/** A value as viper makes text of it (cast.ToString); undefined for what it has no text for. */
export function textOf(value: HeldValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'bool':
    case 'int':
      return String(value.value)
    case 'float':
      return formatFloat(value.value)
    case 'nil':
      return ''
    case 'time':
    case 'list':
    case 'map':
    case 'unknown':
      return undefined
  }
}

/** A value as Go's %#v prints it. */
export function formatGo(value: HeldValue): string {
  switch (value.kind) {
    case 'string':
      return quoteGo(value.value)
    case 'list':
      return `${typeOf(value)}{${value.items.map(formatGo).join(', ')}}`
    case 'map': {
      const sorted = [...value.entries].sort(([left], [right]) => compareGo(left, right))
      const pairs = sorted.map(([name, held]) => `${quoteGo(name)}:${formatGo(held)}`)
      return `${typeOf(value)}{${pairs.join(', ')}}`
    }
    case 'nil':
      return 'interface {}(nil)'
    case 'int':
      return value.type === 'uint64' ? `0x${value.value.toString(16)}` : String(value.value)
    case 'bool':
    case 'float':
    case 'time':
    case 'unknown':
      return textOf(value) ?? ''
  }
}

/** viper's GetBool: cast.ToBool, where everything that is no boolean is false. */
export function castBool(held: Held | undefined): boolean | { readonly unknown: string } {
  switch (held?.kind) {
    case 'bool':
      return held.value
    case 'int':
      return held.value !== 0n
    case 'float':
      return held.value !== 0
    case 'string':
      return parseBool(held.value) ?? false
    case 'unknown':
      return { unknown: held.why }
    default:
      return false
  }
}

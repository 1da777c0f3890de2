import type { Node, Origin, Value } from '../../config/setting.ts'
import { unescapeText } from './quoted-text.ts'
import { trimText } from './rust-text.ts'

/** A variable's text as the server types it; `panic` is the text with which the server process aborts (exit 101). */
export type EnvironmentValue =
  | {
      readonly ok: true
      readonly value: Value
      /** How many lists and tables stand in each other at most. */
      readonly depth: number
    }
  | { readonly ok: false; readonly panic: string }

/**
 * Types the text of an environment variable as figment 0.10.19 does (src/value/parse.rs): quoted strings, booleans,
 * numbers, `[lists]` and `{tables}`; whatever does not parse to its end is the raw text itself. Every part of the
 * value gets `origin`. Linear, no recursion, never throws.
 */
export function readEnvironmentValue(text: string, origin: Origin): EnvironmentValue {
  const reader = new Reader(text, origin)
  const value = reader.read()
  if (reader.panic !== undefined) return { ok: false, panic: reader.panic }
  return { ok: true, value: value ?? { kind: 'string', value: text }, depth: reader.depth }
}

/** A list or table that is still open. */
type Frame =
  | { readonly kind: 'array'; readonly items: Node[] }
  | { readonly kind: 'table'; readonly entries: Map<string, Node>; key: string }

const CLOSING = { array: ']', table: '}' } as const

class Reader {
  readonly #text: string
  readonly #origin: Origin
  #at = 0
  panic: string | undefined
  depth = 0

  constructor(text: string, origin: Origin) {
    this.#text = text
    this.#origin = origin
  }

  /** The whole text as one value; undefined when it is none, or when the server panics. */
  read(): Value | undefined {
    const open: Frame[] = []
    for (;;) {
      const opened = this.#open()
      if (opened !== undefined) {
        open.push(opened)
        this.depth = Math.max(this.depth, open.length)
        if (!this.#eat(CLOSING[opened.kind])) {
          if (!this.#startItem(opened)) return undefined
          continue
        }
      }
      let value = opened === undefined ? this.#scalar() : closeFrame(open.pop())
      for (;;) {
        if (value === undefined) return undefined
        this.#skipSpace()
        const frame = open.at(-1)
        if (frame === undefined) return this.#at === this.#text.length ? value : undefined
        this.#add(frame, value)
        const more = this.#eat(',')
        if (this.#eat(CLOSING[frame.kind])) {
          value = closeFrame(open.pop())
          continue
        }
        if (!more || !this.#startItem(frame)) return undefined
        break
      }
    }
  }

  #open(): Frame | undefined {
    this.#skipSpace()
    if (this.#eat('[')) return { kind: 'array', items: [] }
    if (this.#eat('{')) return { kind: 'table', entries: new Map(), key: '' }
    return undefined
  }

  #add(frame: Frame, value: Value): void {
    const node = { value, origin: this.#origin }
    if (frame.kind === 'array') frame.items.push(node)
    else frame.entries.set(frame.key, node)
  }

  /** Reads `key =` where a table goes on; nothing stands before a list's element. */
  #startItem(frame: Frame): boolean {
    if (frame.kind === 'array') return true
    this.#skipSpace()
    const key = this.#text.charAt(this.#at) === '"' ? this.#quoted() : this.#bareKey()
    if (key === undefined) return false
    frame.key = key
    this.#skipSpace()
    return this.#eat('=')
  }

  #scalar(): Value | undefined {
    if (this.#eat('true')) return { kind: 'bool', value: true }
    if (this.#eat('false')) return { kind: 'bool', value: false }
    if (this.#text.charAt(this.#at) === '"') {
      const value = this.#quoted()
      return value === undefined ? undefined : { kind: 'string', value }
    }
    if (this.#eat("'")) return this.#char()
    return typeBareText(trimText(this.#take(/[^,{}[\]]*/y)))
  }

  #char(): Value | undefined {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) return undefined
    const value = String.fromCodePoint(code)
    this.#at += value.length
    return this.#eat("'") ? { kind: 'char', value } : undefined
  }

  #bareKey(): string | undefined {
    const key = this.#take(/[A-Za-z0-9_-]*/y)
    return key === '' ? undefined : key
  }

  /** The string that begins at the double quote here; a backslash keeps the character after it from ending it. */
  #quoted(): string | undefined {
    const start = this.#at + 1
    let end = start
    while (end < this.#text.length && this.#text.charAt(end) !== '"')
      end += this.#text.charAt(end) === '\\' ? 2 : 1
    if (end >= this.#text.length) return undefined
    this.#at = end + 1
    const unescaped = unescapeText(this.#text.slice(start, end))
    if (typeof unescaped !== 'object') return unescaped
    this.panic = unescaped.panic
    return undefined
  }

  #skipSpace(): void {
    this.#take(/[ \t\n\f\r]*/y)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }

  #eat(literal: string): boolean {
    const found = this.#text.startsWith(literal, this.#at)
    if (found) this.#at += literal.length
    return found
  }
}

function closeFrame(frame: Frame | undefined): Value | undefined {
  if (frame === undefined) return undefined
  return frame.kind === 'array'
    ? { kind: 'array', items: frame.items }
    : { kind: 'table', entries: frame.entries }
}

const U64_MAX = 2n ** 64n - 1n
const I64_MIN = -(2n ** 63n)

/** A number where Rust's `f64`, `usize` and `isize` parsers take it, in this order; else a string. */
function typeBareText(text: string): Value {
  if (text.includes('.') && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text))
    return { kind: 'float', value: Number(text) }
  const [, sign = '', digits] = /^([+-]?)0*(\d+)$/.exec(text) ?? []
  if (digits === undefined || digits.length > 20) return { kind: 'string', value: text }
  const size = BigInt(digits)
  if (sign !== '-' && size <= U64_MAX) return { kind: 'uint', value: size }
  if (sign === '-' && -size >= I64_MIN) return { kind: 'int', value: -size }
  return { kind: 'string', value: text }
}

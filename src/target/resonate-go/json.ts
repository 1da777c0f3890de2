import { decodeUtf8, quoteByte } from './go-text.ts'

/** A JSON value by its place in the bytes (`end` exclusive); strings and numbers are read when they are asked for. */
export interface JsonNode {
  readonly kind: 'null' | 'bool' | 'number' | 'string' | 'array' | 'object'
  readonly start: number
  readonly end: number
  readonly items: readonly JsonNode[]
  readonly members: readonly JsonMember[]
}

export interface JsonMember {
  readonly name: string
  readonly value: JsonNode
}

export type JsonRead =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly message: string }

/** encoding/json's scanner.go: deeper nesting is a syntax error. */
const MAX_DEPTH = 10_000

interface Open {
  readonly kind: 'array' | 'object'
  readonly start: number
  readonly items: JsonNode[]
  readonly members: JsonMember[]
  name: string
}

/**
 * Reads JSON as encoding/json v1 does, with its error texts. `whole` demands that nothing but white space follows
 * (json.Unmarshal); without it the first value is read and the rest left (json.Decoder).
 */
export function readJson(bytes: Uint8Array, whole: boolean): JsonRead {
  return new Reader(bytes, whole).read()
}

/** The text of a string node: invalid UTF-8 and lone surrogates become U+FFFD (decode.go, unquoteBytes). */
export function stringOf(
  bytes: Uint8Array,
  { start, end }: Pick<JsonNode, 'start' | 'end'>,
): string {
  const text = decodeUtf8(bytes.subarray(start + 1, end - 1))
  if (!text.includes('\\')) return text
  // The scanner has checked every escape.
  const unescaped = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/g,
    (_, hex: string | undefined, letter: string) =>
      hex === undefined ? letterOf(letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(unescaped).toString()
}

/** The literal text of a node. */
export function sourceOf(bytes: Uint8Array, { start, end }: JsonNode): string {
  return Buffer.from(bytes.subarray(start, end)).toString('utf8')
}

function letterOf(letter: string): string {
  const at = 'bfnrt'.indexOf(letter)
  return at < 0 ? letter : ('\b\f\n\r\t'[at] ?? letter)
}

const LITERALS = { t: 'true', f: 'false', n: 'null' } as const

class Reader {
  readonly bytes: Uint8Array
  readonly whole: boolean
  at = 0
  message: string | undefined

  constructor(bytes: Uint8Array, whole: boolean) {
    this.bytes = bytes
    this.whole = whole
  }

  read(): JsonRead {
    const node = this.readValue()
    if (node !== undefined && this.whole) {
      this.skipSpace()
      if (this.at < this.bytes.length) this.refuse('after top-level value')
    }
    if (node === undefined || this.message !== undefined)
      return { ok: false, message: this.message ?? 'unexpected end of JSON input' }
    return { ok: true, node }
  }

  /** One value, without recursion: containers that are still open wait in a list. */
  readValue(): JsonNode | undefined {
    const open: Open[] = []
    for (;;) {
      let done = this.begin(open)
      if (this.message !== undefined) return undefined
      while (done !== undefined) {
        const parent = open.at(-1)
        if (parent === undefined) return done
        done = this.append(parent, done, open)
        if (this.message !== undefined) return undefined
      }
    }
  }

  /** Reads a literal or opens a container; undefined when one was opened. */
  begin(open: Open[]): JsonNode | undefined {
    this.skipSpace()
    const start = this.at
    const code = this.bytes[start]
    if (code === 0x7b || code === 0x5b) return this.open(code === 0x7b ? 'object' : 'array', open)
    if (code === 0x22) return this.readString() ? literal('string', start, this.at) : undefined
    if (code === 0x2d || isDigit(code))
      return this.readNumber() ? literal('number', start, this.at) : undefined
    const letter = code === undefined ? '' : String.fromCharCode(code)
    if (letter === 't' || letter === 'f' || letter === 'n')
      return this.readWord(LITERALS[letter])
        ? literal(letter === 'n' ? 'null' : 'bool', start, this.at)
        : undefined
    this.refuse('looking for beginning of value')
    return undefined
  }

  open(kind: 'array' | 'object', open: Open[]): JsonNode | undefined {
    if (open.length === MAX_DEPTH) {
      this.refuse('exceeded max depth')
      return undefined
    }
    const container: Open = { kind, start: this.at, items: [], members: [], name: '' }
    this.at++
    this.skipSpace()
    if (this.bytes[this.at] === (kind === 'object' ? 0x7d : 0x5d)) {
      this.at++
      return close(container, this.at)
    }
    open.push(container)
    if (kind === 'object') this.readKey(container)
    return undefined
  }

  /** Puts a finished value into its container and reads on to the next; the container itself when it ended. */
  append(parent: Open, value: JsonNode, open: Open[]): JsonNode | undefined {
    if (parent.kind === 'object') parent.members.push({ name: parent.name, value })
    else parent.items.push(value)
    this.skipSpace()
    const code = this.bytes[this.at]
    if (code === 0x2c) {
      this.at++
      if (parent.kind === 'object') this.readKey(parent)
      return undefined
    }
    if (code === (parent.kind === 'object' ? 0x7d : 0x5d)) {
      this.at++
      open.pop()
      return close(parent, this.at)
    }
    this.refuse(parent.kind === 'object' ? 'after object key:value pair' : 'after array element')
    return undefined
  }

  readKey(container: Open): boolean {
    this.skipSpace()
    const start = this.at
    if (this.bytes[start] !== 0x22) return this.fail('looking for beginning of object key string')
    if (!this.readString()) return false
    container.name = stringOf(this.bytes, { start, end: this.at })
    this.skipSpace()
    if (this.bytes[this.at] !== 0x3a) return this.fail('after object key')
    this.at++
    return true
  }

  readString(): boolean {
    this.at++
    for (;;) {
      const code = this.bytes[this.at]
      if (code === 0x22) {
        this.at++
        return true
      }
      if (code === undefined || code < 0x20) return this.fail('in string literal')
      this.at++
      if (code === 0x5c && !this.readEscape()) return false
    }
  }

  readEscape(): boolean {
    const code = this.bytes[this.at]
    if (code === undefined || !'bfnrt\\/"u'.includes(String.fromCharCode(code)))
      return this.fail('in string escape code')
    this.at++
    if (code !== 0x75) return true
    for (let count = 0; count < 4; count++, this.at++)
      if (!isHex(this.bytes[this.at])) return this.fail('in \\u hexadecimal character escape')
    return true
  }

  readNumber(): boolean {
    if (this.bytes[this.at] === 0x2d) this.at++
    if (!isDigit(this.bytes[this.at])) return this.fail('in numeric literal')
    if (this.bytes[this.at] === 0x30) this.at++
    else this.skipDigits()
    if (this.bytes[this.at] === 0x2e) {
      this.at++
      if (!isDigit(this.bytes[this.at])) return this.fail('after decimal point in numeric literal')
      this.skipDigits()
    }
    if (((this.bytes[this.at] ?? 0) | 0x20) === 0x65) {
      this.at++
      if (this.bytes[this.at] === 0x2b || this.bytes[this.at] === 0x2d) this.at++
      if (!isDigit(this.bytes[this.at])) return this.fail('in exponent of numeric literal')
      this.skipDigits()
    }
    return true
  }

  readWord(word: 'true' | 'false' | 'null'): boolean {
    for (const letter of word) {
      if (this.bytes[this.at] !== letter.charCodeAt(0))
        return this.fail(`in literal ${word} (expecting '${letter}')`)
      this.at++
    }
    return true
  }

  skipDigits(): void {
    while (isDigit(this.bytes[this.at])) this.at++
  }

  skipSpace(): void {
    while (isSpace(this.bytes[this.at])) this.at++
  }

  fail(context: string): false {
    this.refuse(context)
    return false
  }

  refuse(context: string): void {
    const code = this.bytes[this.at]
    this.message ??=
      code === undefined ? this.ending(context) : `invalid character ${quoteByte(code)} ${context}`
  }

  /** At the end of its input the scanner is fed one blank more, which a literal that is not over minds. */
  ending(context: string): string {
    if (!this.whole) return this.bytes.every(isSpace) ? 'EOF' : 'unexpected EOF'
    return OPEN_LITERAL.test(context)
      ? `invalid character ' ' ${context}`
      : 'unexpected end of JSON input'
  }
}

const OPEN_LITERAL = /numeric literal$|^in literal|escape/

function literal(kind: JsonNode['kind'], start: number, end: number): JsonNode {
  return { kind, start, end, items: [], members: [] }
}

function close({ kind, start, items, members }: Open, end: number): JsonNode {
  return { kind, start, end, items, members }
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39
}

function isHex(code: number | undefined): boolean {
  return code !== undefined && /[0-9a-fA-F]/.test(String.fromCharCode(code))
}

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}

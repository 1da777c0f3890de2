import { decodeStandard } from './base64.ts'
import { foldName } from './go-text.ts'
import type { GoField, GoRead, GoType, GoValue } from './go-type.ts'
import { type JsonNode, type JsonRead, readJson, sourceOf, stringOf } from './json.ts'

/** The first number in `node`, at any depth, that no float64 holds; undefined when there is none. */
export function findHugeNumber(bytes: Uint8Array, node: JsonNode): string | undefined {
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const text = next.kind === 'number' ? sourceOf(bytes, next) : '0'
    if (!Number.isFinite(Number(text))) return text
    for (let at = next.items.length; at > 0; at--) push(open, next.items[at - 1])
    for (let at = next.members.length; at > 0; at--) push(open, next.members[at - 1]?.value)
  }
  return undefined
}

interface Decoding {
  readonly bytes: Uint8Array
  /** The struct and the fields down to the value at hand, for the error texts. */
  struct: string
  readonly path: string[]
  /** The first type mismatch: decoding goes on and returns it in the end. */
  saved?: string
  /** An error of an UnmarshalJSON: it ends the decoding and wins over a saved one. */
  fatal?: string
}

/** Decodes `node` into a zero value of `type` as encoding/json v1 does (Go 1.26, decode.go), with its error texts. */
export function decodeGo(bytes: Uint8Array, node: JsonNode, type: GoType): GoRead {
  const decoding: Decoding = { bytes, struct: '', path: [] }
  const value = decode(node, type, zeroOf(type), decoding)
  const message = decoding.fatal ?? decoding.saved
  return message === undefined ? { ok: true, value } : { ok: false, message }
}

/** JSON as encoding/json takes it for a map[string]any: an object, or null for none. */
export function readJsonMap(bytes: Uint8Array): JsonRead {
  const read = readJson(bytes, true)
  if (!read.ok) return read
  const { kind } = read.node
  if (kind !== 'object' && kind !== 'null')
    return {
      ok: false,
      message: `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
    }
  const checked = decodeGo(bytes, read.node, { kind: 'any' })
  return checked.ok ? read : checked
}

function zeroOf(type: GoType): GoValue {
  switch (type.kind) {
    case 'string':
      return ''
    case 'bool':
      return false
    case 'int':
    case 'int64':
      return 0n
    case 'struct':
      return new Map(type.fields.map((field) => [field.name, zeroOf(field.type)]))
    case 'bytes':
    case 'map':
    case 'any':
    case 'pointer':
    case 'slice':
    case 'custom':
      return undefined
  }
}

function describe({ struct, path }: Decoding, found: string, wanted: string): string {
  const place =
    struct === ''
      ? `value of type ${wanted}`
      : `struct field ${struct}.${path.join('.')} of type ${wanted}`
  return `json: cannot unmarshal ${found} into Go ${place}`
}

function mismatch(decoding: Decoding, found: string, wanted: string): void {
  decoding.saved ??= describe(decoding, found, wanted)
}

function decode(node: JsonNode, type: GoType, before: GoValue, decoding: Decoding): GoValue {
  if (decoding.fatal !== undefined) return before
  switch (type.kind) {
    case 'custom': {
      const read = type.read(decoding.bytes, node)
      if (read.ok) return read.value
      decoding.fatal =
        'message' in read ? read.message : describe(decoding, read.found, read.wanted)
      return before
    }
    case 'pointer':
      if (node.kind === 'null') return undefined
      return decode(node, type.to, before ?? zeroOf(type.to), decoding)
    case 'any': {
      // An untyped value becomes nothing here, but every number in it must fit a float64.
      const huge = findHugeNumber(decoding.bytes, node)
      if (huge !== undefined) mismatch(decoding, `number ${huge}`, 'float64')
      return undefined
    }
    case 'string':
    case 'bool':
    case 'int':
    case 'int64':
      return node.kind === 'null' ? before : decodeLiteral(node, type.kind, before, decoding)
    case 'bytes':
      return decodeBytes(node, before, decoding)
    case 'slice':
      return decodeSlice(node, type, before, decoding)
    case 'map':
      return decodeMap(node, before, decoding)
    case 'struct':
      return decodeStruct(node, type, before, decoding)
  }
}

function decodeLiteral(
  node: JsonNode,
  kind: 'string' | 'bool' | 'int' | 'int64',
  before: GoValue,
  decoding: Decoding,
): GoValue {
  if (kind === 'string' && node.kind === 'string') return stringOf(decoding.bytes, node)
  if (kind === 'bool' && node.kind === 'bool') return sourceOf(decoding.bytes, node) === 'true'
  if ((kind === 'int' || kind === 'int64') && node.kind === 'number') {
    const text = sourceOf(decoding.bytes, node)
    const value = parseInt64(text)
    if (value !== undefined) return value
    mismatch(decoding, `number ${text}`, kind)
    return before
  }
  mismatch(decoding, node.kind, kind)
  return before
}

/** A whole number in the range of int64, as strconv.ParseInt reads it in base 10; undefined for anything else. */
export function parseInt64(text: string): bigint | undefined {
  const digits = /^[+-]?0*([0-9]{1,19})$/.exec(text)?.[1]
  if (digits === undefined) return undefined
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/** A []byte: base64 text, or a list of small numbers. */
function decodeBytes(node: JsonNode, before: GoValue, decoding: Decoding): GoValue {
  if (node.kind === 'null') return undefined
  if (node.kind === 'string') {
    const read = decodeStandard(Buffer.from(stringOf(decoding.bytes, node)))
    if (!read.ok) decoding.saved ??= read.message
    return before
  }
  if (node.kind !== 'array') {
    mismatch(decoding, node.kind, '[]uint8')
    return before
  }
  for (const item of node.items) {
    const text = sourceOf(decoding.bytes, item)
    if (item.kind === 'number' && !/^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(text))
      mismatch(decoding, `number ${text}`, 'uint8')
    else if (item.kind !== 'number' && item.kind !== 'null') mismatch(decoding, item.kind, 'uint8')
  }
  return before
}

function decodeSlice(
  node: JsonNode,
  type: GoType & { readonly kind: 'slice' },
  before: GoValue,
  decoding: Decoding,
): GoValue {
  if (node.kind === 'null') return undefined
  if (node.kind === 'array')
    return node.items.map((item) => decode(item, type.of, zeroOf(type.of), decoding))
  mismatch(decoding, node.kind, type.name)
  return before
}

function decodeMap(node: JsonNode, before: GoValue, decoding: Decoding): GoValue {
  if (node.kind === 'null') return undefined
  if (node.kind === 'object') {
    const entries = node.members.map(
      ({ name, value }) => [name, decode(value, { kind: 'string' }, '', decoding)] as const,
    )
    return new Map(entries)
  }
  mismatch(decoding, node.kind, 'map[string]string')
  return before
}

function decodeStruct(
  node: JsonNode,
  type: GoType & { readonly kind: 'struct' },
  before: GoValue,
  decoding: Decoding,
): GoValue {
  if (node.kind === 'null') return before
  if (node.kind !== 'object') {
    mismatch(decoding, node.kind, type.name)
    return before
  }
  const values = new Map(before instanceof Map ? before : [])
  const { struct, path } = decoding
  const depth = path.length
  for (const { name, value } of node.members) {
    const field = findField(type.fields, name)
    if (field === undefined) continue
    decoding.struct = type.name.slice(type.name.indexOf('.') + 1)
    path.push(...(field.via === undefined ? [] : [field.via]), field.name)
    values.set(field.name, decode(value, field.type, values.get(field.name), decoding))
    path.length = depth
    decoding.struct = struct
  }
  return values
}

/** The field a member's name means: the exact one first, else regardless of case (decode.go, object). */
function findField(fields: readonly GoField[], name: string): GoField | undefined {
  const exact = fields.find((field) => field.name === name)
  if (exact !== undefined) return exact
  const folded = foldName(name)
  return fields.find((field) => foldName(field.name) === folded)
}

function push(open: JsonNode[], node: JsonNode | undefined): void {
  if (node !== undefined) open.push(node)
}

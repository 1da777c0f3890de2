/** One tag and length as encoding/asn1 reads it; `start` is where the content begins. */
interface Header {
  readonly class: number
  readonly tag: number
  readonly length: number
  readonly compound: boolean
  readonly start: number
}

/** A SubjectPublicKeyInfo in its parts (RFC 5280 §4.1.2.7). */
export interface PublicKeyInfo {
  /** The algorithm's object identifier in dots. */
  readonly oid: string
  /** The parameters with tag and length; empty where there are none. */
  readonly parameters: Uint8Array
  readonly key: Uint8Array
  /** Bytes after the structure. */
  readonly rest: number
}

export type Asn1Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string }

/** An error of encoding/asn1 on its way to the function that reports it. */
class Asn1Error extends Error {}

function syntaxError(text: string): Asn1Error {
  return new Asn1Error(`asn1: syntax error: ${text}`)
}

function structureError(text: string): Asn1Error {
  return new Asn1Error(`asn1: structure error: ${text}`)
}

function attempt<T>(read: () => T): Asn1Read<T> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (error instanceof Asn1Error) return { ok: false, message: error.message }
    throw error
  }
}

/** asn1.Unmarshal into crypto/x509's publicKeyInfo (Go 1.26, encoding/asn1), with its error texts. */
export function readPublicKeyInfo(der: Uint8Array): Asn1Read<PublicKeyInfo> {
  return attempt(() => {
    const outer = readElement(der, 0, SEQUENCE, 'publicKeyInfo')
    const content = der.subarray(outer.start, outer.end)
    const algorithm = readElement(content, 0, SEQUENCE, 'AlgorithmIdentifier')
    const inner = content.subarray(algorithm.start, algorithm.end)
    const identifier = readElement(inner, 0, OBJECT_IDENTIFIER, 'ObjectIdentifier')
    const oid = readOid(inner.subarray(identifier.start, identifier.end))
    const parameters = readAny(inner, identifier.end)
    const bits = readElement(content, algorithm.end, BIT_STRING, 'BitString')
    const key = readBitString(content.subarray(bits.start, bits.end))
    return { oid, parameters, key, rest: der.length - outer.end }
  })
}

/** Whether asn1.Unmarshal takes `der` for a PKCS#1 public key (RFC 8017 appendix A.1.1). */
export function isPkcs1PublicKey(der: Uint8Array): boolean {
  return attempt(() => {
    const outer = readElement(der, 0, SEQUENCE, 'pkcs1PublicKey')
    const content = der.subarray(outer.start, outer.end)
    const modulus = readElement(content, 0, INTEGER, '')
    checkInteger(content.subarray(modulus.start, modulus.end))
    const exponent = readElement(content, modulus.end, INTEGER, 'int')
    const bytes = content.subarray(exponent.start, exponent.end)
    checkInteger(bytes)
    if (bytes.length > 8) throw structureError('integer too large')
  }).ok
}

const SEQUENCE = { tag: 16, compound: true }
const OBJECT_IDENTIFIER = { tag: 6, compound: false }
const BIT_STRING = { tag: 3, compound: false }
const INTEGER = { tag: 2, compound: false }

/** The options of a field without any, as Go prints them. */
const NO_OPTIONS =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}'

function readElement(
  bytes: Uint8Array,
  offset: number,
  expected: { readonly tag: number; readonly compound: boolean },
  type: string,
): { readonly start: number; readonly end: number } {
  if (offset === bytes.length) throw syntaxError('sequence truncated')
  const header = readHeader(bytes, offset)
  if (header.class !== 0 || header.tag !== expected.tag || header.compound !== expected.compound) {
    const found = `{class:${header.class} tag:${header.tag} length:${header.length} isCompound:${header.compound}}`
    throw structureError(
      `tags don't match (${expected.tag} vs ${found}) ${NO_OPTIONS} ${type} @${header.start}`,
    )
  }
  return { start: header.start, end: endOf(header, bytes) }
}

/** An optional element of any kind, with its tag and length. */
function readAny(bytes: Uint8Array, offset: number): Uint8Array {
  if (offset === bytes.length) return new Uint8Array()
  return bytes.subarray(offset, endOf(readHeader(bytes, offset), bytes))
}

function endOf({ start, length }: Header, bytes: Uint8Array): number {
  if (start + length > bytes.length) throw syntaxError('data truncated')
  return start + length
}

function readHeader(bytes: Uint8Array, offset: number): Header {
  const first = bytes[offset] ?? 0
  let tag = first & 0x1f
  let at = offset + 1
  if (tag === 0x1f) {
    const number = readBase128(bytes, at)
    if (number.value < 0x1f) throw syntaxError('non-minimal tag')
    tag = number.value
    at = number.next
  }
  const { length, start } = readLength(bytes, at)
  return { class: first >> 6, tag, length, compound: (first & 0x20) !== 0, start }
}

function readLength(bytes: Uint8Array, offset: number): { length: number; start: number } {
  const first = bytes[offset]
  if (first === undefined) throw syntaxError('truncated tag or length')
  if (first < 0x80) return { length: first, start: offset + 1 }
  const count = first & 0x7f
  if (count === 0) throw syntaxError('indefinite length found (not DER)')
  let length = 0
  for (let index = 1; index <= count; index++) {
    const code = bytes[offset + index]
    if (code === undefined) throw syntaxError('truncated tag or length')
    if (length >= 1 << 23) throw structureError('length too large')
    length = length * 256 + code
    if (length === 0) throw structureError('superfluous leading zeros in length')
  }
  if (length < 0x80) throw structureError('non-minimal length')
  return { length, start: offset + 1 + count }
}

function readBase128(bytes: Uint8Array, offset: number): { value: number; next: number } {
  let value = 0
  for (let index = 0; ; index++) {
    const code = bytes[offset + index]
    if (code === undefined) throw syntaxError('truncated base 128 integer')
    if (index === 5) throw structureError('base 128 integer too large')
    if (index === 0 && code === 0x80) throw syntaxError('integer is not minimally encoded')
    value = value * 128 + (code & 0x7f)
    if (code < 0x80) {
      if (value > 0x7fffffff) throw structureError('base 128 integer too large')
      return { value, next: offset + index + 1 }
    }
  }
}

function readOid(bytes: Uint8Array): string {
  if (bytes.length === 0) throw syntaxError('zero length OBJECT IDENTIFIER')
  const numbers: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = readBase128(bytes, at)
    if (numbers.length > 0) numbers.push(value)
    else if (value < 80) numbers.push(Math.floor(value / 40), value % 40)
    else numbers.push(2, value - 80)
    at = next
  }
  return numbers.join('.')
}

/** The bits shifted so that the unused ones stand in front (BitString.RightAlign). */
function readBitString(bytes: Uint8Array): Uint8Array {
  const [unused] = bytes
  if (unused === undefined) throw syntaxError('zero length BIT STRING')
  const last = bytes.at(-1) ?? 0
  if (unused > 7 || (bytes.length === 1 && unused > 0) || (last & ((1 << unused) - 1)) !== 0)
    throw syntaxError('invalid padding bits in BIT STRING')
  const bits = bytes.subarray(1)
  if (unused === 0) return bits
  return bits.map((code, index) => (code >> unused) | ((bits[index - 1] ?? 0) << (8 - unused)))
}

function checkInteger(bytes: Uint8Array): void {
  const [first, second] = bytes
  if (first === undefined) throw structureError('empty integer')
  if (second === undefined) return
  if ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    throw structureError('integer not minimally-encoded')
}

/**
 * The next element of `tag` in strict DER as golang.org/x/crypto/cryptobyte reads it (asn1.go, readASN1); undefined when
 * there is none.
 */
export function readDer(
  bytes: Uint8Array,
  tag: number,
): { readonly content: Uint8Array; readonly rest: Uint8Array } | undefined {
  const [first, second] = bytes
  if (first !== tag || second === undefined) return undefined
  let length = second
  let start = 2
  if (second >= 0x80) {
    const count = second & 0x7f
    if (count === 0 || count > 4 || bytes.length < 2 + count) return undefined
    length = 0
    for (const code of bytes.subarray(2, 2 + count)) length = length * 256 + code
    if (length < 0x80 || bytes[2] === 0) return undefined
    start += count
  }
  if (start + length > bytes.length) return undefined
  return { content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

/** The next INTEGER in strict DER, minimally encoded (cryptobyte, ReadASN1Integer); undefined when there is none. */
export function readDerInteger(
  bytes: Uint8Array,
): { readonly value: bigint; readonly size: number; readonly rest: Uint8Array } | undefined {
  const element = readDer(bytes, 2)
  if (element === undefined || !attempt(() => checkInteger(element.content)).ok) return undefined
  const { content, rest } = element
  const magnitude = BigInt(`0x${Buffer.from(content).toString('hex')}`)
  return { value: BigInt.asIntN(content.length * 8, magnitude), size: content.length, rest }
}

/** The arc that cannot take seven bits more without leaving 31 (cryptobyte, readBase128Int). */
const FULL_ARC = 2 ** 24

/** Whether cryptobyte takes `content` as an object identifier: whole arcs, each in the fewest bytes (ReadASN1ObjectIdentifier). */
export function isDerOid(content: Uint8Array): boolean {
  let arc = 0
  let continues = false
  for (const code of content) {
    if (continues ? arc >= FULL_ARC : code === 0x80) return false
    arc = (continues ? arc * 128 : 0) + (code & 0x7f)
    continues = code >= 0x80
  }
  return content.length > 0 && !continues
}

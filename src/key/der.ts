import { AuthError } from '../errors.ts'

/** One DER element; `content` is a view of the bytes it was read from. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
}

/** Identifier octets used in key files (X.690 §8.1.2). */
export const Tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  context0: 0xa0,
  context1: 0xa1,
  context1Primitive: 0x81,
} as const

/** The AuthError for bytes that are not the DER that was expected. */
export function derError(problem: string): AuthError {
  return new AuthError('ERR_KEY_FORM', `not a key in DER: ${problem}`)
}

/** The single element that `bytes` are. Throws AuthError for anything but one whole DER element (X.690 §10). */
export function readDer(bytes: Uint8Array): DerElement {
  const { element, end } = readElement(bytes, 0)
  if (end !== bytes.length) throw derError('more bytes follow than it has')
  return element
}

/** The elements that stand one after the other in `content`; reads one level only. Throws AuthError. */
export function readElements(content: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < content.length; ) {
    const { element, end } = readElement(content, at)
    elements.push(element)
    at = end
  }
  return elements
}

function readElement(
  bytes: Uint8Array,
  at: number,
): { readonly element: DerElement; readonly end: number } {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw derError('it ends too early')
  if ((tag & 0x1f) === 0x1f) throw derError('a tag that no key has')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const size = first & 0x7f
    if (size === 0 || size > 4) throw derError('a length that DER does not allow')
    length = 0
    for (const byte of bytes.subarray(start, start + size)) length = length * 256 + byte
    if (length < 0x80 || length < 256 ** (size - 1))
      throw derError('a length that is not in its shortest form')
    start += size
  }
  const end = start + length
  if (end > bytes.length) throw derError('it ends too early')
  return { element: { tag, content: bytes.subarray(start, end) }, end }
}

/** The elements in `element`, which must be a SEQUENCE. Throws AuthError. */
export function readSequence(element: DerElement | undefined): readonly DerElement[] {
  return readElements(readTagged(element, Tag.sequence, 'a sequence'))
}

/** The non-negative integer that `element` is. Throws AuthError, also for a form longer than needed (X.690 §8.3.2). */
export function readInteger(element: DerElement | undefined): bigint {
  const content = readTagged(element, Tag.integer, 'a number')
  const [first, second] = content
  if (first === undefined) throw derError('an empty number')
  if (first >= 0x80) throw derError('a negative number')
  if (first === 0 && second !== undefined && second < 0x80)
    throw derError('a number that is not in its shortest form')
  return toBigInt(content)
}

/** The bytes of an OCTET STRING. Throws AuthError. */
export function readOctetString(element: DerElement | undefined): Uint8Array {
  return readTagged(element, Tag.octetString, 'an octet string')
}

/** The whole bytes of a BIT STRING. Throws AuthError when bits are left over. */
export function readBitString(element: DerElement | undefined): Uint8Array {
  const content = readTagged(element, Tag.bitString, 'a bit string')
  if (content[0] !== 0) throw derError('a bit string that is not made of whole bytes')
  return content.subarray(1)
}

/** An OBJECT IDENTIFIER as the hexadecimal of its content. Throws AuthError. */
export function readOid(element: DerElement | undefined): string {
  return toHex(readTagged(element, Tag.oid, 'an object identifier'))
}

function readTagged(element: DerElement | undefined, tag: number, name: string): Uint8Array {
  if (element?.tag !== tag) throw derError(`${name} is missing`)
  return element.content
}

/** The unsigned big-endian number that `bytes` are; 0 for none. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

import { Tag } from './der.ts'

/** One DER element of `tag` around `parts` (X.690 §10.1). */
export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag, ...encodeLength(content.length)), content])
}

function encodeLength(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

/** A SEQUENCE of `elements`. */
export function encodeSequence(...elements: readonly Uint8Array[]): Uint8Array {
  return encodeElement(Tag.sequence, ...elements)
}

/** A non-negative INTEGER. */
export function encodeInteger(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  const sign = (bytes[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []
  return encodeElement(Tag.integer, ...sign, bytes)
}

/** An OCTET STRING. */
export function encodeOctetString(bytes: Uint8Array): Uint8Array {
  return encodeElement(Tag.octetString, bytes)
}

/** A BIT STRING of whole bytes. */
export function encodeBitString(bytes: Uint8Array): Uint8Array {
  return encodeElement(Tag.bitString, Uint8Array.of(0), bytes)
}

/** An OBJECT IDENTIFIER from the hexadecimal of its content. */
export function encodeOid(hex: string): Uint8Array {
  return encodeElement(Tag.oid, Buffer.from(hex, 'hex'))
}

/** NULL. */
export function encodeNull(): Uint8Array {
  return encodeElement(Tag.null)
}

/** `value` as exactly `size` big-endian bytes; it must fit. */
export function toFixedBytes(value: bigint, size: number): Uint8Array {
  return Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')
}

/** `value` as big-endian bytes without leading zeros, at least one (Base64urlUInt, RFC 7518 §2). */
export function toBytes(value: bigint): Uint8Array {
  return toFixedBytes(value, Math.max(1, Math.ceil(value.toString(16).length / 2)))
}

const PRIME = 0x100000001b3n

/** A 64-bit FNV-1a hash of `text` in hexadecimal; an identity, not a seal. */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n
  for (const byte of Buffer.from(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * PRIME)
  return value.toString(16).padStart(16, '0')
}

/**
 * Unicode's White_Space, which Rust's `str::trim` removes; JavaScript's trim differs in U+0085 and U+FEFF. V8 takes half a
 * millisecond to build it from the name of the property.
 */
export const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** `text` without white space at both ends, as Rust's `str::trim`. */
export function trimText(text: string): string {
  let start = 0
  let end = text.length
  // All of White_Space lies in the basic plane, so a code unit is a character.
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++
  while (end > start && WHITE_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** `value` as Rust's `{}` of an `f64`: the shortest digits that read back, never an exponent, no `.0`. */
export function displayFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const { digits, point } = shortestDigits(Math.abs(value))
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/**
 * The shortest digits that read back as `value`, and how many of them stand before the point. Of two texts of that length
 * that are equally near, JavaScript takes the even one, Rust the larger one (core::num::flt2dec, strategy::dragon).
 */
function shortestDigits(value: number): { readonly digits: string; readonly point: number } {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const point = Number(exponent) + 1
  const [exact = ''] = value.toExponential(100).replace('.', '').split('e')
  const isLowerOfTwo = exact.startsWith(digits) && /^50*$/.test(exact.slice(digits.length))
  return { digits: isLowerOfTwo ? String(BigInt(digits) + 1n) : digits, point }
}

/** The number of bytes of `text` in UTF-8; a lone surrogate counts three, as its replacement does. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) bytes += utf8Width(character)
  return bytes
}

/** The number of bytes of one character (code point) in UTF-8. */
export function utf8Width(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** strconv.ParseBool; undefined where it is an error. */
export function parseBool(text: string): boolean | undefined {
  if (TRUE.includes(text)) return true
  return FALSE.includes(text) ? false : undefined
}

/** int64(value) as amd64 converts it: what does not fit is the least number there is. */
export function floatToInt(value: number): bigint {
  const whole = Math.trunc(value)
  const fits = whole >= -(2 ** 63) && whole < 2 ** 63
  return fits ? BigInt(whole) : -(2n ** 63n)
}

const BASES: readonly (readonly [RegExp, string])[] = [
  [/^0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)$/, '0x'],
  [/^0[bB]_?([01]+(?:_[01]+)*)$/, '0b'],
  [/^0[oO]_?([0-7]+(?:_[0-7]+)*)$/, '0o'],
  [/^0_?([0-7]+(?:_[0-7]+)*)$/, '0o'],
  [/^(0|[1-9]\d*(?:_\d+)*)$/, ''],
]

/** strconv.ParseInt in base 0 for 64 bits; a text is Go's complaint. */
export function parseGoInteger(text: string): bigint | 'invalid syntax' | 'value out of range' {
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  const body = text.slice(sign.length)
  for (const [pattern, prefix] of BASES) {
    const digits = pattern
      .exec(body)?.[1]
      ?.replaceAll('_', '')
      .replace(/^0+(?=.)/, '')
    if (digits === undefined) continue
    if (digits.length > 64) return 'value out of range'
    const value = BigInt(prefix + digits) * (sign === '-' ? -1n : 1n)
    return BigInt.asIntN(64, value) === value ? value : 'value out of range'
  }
  return 'invalid syntax'
}

/** strconv.FormatFloat(value, 'f', -1, 64): the shortest digits, never an exponent. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [digits = '', exponent] = String(value).split('e')
  if (exponent === undefined) return digits
  const negative = digits.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const all = whole + fraction
  if (point <= 0) return `${negative}0.${'0'.repeat(-point)}${all}`
  if (point >= all.length) return negative + all.padEnd(point, '0')
  return `${negative}${all.slice(0, point)}.${all.slice(point)}`
}

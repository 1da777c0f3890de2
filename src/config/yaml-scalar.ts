/** What a scalar is once typed; undefined = null. */
export type YamlValue = string | bigint | number | boolean | undefined

const WORDS: ReadonlyMap<string, YamlValue> = new Map<string, YamlValue>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, undefined] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
])

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

/**
 * Types an unquoted scalar as go-yaml v3 does (resolve.go, `resolve`), which is what viper and compose read with: `yes`
 * is a string, `014` and `0o14` are 12, `1_000` is 1000, integers from -2^63 to 2^64-1 are bigint. Dates stay strings.
 */
export function resolvePlain(text: string): YamlValue {
  if (WORDS.has(text)) return WORDS.get(text)
  if (!/^[-+.0-9]/.test(text)) return text
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '')
  const integer = INTEGER.exec(plain)
  if (integer !== null) {
    const value = readInteger(integer[1] ?? '', integer[2] ?? '')
    if (value !== undefined) return value
  }
  if (!FLOAT.test(plain)) return text
  const float = Number(plain)
  return Number.isFinite(float) ? float : text
}

function readInteger(sign: string, digits: string): bigint | undefined {
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits
  // 64 binary digits and a prefix are the longest that can fit; leading zeros beyond that make a float or a string.
  if (octal.length > 70) return undefined
  const magnitude = BigInt(octal)
  const value = sign === '-' ? -magnitude : magnitude
  // A signed number must fit 64 bits with a sign, an unsigned one 64 bits.
  const end = sign === '' ? 2n ** 64n : 2n ** 63n
  return value >= -(2n ** 63n) && value < end ? value : undefined
}

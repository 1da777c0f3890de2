const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

const LIMIT = 2n ** 63n

/** Longer numbers are above the limit. */
const MAX_DIGITS = 19

export type DurationRead =
  | { readonly ok: true; readonly nanoseconds: bigint }
  /** `message` is Go's text up to the quoted input, which follows it. */
  | { readonly ok: false; readonly message: string }

/** Reads text such as `1h30m` or `-1.5s` as Go does (time.ParseDuration, Go 1.26). */
export function parseGoDuration(text: string): DurationRead {
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return { ok: true, nanoseconds: 0n }
  if (body === '') return refuse('invalid duration')
  let total = 0n
  const part = /(\d*)(\.(\d*))?([^.\d]*)/y
  while (part.lastIndex < body.length) {
    const [, whole = '', , fraction = '', unit = ''] = part.exec(body) ?? []
    if (whole === '' && fraction === '') return refuse('invalid duration')
    const count = whole.replace(/^0+/, '')
    if (count.length > MAX_DIGITS || BigInt(count) > LIMIT) return refuse('invalid duration')
    if (unit === '') return refuse('missing unit in duration')
    const scale = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
    if (scale === undefined) return refuse(`unknown unit ${quoteTime(unit)} in duration`)
    total += BigInt(count) * scale + scaleFraction(fraction, scale)
    if (total > LIMIT) return refuse('invalid duration')
  }
  if (negative) return { ok: true, nanoseconds: -total }
  return total === LIMIT ? refuse('invalid duration') : { ok: true, nanoseconds: total }
}

function refuse(message: string): DurationRead {
  return { ok: false, message: `time: ${message}` }
}

/** Text in the quotes of package time: control characters and what is not ASCII as their bytes (format.go, quote). */
export function quoteTime(text: string): string {
  const bytes = [...Buffer.from(text)].map((code) => {
    if (code === 0x22 || code === 0x5c) return `\\${String.fromCharCode(code)}`
    return code < 0x20 || code > 0x7f
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : String.fromCharCode(code)
  })
  return `"${bytes.join('')}"`
}

/** Digits behind the point: as many as fit 63 bits count, and they are scaled in float64 (time.leadingFraction). */
function scaleFraction(digits: string, unit: bigint): bigint {
  let fraction = 0n
  let scale = 1
  for (const digit of digits) {
    const next = fraction * 10n + BigInt(digit)
    if (next > LIMIT) break
    fraction = next
    scale *= 10
  }
  return BigInt(Math.trunc(Number(fraction) * (Number(unit) / scale)))
}

const WHOLE: readonly (readonly [string, bigint])[] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
]

/** Nanoseconds as Go prints a duration, such as `1h0m0.5s` (time.Duration.String, Go 1.26). */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  let rest = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (rest < 1_000_000_000n) return sign + formatSmall(rest)
  let text = sign
  let begun = false
  for (const [unit, size] of WHOLE) {
    const count = rest / size
    rest %= size
    if (count > 0n || begun) text += `${count}${unit}`
    begun ||= count > 0n
  }
  return `${text}${formatFraction(rest, 9)}s`
}

function formatSmall(nanoseconds: bigint): string {
  if (nanoseconds < 1000n) return `${nanoseconds}ns`
  if (nanoseconds < 1_000_000n) return `${formatFraction(nanoseconds, 3)}µs`
  return `${formatFraction(nanoseconds, 6)}ms`
}

function formatFraction(value: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits)
  const fraction = String(value % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '')
  return fraction === '' ? String(value / scale) : `${value / scale}.${fraction}`
}

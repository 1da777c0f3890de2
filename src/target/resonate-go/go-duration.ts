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

/** Nanoseconds in `text` such as `1h30m` or `-1.5s` (time.ParseDuration, Go 1.26); undefined when Go refuses it. */
export function parseGoDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '') return undefined
  if (body === '0') return 0n
  let total = 0n
  const part = /(\d*)(\.(\d*))?([^.\d]+)/y
  while (part.lastIndex < body.length) {
    const [all, whole = '', point, fraction = '', unit = ''] = part.exec(body) ?? []
    const scale = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
    if (all === undefined || scale === undefined) return undefined
    if (whole === '' && (point === undefined || fraction === '')) return undefined
    total += BigInt(whole === '' ? '0' : whole) * scale + scaleFraction(fraction, scale)
    if (total > LIMIT) return undefined
  }
  if (negative) return -total
  return total === LIMIT ? undefined : total
}

/** Digits behind the point: as many as fit 63 bits count (time.leadingFraction). */
function scaleFraction(digits: string, scale: bigint): bigint {
  const kept = digits.slice(0, 18)
  if (kept === '') return 0n
  return (BigInt(kept) * scale) / 10n ** BigInt(kept.length)
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

type Unit = keyof typeof SECONDS

const COMPACT = /^(?:\d+[wdhms])+$/
const ISO = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** What {@link parseDuration} takes, but for its size, as a pattern of JSON Schema (ECMA-262). */
export const DURATION_PATTERN = `^(?!.*([wdhms]).*\\1)(?:\\d+[wdhms])+$|${ISO.source}`

/** Seconds in `text`, e.g. `90s`, `1h30m`, `12w` or ISO 8601 `P1DT2H` (no months or years); undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  const parts = COMPACT.test(text) ? compactParts(text) : isoParts(text)
  if (parts === undefined) return undefined
  const seconds = parts.reduce((sum, [count, unit]) => sum + count * SECONDS[unit], 0)
  return Number.isSafeInteger(seconds) ? seconds : undefined
}

function compactParts(text: string): readonly (readonly [number, Unit])[] | undefined {
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)].map(
    // The pattern admits no other letter.
    ([, count, unit]) => [Number(count), unit as Unit] as const,
  )
  const repeated = new Set(parts.map(([, unit]) => unit)).size < parts.length
  return repeated ? undefined : parts
}

function isoParts(text: string): readonly (readonly [number, Unit])[] | undefined {
  const match = ISO.exec(text)
  if (match === null) return undefined
  const units: readonly Unit[] = ['w', 'd', 'h', 'm', 's']
  return units.map((unit, index) => [Number(match[index + 1] ?? 0), unit] as const)
}

const STEPS: readonly (readonly [limit: number, seconds: number, unit: string])[] = [
  [120, 1, 's'],
  [120 * 60, 60, 'min'],
  [48 * 3600, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'days'],
]

/** `seconds` for a person, rounded down to one unit: `58 min`, `3 days`; the sign is dropped. */
export function describeDuration(seconds: number): string {
  const size = Math.abs(seconds)
  for (const [limit, unit, name] of STEPS)
    if (size < limit) return `${Math.floor(size / unit)} ${name}`
  return `${size} s`
}

/** `instant` seen from `now` (both seconds): `in 58 min`, `3 days ago`, `now`. */
export function describeDistance(instant: number, now: number): string {
  const distance = instant - now
  if (Math.abs(distance) < 1) return 'now'
  return distance > 0 ? `in ${describeDuration(distance)}` : `${describeDuration(distance)} ago`
}

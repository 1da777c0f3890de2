import { InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../token/duration.ts'
import { formatInstant, looksLikeMilliseconds, parseInstant } from '../token/instant.ts'
import type { NumericDate } from '../token/numeric-date.ts'

/** A point in time as typed: fixed, or that many seconds after the run's own instant. */
export type When =
  | { readonly kind: 'at'; readonly instant: NumericDate }
  | { readonly kind: 'after'; readonly seconds: number }

/** The NumericDate that `when` means at `now`. */
export function resolveWhen(when: When, now: NumericDate): NumericDate {
  switch (when.kind) {
    case 'at':
      return when.instant
    case 'after':
      return now + when.seconds
  }
}

/** Parses `2026-12-31T00:00:00Z` or Unix seconds. Throws InvalidArgumentError. */
export function instant(text: string): NumericDate {
  const value = parseInstant(text)
  if (value === undefined)
    throw new InvalidArgumentError(
      'Expected an instant such as 2026-12-31T00:00:00Z, or Unix seconds.',
    )
  return value
}

/** Instants below are meant as durations: the server line they would speak of did not exist (2020-01-01). */
const EARLIEST_PLAUSIBLE = 1_577_836_800

/** Parses a duration such as `15m`, or an instant. Throws InvalidArgumentError, also for a bare number of seconds. */
export function when(text: string): When {
  const seconds = parseDuration(text)
  if (seconds !== undefined) return { kind: 'after', seconds }
  const value = parseInstant(text)
  if (value === undefined)
    throw new InvalidArgumentError(
      'Expected a duration such as 15m, 1h30m or 7d, or an instant such as 2026-12-31T00:00:00Z.',
    )
  if (/^\d+$/.test(text) && value < EARLIEST_PLAUSIBLE)
    throw new InvalidArgumentError(
      `A bare number is an instant, here ${formatInstant(value)}; for a duration write ${text}s.`,
    )
  return { kind: 'at', instant: value }
}

/** A note for an instant that is probably milliseconds; undefined when it looks like seconds. */
export function millisecondsNote(name: string, value: NumericDate): string | undefined {
  if (!looksLikeMilliseconds(value)) return undefined
  const seconds = Math.floor(value / 1000)
  return `${name} ${value} looks like milliseconds (${formatInstant(seconds)} would be ${seconds}); the server reads seconds, so such a token practically never expires`
}

/** Parses a whole number from `min` to `max`. Throws InvalidArgumentError. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`)
    return value
  }
}

/** Appends one more value of an option that may be given several times; its `--no-` form before takes nothing along. */
export function append(text: string, previous: readonly string[] | false = []): readonly string[] {
  return previous === false ? [text] : [...previous, text]
}

/** The clock of a run that judges or signs. */
export function atOption(): Option {
  return new Option(
    '--at <instant>',
    'judge as if it were this instant (RFC 3339 or Unix seconds)',
  ).argParser(instant)
}

import type { NumericDate } from './numeric-date.ts'

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d))?$/

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `month` counts from 1. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0)
}

/**
 * The NumericDate of `text`: RFC 3339 (`2026-12-31T00:00:00Z`, fractions cut), a date alone (midnight UTC), or Unix
 * seconds (`1798675200`); undefined when it is neither.
 */
export function parseInstant(text: string): NumericDate | undefined {
  if (/^\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : undefined
  const match = RFC_3339.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const valid =
    day >= 1 && day <= daysInMonth(year, month) && hour <= 23 && minute <= 59 && second <= 60
  const offset = offsetSeconds(match[7] ?? 'Z')
  if (!valid || offset === undefined) return undefined
  return daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
}

function offsetSeconds(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** `instant` as RFC 3339 in UTC, e.g. `2026-12-31T00:00:00Z`; undefined when its year has not four digits. */
export function formatInstant(instant: NumericDate): string | undefined {
  const seconds = Math.floor(instant)
  const days = Math.floor(seconds / 86_400)
  if (!Number.isFinite(instant) || days < -719_528 || days > 2_932_896) return undefined
  const { year, month, day } = civilDate(days)
  const rest = seconds - days * 86_400
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}Z`
}

/** The date `days` after 1970-01-01; the inverse of daysSinceEpoch. */
function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Instants from here on are read as milliseconds by mistake more often than meant as seconds (year 5138). */
const MILLISECONDS_FROM = 100_000_000_000

/** Whether `instant` is probably milliseconds where seconds were meant. */
export function looksLikeMilliseconds(instant: NumericDate): boolean {
  return instant >= MILLISECONDS_FROM
}

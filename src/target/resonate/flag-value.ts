import type { SettingValue } from '../../config/configuration.ts'
import { type FlagRow, INTEGER_RANGES, type SettingRow, type SettingType } from './settings.ts'
import { integerComplaint } from './usage.ts'

/** A key that a flag sets. */
export type FlaggedRow = SettingRow & { readonly flag: FlagRow }

/** The flag as clap names it, with its placeholder: `--server-port <PORT>`. */
export function displayFlag({ flag }: FlaggedRow): string {
  return flag.value === undefined ? flag.name : `${flag.name} <${flag.value}>`
}

/** The line that lists what a switch with a value takes. */
export function possibleValues(row: SettingRow): string {
  return row.type === 'bool' ? '\n  [possible values: true, false]' : ''
}

/** The other types have no range. */
const RANGES: Readonly<Partial<Record<SettingType, readonly [bigint, bigint]>>> = INTEGER_RANGES

/** clap's complaint about a flag's text; undefined when it takes it. */
export function complainOf(row: FlaggedRow, text: string): string | undefined {
  const about = `invalid value '${text}' for '${displayFlag(row)}'`
  if (row.type === 'bool') {
    if (text === 'true' || text === 'false') return undefined
    return text === ''
      ? `a value is required for '${displayFlag(row)}' but none was supplied${possibleValues(row)}`
      : `${about}${possibleValues(row)}`
  }
  const [min, max] = RANGES[row.type] ?? []
  if (min === undefined || max === undefined) return undefined
  // clap parses the small types as i64 and then looks at the range.
  const small = max < 2n ** 63n - 1n
  const [low, high] = small ? [-(2n ** 63n), 2n ** 63n - 1n] : [min, max]
  const complaint = integerComplaint(text, low, high)
  if (complaint !== undefined) return `${about}: ${complaint}`
  const value = BigInt(text.replace(/^\+/, ''))
  return value < min || value > max ? `${about}: ${value} is not in ${min}..=${max}` : undefined
}

/** The value that a flag's text, which clap takes, gives its key. */
export function typeFlagText(type: SettingType, text: string): SettingValue {
  if (type === 'bool') return text === 'true'
  if (type === 'strings') return [text]
  // The push mode is an enum in the file; its flag is a string of which only two mean something (src/cli.rs).
  if (type === 'mode') return text === 'bearer' || text === 'gcp' ? text : 'none'
  return RANGES[type] === undefined ? text : BigInt(text.replace(/^\+/, ''))
}

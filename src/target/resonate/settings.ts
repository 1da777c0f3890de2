import type { SettingValue } from '../../config/configuration.ts'

/** The Rust type of a key; it decides which values are taken and what the server's messages say. */
export type SettingType = 'string' | 'bool' | IntegerType | 'strings' | 'mode'

export type IntegerType = 'u16' | 'u32' | 'u64' | 'usize' | 'i64'

/** The least and the greatest value of each type of whole numbers. */
export const INTEGER_RANGES: Readonly<Record<IntegerType, readonly [bigint, bigint]>> = {
  u16: [0n, 2n ** 16n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  usize: [0n, 2n ** 64n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** One key of the configuration. */
export interface SettingRow {
  /** The dotted path, e.g. `server.cors.allow_origins`. */
  readonly key: string
  readonly type: SettingType
  /** Undefined = an optional key that nobody set, or the one key that must be written. */
  readonly default?: SettingValue
  /** It must be written as soon as its table exists. */
  readonly required?: true
  /** Its value must never be shown. */
  readonly secret?: true
  readonly flag?: FlagRow
  /** The first patch version that has it (0 when absent) and the last one (the newest when absent). */
  readonly since?: number
  readonly until?: number
}

/** The flag of `serve` and `dev` that sets a key. */
export interface FlagRow {
  readonly name: string
  /** The placeholder in the server's messages; absent for a switch. */
  readonly value?: string
  /** The flag without which this one is silently dropped. */
  readonly companion?: string
}

interface SettingDetails extends Omit<SettingRow, 'key' | 'type' | 'default' | 'flag'> {
  /** The flag as clap shows it: `--server-port <PORT>`, or without a placeholder for a switch. */
  readonly flag?: string
  readonly companion?: string
}

/** A row of a table of keys; `fallback` is the default, undefined where there is none. */
export function setting(
  key: string,
  type: SettingType,
  fallback?: SettingValue,
  { flag, companion, ...details }: SettingDetails = {},
): SettingRow {
  const [, name, value] = /^(\S+)(?: <(.*)>)?$/.exec(flag ?? '') ?? []
  return {
    key,
    type,
    ...(fallback !== undefined && { default: fallback }),
    ...details,
    ...(name !== undefined && {
      flag: {
        name,
        ...(value !== undefined && { value }),
        ...(companion !== undefined && { companion }),
      },
    }),
  }
}

/** One table of the configuration: its Rust type, and whether it may be absent as a whole. */
export interface TableRow {
  readonly key: string
  readonly struct: string
  readonly optional?: true
  /** Keys it does not have stop the server. */
  readonly strict?: true
  readonly since?: number
}

/** The keys and tables of one version, in the order in which the server declares them. */
export interface Schema {
  readonly version: string
  readonly rows: readonly SettingRow[]
  /** Flags that set no key of their own name and value; their `key` is only a name. */
  readonly flags?: readonly SettingRow[]
  readonly tables: readonly TableRow[]
  /** Why this version does not have a key or table that another one has; undefined for a key of none. */
  elsewhere(key: string): string | undefined
  /** Whole numbers that are checked together with their types, and the least value of each. */
  readonly minimums: readonly (readonly [key: string, least: bigint])[]
}

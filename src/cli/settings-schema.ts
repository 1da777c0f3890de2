import { UsageError } from '../errors.ts'
import type { Policy } from '../fleet/policy.ts'
import { ALGORITHMS, type Algorithm, isAlgorithm } from '../key/algorithm.ts'
import { parseTarget, TARGET_IDS, type TargetId } from '../target/targets.ts'
import { parseDuration } from '../token/duration.ts'

/** A finding that is not to be reported, and why. */
export interface IgnoreSetting {
  readonly rule: string
  readonly file?: string
  readonly path?: string
  readonly layer?: string
  /** The last day it holds, `2027-01-31`. */
  readonly until?: string
  readonly reason?: string
}

export type SeveritySetting = 'off' | 'error' | 'warning' | 'info'

/** This tool's own settings (design: Settings); data, never code. */
export interface Settings {
  readonly target?: TargetId
  /** Seconds a minted token lives when no --exp says otherwise. */
  readonly ttl?: number
  readonly policy?: Policy
  /** Severity by rule id or name. */
  readonly rules?: Readonly<Record<string, SeveritySetting>>
  readonly ignores?: readonly IgnoreSetting[]
  readonly neverIgnore?: readonly string[]
  /** The baseline file, relative to the settings file. */
  readonly baseline?: string
  /** The private key that signs; only in a file named with --settings. */
  readonly key?: string
}

/** Turns the parsed value of one setting into its final type, or says what was expected. */
type Reader<T> = (value: unknown) => T | Expected

class Expected {
  readonly what: string

  constructor(what: string) {
    this.what = what
  }
}

/** Readers by member name: the one declaration of an object of settings. */
type Shape<T> = { readonly [Name in keyof T]-?: Reader<NonNullable<T[Name]>> }

const text: Reader<string> = (value) =>
  typeof value === 'string' ? value : new Expected('a string')

const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : new Expected('true or false')

const count: Reader<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : new Expected('a whole number')

const duration: Reader<number> = (value) =>
  (typeof value === 'string' ? parseDuration(value) : undefined) ??
  new Expected('a duration such as "15m" or "7d"')

const day: Reader<string> = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
    ? value
    : new Expected('a day such as "2027-01-31"')

const target: Reader<TargetId> = (value) =>
  (typeof value === 'string' ? parseTarget(value) : undefined) ??
  new Expected(`one of ${TARGET_IDS.join(', ')}`)

const algorithm: Reader<Algorithm> = (value) =>
  typeof value === 'string' && isAlgorithm(value)
    ? value
    : new Expected(`one of ${Object.keys(ALGORITHMS).join(', ')}`)

const SEVERITIES: readonly SeveritySetting[] = ['off', 'error', 'warning', 'info']

const severity: Reader<SeveritySetting> = (value) =>
  SEVERITIES.find((known) => known === value) ?? new Expected(`one of ${SEVERITIES.join(', ')}`)

const POLICY: Shape<Policy> = {
  maxLifetime: duration,
  requiredClaims: listOf(text),
  prefixPattern: text,
  forbidAdmin: flag,
  minRsaBits: count,
  algorithms: listOf(algorithm),
}

const IGNORE: Shape<IgnoreSetting> = {
  rule: text,
  file: text,
  path: text,
  layer: text,
  until: day,
  reason: text,
}

const SETTINGS: Shape<Settings> = {
  target,
  ttl: duration,
  policy: object(POLICY),
  rules: mapOf(severity),
  ignores: listOf(object(IGNORE)),
  neverIgnore: listOf(text),
  baseline: text,
  key: text,
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS)

/** The settings in `value`, read from `file`. Throws UsageError ERR_SETTINGS naming the member that is wrong. */
export function readSettings(value: unknown, file: string): Settings {
  const read = object(SETTINGS)(value)
  if (!(read instanceof Expected)) return read
  throw new UsageError(`${file}: ${read.what}`, {
    code: 'ERR_SETTINGS',
    hints: [`settings are ${SETTING_NAMES.join(', ')}`],
  })
}

function object<T>(shape: Shape<T>): Reader<T> {
  return (value) => {
    const entries = plainEntries(value)
    if (entries === undefined) return new Expected('expected a table of settings')
    const members = new Map<string, unknown>()
    for (const [name, member] of entries) {
      if (!Object.hasOwn(shape, name)) return new Expected(`unknown setting "${name}"`)
      // hasOwn has just said so.
      const read = shape[name as keyof T](member)
      if (read instanceof Expected) return within(name, read)
      members.set(name, read)
    }
    // Every member has been read by its own reader.
    return Object.fromEntries(members) as T
  }
}

function mapOf<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value) => {
    const entries = plainEntries(value)
    if (entries === undefined) return new Expected('expected a table')
    const members = new Map<string, T>()
    for (const [name, member] of entries) {
      const read = reader(member)
      if (read instanceof Expected) return within(name, read)
      members.set(name, read)
    }
    return Object.fromEntries(members)
  }
}

function listOf<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return new Expected('a list')
    const items: T[] = []
    for (const [index, item] of value.entries()) {
      const read = reader(item)
      if (read instanceof Expected) return within(String(index), read)
      items.push(read)
    }
    return items
  }
}

function within(name: string, { what }: Expected): Expected {
  if (/^unknown|^expected/.test(what))
    return new Expected(what.replace(/"([^"]*)"$/, `"${name}.$1"`))
  return new Expected(what.includes(' must be ') ? `${name}.${what}` : `${name} must be ${what}`)
}

function plainEntries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.entries(value)
}

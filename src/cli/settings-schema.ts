import type { JsonSchema } from '../docs/json-schema.ts'
import { UsageError } from '../errors.ts'
import type { Policy } from '../fleet/policy.ts'
import { ALGORITHM_NAMES } from '../key/algorithm.ts'
import { parseTarget, TARGET_IDS, TARGET_PATTERN, type TargetId } from '../target/targets.ts'
import { DURATION_PATTERN, parseDuration } from '../token/duration.ts'

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

/** Turns the parsed value of one setting into its final type, or says what was expected; `schema` says the same of it. */
interface Reader<T> {
  readonly read: (value: unknown) => T | Expected
  readonly schema: JsonSchema
}

class Expected {
  readonly what: string

  constructor(what: string) {
    this.what = what
  }
}

/** Readers by member name: the one declaration of an object of settings. */
type Shape<T> = { readonly [Name in keyof T]-?: Reader<NonNullable<T[Name]>> }

const STRING: Reader<string> = {
  read: (value) => (typeof value === 'string' ? value : new Expected('a string')),
  schema: { type: 'string' },
}

const FLAG: Reader<boolean> = {
  read: (value) => (typeof value === 'boolean' ? value : new Expected('true or false')),
  schema: { type: 'boolean' },
}

const COUNT: Reader<number> = {
  read: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : new Expected('a whole number'),
  schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
}

const DURATION: Reader<number> = {
  read: (value) =>
    (typeof value === 'string' ? parseDuration(value) : undefined) ??
    new Expected('a duration such as "15m" or "7d"'),
  schema: { type: 'string', pattern: DURATION_PATTERN, examples: ['15m', '7d'] },
}

const DAY_PATTERN = '^\\d{4}-\\d\\d-\\d\\d$'

const DAY: Reader<string> = {
  read: (value) =>
    typeof value === 'string' && new RegExp(DAY_PATTERN).test(value)
      ? value
      : new Expected('a day such as "2027-01-31"'),
  schema: { type: 'string', pattern: DAY_PATTERN },
}

const TARGET: Reader<TargetId> = {
  read: (value) =>
    (typeof value === 'string' ? parseTarget(value) : undefined) ??
    new Expected(`one of ${TARGET_IDS.join(', ')}`),
  schema: { type: 'string', pattern: TARGET_PATTERN, examples: TARGET_IDS },
}

const POLICY: Shape<Policy> = {
  maxLifetime: about('how long a token may live', DURATION),
  requiredClaims: about('claims that a token must have', listOf(STRING)),
  prefixPattern: about('what a prefix must look like; * stands for any text', STRING),
  forbidAdmin: about('no token that opens everything', FLAG),
  minRsaBits: about('the smallest RSA key that signs', COUNT),
  algorithms: about('the algorithms that may sign', listOf(oneOf(ALGORITHM_NAMES))),
}

const IGNORE: Shape<IgnoreSetting> = {
  rule: about('the id or the name of the rule', STRING),
  file: about('only in this file', STRING),
  path: about('only this setting, by dotted path', STRING),
  layer: about('only in this layer: file, env, flag or absent', STRING),
  until: about('the last day it holds', DAY),
  reason: about('why', STRING),
}

const SEVERITIES: readonly SeveritySetting[] = ['off', 'error', 'warning', 'info']

const SETTINGS: Shape<Settings> = {
  target: about('the server, as --target takes it', TARGET),
  ttl: about('how long a token lives without --exp', DURATION),
  policy: about('what tokens must be like', object(POLICY)),
  rules: about('severities by the id or the name of a rule', mapOf(oneOf(SEVERITIES))),
  ignores: about('findings that are not reported', listOf(object(IGNORE, ['rule']))),
  neverIgnore: about('rules that cannot be ignored', listOf(STRING)),
  baseline: about('the baseline file, relative to this one', STRING),
  key: about('the private key that signs; only in a file named with --settings', STRING),
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS)

/** The settings in `value`, read from `file`. Throws UsageError ERR_SETTINGS naming the member that is wrong. */
export function readSettings(value: unknown, file: string): Settings {
  const read = object(SETTINGS).read(withoutSchema(value))
  if (!(read instanceof Expected)) return read
  throw new UsageError(`${file}: ${read.what}`, {
    code: 'ERR_SETTINGS',
    hints: [`settings are ${SETTING_NAMES.join(', ')}`],
  })
}

/** The JSON Schema of a file of settings. */
export function settingsSchema(): JsonSchema {
  const { properties, ...rest } = object(SETTINGS).schema
  const named = { $schema: { description: 'the schema, for editors', type: 'string' } }
  // The schema of an object has properties.
  return { ...rest, properties: { ...named, ...(properties as JsonSchema) } }
}

/** Editors find the schema of a file by this member. */
function withoutSchema(value: unknown): unknown {
  const entries = plainEntries(value)
  return entries === undefined
    ? value
    : Object.fromEntries(
        entries.filter(([name, each]) => name !== '$schema' || typeof each !== 'string'),
      )
}

function about<T>(description: string, { read, schema }: Reader<T>): Reader<T> {
  return { read, schema: { description, ...schema } }
}

function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  return {
    read: (value) =>
      values.find((known) => known === value) ?? new Expected(`one of ${values.join(', ')}`),
    schema: { type: 'string', enum: values },
  }
}

function object<T>(shape: Shape<T>, required: readonly (keyof T & string)[] = []): Reader<T> {
  // The keys of a shape are its own.
  const readers = Object.entries(shape) as [keyof T & string, Reader<unknown>][]
  return {
    read: (value) => {
      const entries = plainEntries(value)
      if (entries === undefined) return new Expected('expected a table of settings')
      const given = new Map(entries)
      for (const name of given.keys())
        if (!Object.hasOwn(shape, name)) return new Expected(`unknown setting "${name}"`)
      const members = new Map<string, unknown>()
      for (const [name, reader] of readers) {
        if (!given.has(name) && !required.includes(name)) continue
        const read = reader.read(given.get(name))
        if (read instanceof Expected) return within(name, read)
        members.set(name, read)
      }
      // Every member has been read by its own reader.
      return Object.fromEntries(members) as T
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(readers.map(([name, { schema }]) => [name, schema])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
  }
}

function mapOf<T>({ read: readMember, schema }: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return {
    read: (value) => {
      const entries = plainEntries(value)
      if (entries === undefined) return new Expected('expected a table')
      const members = new Map<string, T>()
      for (const [name, member] of entries) {
        const read = readMember(member)
        if (read instanceof Expected) return within(name, read)
        members.set(name, read)
      }
      return Object.fromEntries(members)
    },
    schema: { type: 'object', additionalProperties: schema },
  }
}

function listOf<T>({ read: readItem, schema }: Reader<T>): Reader<readonly T[]> {
  return {
    read: (value) => {
      if (!Array.isArray(value)) return new Expected('a list')
      const items: T[] = []
      for (const [index, item] of value.entries()) {
        const read = readItem(item)
        if (read instanceof Expected) return within(String(index), read)
        items.push(read)
      }
      return items
    },
    schema: { type: 'array', items: schema },
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

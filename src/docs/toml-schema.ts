import type { Schema, SettingRow } from '../target/resonate/settings.ts'
import { schemaOf09 } from '../target/resonate/settings-09.ts'
import { SCHEMA_010 } from '../target/resonate/settings-010.ts'
import { SCHEMA_PLUGINS } from '../target/resonate/settings-plugins.ts'
import type { Document } from './documents.ts'
import { formatJson, type JsonSchema } from './json-schema.ts'

/** The schemas of resonate.toml that editors use, one for each layout of the Rust server. */
export function tomlSchemas(): readonly Document[] {
  return [
    ['0.9', schemaOf09(8)] as const,
    ['0.10', SCHEMA_010] as const,
    ['0.10-plugins', SCHEMA_PLUGINS] as const,
  ].map(([name, schema]) => ({
    path: `src/report/schema/resonate-${name}.json`,
    text: `${formatJson(tomlSchema(name, schema))}\n`,
  }))
}

/**
 * The schema of a resonate.toml of one version. Keys that the server does not know are errors: it ignores them, or does
 * not start.
 */
export function tomlSchema(name: string, schema: Schema): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `resonate.toml of the Resonate server ${name}`,
    'x-tombi-toml-version': 'v1.0.0',
    ...table('', schema),
  }
}

function table(path: string, schema: Schema): JsonSchema {
  const inside = (key: string): boolean => (path === '' ? true : key.startsWith(`${path}.`))
  const nameOf = (key: string): string =>
    (path === '' ? key : key.slice(path.length + 1)).split('.')[0] ?? ''
  const keys = [...schema.rows, ...schema.tables].map(({ key }) => key).filter(inside)
  const names = [...new Set(keys.map(nameOf))]
  const properties = names.map((name) => {
    const key = path === '' ? name : `${path}.${name}`
    const row = schema.rows.find((candidate) => candidate.key === key)
    return [name, row === undefined ? table(key, schema) : value(row, schema)] as const
  })
  const required = schema.rows
    .filter(
      ({ key, required: must }) => must && inside(key) && !key.slice(path.length + 1).includes('.'),
    )
    .map(({ key }) => nameOf(key))
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: isOpenTable(path, schema),
  }
}

/** Tables of the plugin layout that hold plugins this tool may not know, or whose keys are not known for sure. */
function isOpenTable(path: string, { version, tables }: Schema): boolean {
  const strict = tables.find(({ key }) => key === path)?.strict === true
  return version === '0.10-plugins' && path !== '' && !strict
}

function value(row: SettingRow, { minimums = [] }: Schema): JsonSchema {
  const least = minimums.find(([key]) => key === row.key)?.[1]
  return {
    description: describe(row),
    ...typeOf(row, least),
    ...(row.default !== undefined && { default: jsonOf(row.default) }),
  }
}

function describe({ key, flag }: SettingRow): string {
  const variable = `RESONATE_${key.replaceAll('.', '__').toUpperCase()}`
  return flag === undefined ? `variable ${variable}` : `variable ${variable}, flag ${flag.name}`
}

const TOP: Readonly<Partial<Record<SettingRow['type'], number>>> = {
  u16: 65_535,
  u32: 4_294_967_295,
}

function typeOf({ type }: SettingRow, least: bigint | undefined): JsonSchema {
  switch (type) {
    case 'string':
      return { type: 'string' }
    case 'bool':
      return { type: 'boolean' }
    case 'strings':
      return { type: 'array', items: { type: 'string' } }
    case 'mode':
      return { enum: ['none', 'bearer', 'gcp'] }
    case 'i64':
      return { type: 'integer', ...(least !== undefined && { minimum: Number(least) }) }
    case 'u16':
    case 'u32':
    case 'u64':
    case 'usize':
      return {
        type: 'integer',
        minimum: Number(least ?? 0n),
        // 64-bit bounds do not survive as JSON numbers, and TOML integers are no larger.
        ...(TOP[type] !== undefined && { maximum: TOP[type] }),
      }
  }
}

function jsonOf(setting: NonNullable<SettingRow['default']>): unknown {
  return typeof setting === 'bigint' ? Number(setting) : setting
}

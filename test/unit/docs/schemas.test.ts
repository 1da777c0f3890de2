import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { readSettings, settingsSchema } from '../../../src/cli/settings-schema.ts'
import { schemaFiles } from '../../../src/docs/schemas.ts'
import { SCHEMAS } from '../../../src/report/schema/index.ts'

const TOP = new URL('../../../', import.meta.url)
const FILES = schemaFiles(settingsSchema())

test.each(FILES)('$path is current', ({ path, text }) => {
  expect(readFileSync(new URL(path, TOP), 'utf8')).toBe(text)
})

test('the files of the folder are those that are made and those that can be asked for', () => {
  const names = readdirSync(new URL('src/report/schema', TOP)).filter((name) =>
    name.endsWith('.json'),
  )
  const made = FILES.map(({ path }) => path.replace('src/report/schema/', ''))
  expect(new Set(made)).toEqual(new Set(names))
  expect(new Set([...SCHEMAS.keys()].map((name) => `${name}.json`))).toEqual(new Set(names))
})

/** Every member of every object, and whether it has a description or is told by what it refers to. */
function undescribed(schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties =
    'properties' in schema && typeof schema.properties === 'object' ? schema.properties : {}
  const own = Object.entries(properties ?? {}).flatMap(([name, member]) =>
    ['description', '$ref', 'const', 'enum'].some((key) => Object.hasOwn(member, key))
      ? []
      : [`${path}/${name}`],
  )
  return [
    ...own,
    ...Object.entries(schema).flatMap(([name, each]) => undescribed(each, `${path}/${name}`)),
  ]
}

test.each(FILES.filter(({ path }) => /-v1\.json$/.test(path) && !path.includes('-input-')))(
  'every member in $path is described',
  ({ text }) => {
    expect(undescribed(JSON.parse(text))).toEqual([])
  },
)

const takes = new Ajv({ strict: true }).compile(settingsSchema())

test.each([
  [{}],
  [{ $schema: './settings-v1.json' }],
  [{ $schema: 5 }],
  [[]],
  [null],
  [{ target: 'resonate' }],
  [{ target: 'resonate@0.9.8' }],
  [{ target: 'resonate@0.10-plugins' }],
  [{ target: 'resonate@1' }],
  [{ target: 'resonate.1' }],
  [{ target: 'resonate@0x9' }],
  [{ ttl: '15m' }],
  [{ ttl: '1h30m' }],
  [{ ttl: '1h1h' }],
  [{ ttl: 'P1DT2H' }],
  [{ ttl: 'P' }],
  [{ ttl: 'PT' }],
  [{ ttl: '15' }],
  [{ ttl: 900 }],
  [{ policy: { maxLifetime: '7d', requiredClaims: ['sub'], prefixPattern: '*.' } }],
  [{ policy: { forbidAdmin: true, minRsaBits: 3072, algorithms: ['EdDSA'] } }],
  [{ policy: { minRsaBits: -1 } }],
  [{ policy: { minRsaBits: 1.5 } }],
  [{ policy: { algorithms: ['HS256'] } }],
  [{ policy: { max: '1d' } }],
  [{ rules: { RA101: 'off', 'auth-publickey-none': 'info' } }],
  [{ rules: { RA101: 'fatal' } }],
  [{ ignores: [{ rule: 'RA101', until: '2027-01-31', reason: 'later' }] }],
  [{ ignores: [{}] }],
  [{ ignores: [{ rule: 'RA101', until: 'later' }] }],
  [{ neverIgnore: ['RA101'], baseline: 'b.json', key: 'private.pem' }],
  [{ neverIgnore: 'RA101' }],
  [{ tragt: 'resonate' }],
])('the schema of settings takes %j just when the program does', (settings) => {
  expect(takes(settings)).toBe(isRead(settings))
})

function isRead(settings: unknown): boolean {
  try {
    readSettings(settings, 'settings.json')
    return true
  } catch {
    return false
  }
}

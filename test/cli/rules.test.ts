import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { RULES } from '../../src/lint/rules/index.ts'
import { run } from './run.ts'

const SCHEMA = new URL('../../src/report/schema/rules-v1.json', import.meta.url)

test('rules lists every rule and what has none', async () => {
  const { status, stdout } = await run(['rules'])
  expect(status).toBe(0)
  for (const { id, name, summary } of RULES) {
    expect(stdout).toContain(`${id}  ${name}`)
    expect(stdout).toContain(summary)
  }
  expect(stdout).toContain('Without a rule:')
})

test('rules --json is what its schema says', async () => {
  const { stdout } = await run(['rules', '--json'])
  const document = JSON.parse(stdout)
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')))
  validate(document)
  expect(validate.errors ?? []).toEqual([])
  expect(document.rules).toHaveLength(RULES.length)
})

test('--area chooses rules, and an area without any is a no', async () => {
  const { stdout } = await run(['rules', '--area', 'cors', '--json'])
  const areas = JSON.parse(stdout).rules.map(({ area }: { area: string }) => area)
  expect(new Set(areas)).toEqual(new Set(['cors']))
  expect((await run(['rules', '--area', 'none'])).status).toBe(1)
})

test.each(['RA101', 'ra101'])('explain %s tells why and what to do', async (topic) => {
  const { status, stdout } = await run(['explain', topic])
  expect(status).toBe(0)
  expect(stdout).toContain('RA101 auth-publickey-none')
  expect(stdout).toContain('Do: ')
})

test.each(['RA401', 'ra401', 'metrics-exposed'])(
  'explain %s tells about the rule',
  async (topic) => {
    const { status, stdout } = await run(['explain', topic])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^RA401 metrics-exposed: /)
    expect(stdout).toContain('See: src/lint/rules/README.md#ra401 https://cwe.mitre.org/')
  },
)

import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { expect, test } from 'vitest'
import type { Node } from '../../../src/config/setting.ts'
import { parseToml } from '../../../src/config/toml.ts'
import { tomlSchema, tomlSchemas } from '../../../src/docs/toml-schema.ts'
import { PLUGINS_QUIET, QUIET } from '../../../src/lint/samples.ts'
import { schemaOf09 } from '../../../src/target/resonate/settings-09.ts'
import { CONFIG_ROWS } from '../../vectors/rust-configs.ts'

const TOP = new URL('../../../', import.meta.url)

test.each(tomlSchemas())('$path is current', ({ path, text }) => {
  expect(readFileSync(new URL(path, TOP), 'utf8')).toBe(text)
})

function validator(text: string): ValidateFunction {
  return new Ajv({ strict: false }).compile(JSON.parse(text))
}

function plain({ value }: Node): unknown {
  switch (value.kind) {
    case 'table':
      return Object.fromEntries([...value.entries].map(([key, node]) => [key, plain(node)]))
    case 'array':
      return value.items.map(plain)
    case 'int':
    case 'uint':
      return Number(value.value)
    case 'datetime':
      return { datetime: value.value }
    case 'unknown':
      return undefined
    case 'string':
    case 'char':
    case 'bool':
    case 'float':
      return value.value
  }
}

function read(toml: string): unknown {
  const parsed = parseToml(toml, 'resonate.toml')
  return parsed.ok ? plain(parsed.root) : undefined
}

test.each([
  ['0.9', QUIET],
  ['0.10', QUIET],
  ['0.10-plugins', PLUGINS_QUIET],
])('a configuration of %s without a finding is valid', (name, toml) => {
  const schema = tomlSchemas().find(({ path }) => path.endsWith(`resonate-${name}.json`))
  const validate = validator(schema?.text ?? '')
  validate(read(toml))
  expect(validate.errors ?? []).toEqual([])
})

test('what the recorded server refuses for its type is invalid', () => {
  const validate = validator(JSON.stringify(tomlSchema('0.9', schemaOf09(8))))
  const passed = CONFIG_ROWS.filter(
    ({ toml, starts, stderr = '' }) =>
      toml !== null &&
      !starts &&
      /(?:invalid (?:type|value)|unknown variant|missing field).*in resonate\.toml/s.test(stderr) &&
      validate(read(toml)),
  )
  expect(passed.map(({ id }) => id)).toEqual([])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Node, Origin, Value } from '../../../../src/config/setting.ts'
import {
  isServerVariable,
  readEnvironment,
  readEnvironmentName,
} from '../../../../src/target/resonate/environment.ts'
import { readEnvironmentValue } from '../../../../src/target/resonate/environment-value.ts'
import { readLines } from '../../../vectors/rows.ts'

const ORIGIN: Origin = { kind: 'variable', name: 'X' }

/** A value as the vectors write it. */
function tagged(value: Value): unknown {
  switch (value.kind) {
    case 'string':
    case 'char':
    case 'bool':
      return { [value.kind]: value.value }
    case 'uint':
    case 'int':
      return { [value.kind]: String(value.value) }
    case 'float':
      return { float: value.value }
    case 'array':
      return { array: value.items.map((item) => tagged(item.value)) }
    case 'table':
      return { dict: dictionary(value.entries) }
    case 'datetime':
    case 'unknown':
      return { [value.kind]: 'never in a variable' }
  }
}

function dictionary(entries: ReadonlyMap<string, Node>): unknown {
  return Object.fromEntries([...entries].map(([key, node]) => [key, tagged(node.value)]))
}

/** The vectors write floats as text; both sides become numbers. */
function withNumbers(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key !== 'float' || typeof value !== 'string') return value
    return Number(value.replace('inf', 'Infinity'))
  })
}

function rows(file: string): Record<string, unknown>[] {
  return readLines(`rust-0.9/${file}`).map((line) => withNumbers(line) as Record<string, unknown>)
}

test('every recorded value is typed as the server typed it', () => {
  const wrong = rows('env-values.jsonl').filter(({ raw, value }) => {
    const read = readEnvironmentValue(String(raw), ORIGIN)
    const mine = read.ok ? tagged(read.value) : { panic: read.panic }
    return !sameJson(mine, value)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('every recorded environment makes the table the server made of it', () => {
  const wrong = rows('env-names.jsonl').filter(({ env, effect }) => {
    // A row's `env` is an object of strings.
    const variables = Object.entries(env as Record<string, string>).map(([name, value]) => ({
      name,
      value,
      origin: { kind: 'variable', name } as const,
    }))
    const read = readEnvironment(variables)
    if (!read.ok) return !sameJson({ panic: read.panic }, effect)
    return (
      read.node.value.kind !== 'table' || !sameJson(dictionary(read.node.value.entries), effect)
    )
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

function sameJson(left: unknown, right: unknown): boolean {
  try {
    expect(left).toEqual(right)
    return true
  } catch {
    return false
  }
}

test.each([
  ['RESONATE_SERVER__PORT', ['server', 'port']],
  ['resonate_server__port', ['server', 'port']],
  ['RESONATE_SERVER.PORT', ['server', 'port']],
  ['RESONATE__AUTH__PUBLICKEY', ['_auth', 'publickey']],
  ['RESONATE_AUTH___PUBLICKEY', ['auth', '_publickey']],
  ['RESONATE_AUTH____PUBLICKEY', 'dropped'],
  ['RESONATE_', 'dropped'],
  [' RESONATE_LEVEL ', ['level']],
  ['RESONATE_ÄB', ['Äb']],
  ['RESONATE', undefined],
  ['PATH', undefined],
])('the name %j sets %j', (name, path) => {
  expect(readEnvironmentName(name)).toEqual(path)
  expect(isServerVariable(name)).toBe(path !== undefined)
})

test('a deep value is read without recursion', () => {
  const read = readEnvironmentValue('['.repeat(60_000) + ']'.repeat(60_000), ORIGIN)
  expect(read.ok && read.value.kind).toBe('array')
})

test('a value that does not parse to its end is the raw text, untrimmed', () => {
  const text = fc.string({ unit: fc.constantFrom(...'{}[]",=\'\\.0a é\n') })
  fc.assert(
    fc.property(text, (raw) => {
      const read = readEnvironmentValue(`${raw}]`, ORIGIN)
      if (read.ok && read.value.kind === 'string') expect([`${raw}]`]).toContain(read.value.value)
    }),
  )
})

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      readEnvironmentValue(raw, ORIGIN)
      readEnvironmentValue(`"${raw}"`, ORIGIN)
      readEnvironmentName(`RESONATE_${raw}`)
    }),
  )
})

import { expect, test } from 'vitest'
import { namesOf } from '../../../src/lint/lint.ts'
import { NO_RULE, PITFALLS } from '../../../src/lint/pitfalls.ts'
import { findRule, suggestRule } from '../../../src/lint/registry.ts'
import { RULES } from '../../../src/lint/rules/index.ts'
import { describeRule } from '../../../src/report/rule.ts'
import { TARGET_IDS } from '../../../src/target/targets.ts'
import { VERSION } from '../../../src/version.ts'

const HUNDREDS = {
  config: [0],
  auth: [1],
  cors: [2],
  push: [3],
  exposure: [4],
  layer: [5, 0],
  token: [6],
  secret: [7],
  legacy: [8],
  meta: [9],
}

test('no two rules answer to the same name', () => {
  const names = RULES.flatMap(namesOf)
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
})

test.each(RULES)('$id is described as the list of rules needs it', (rule) => {
  expect(rule.name).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
  expect(HUNDREDS[rule.area]).toContain(Number(rule.id.slice(2, 3)))
  expect(rule.summary).toMatch(/[^.]$/)
  expect(rule.summary.length).toBeLessThanOrEqual(100)
  expect(rule.why).toMatch(/\.$/)
  expect(rule.since.localeCompare(VERSION, undefined, { numeric: true })).toBeLessThanOrEqual(0)
  expect((rule.targets ?? []).filter((id) => !TARGET_IDS.some((known) => known === id))).toEqual([])
  if (rule.security !== undefined) {
    expect(rule.security.score).toBeGreaterThan(0)
    expect(rule.security.score).toBeLessThanOrEqual(10)
    expect(rule.security.cwe.length).toBeGreaterThan(0)
  }
  for (const reference of rule.references ?? [])
    expect(['cwe.mitre.org', 'developer.mozilla.org']).toContain(new URL(reference).host)
})

test.each(RULES)(
  'every message of $id is shown by a sample, or is a variant of one that is',
  ({ messages, bad }) => {
    const shown = new Set(
      bad().flatMap(({ expect: wanted = [] }) => wanted.map(({ message }) => message)),
    )
    expect(shown.size).toBeGreaterThan(0)
    for (const message of shown) expect(Object.keys(messages)).toContain(message)
  },
)

test('every known pitfall has a rule or a reason why it has none, not both', () => {
  const ruled = new Set(RULES.flatMap(({ pitfalls = [] }) => pitfalls))
  const all = Array.from({ length: PITFALLS }, (_, index) => index + 1)
  expect(all.filter((number) => ruled.has(number) === NO_RULE.has(number))).toEqual([])
})

test.each([
  ['RA101', 'RA101'],
  ['ra101', 'RA101'],
  ['auth-publickey-none', 'RA101'],
  ['Auth-Absent', 'RA102'],
  ['RA999', undefined],
])('findRule(%j) is %s', (name, id) => {
  expect(findRule(name)?.id).toBe(id)
})

test('a misspelt rule is told what was probably meant', () => {
  expect(suggestRule('auth-publickey-nome')).toBe('auth-publickey-none')
  expect(suggestRule('zzzzzzzzzzzz')).toBeUndefined()
})

test('a described rule shows its samples and how to ignore it', () => {
  const rule = findRule('RA101')
  if (rule === undefined) throw new Error('RA101 is there')
  const text = describeRule(rule)
  for (const part of [rule.summary, rule.why, 'CWE-347', 'publickey = "none"', 'ignore[RA101] --'])
    expect(text).toContain(part)
})

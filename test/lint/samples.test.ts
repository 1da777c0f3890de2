import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fileSpan } from '../../src/config/position.ts'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import type { Facts } from '../../src/lint/facts.ts'
import type { Rule } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { runSample } from './sample-facts.ts'

/** What the primary span of a finding covers; undefined where it lies in no file. */
function markOf(facts: Facts, { origin }: Diagnostic): string | undefined {
  const at = fileSpan(origin)
  return at === undefined ? undefined : facts.texts.get(at.file)?.slice(at.span.start, at.span.end)
}

const BAD = RULES.flatMap((rule) =>
  rule.bad().map((sample) => ({ rule, sample, name: `${rule.id}: ${sample.title}` })),
)
const GOOD = RULES.flatMap((rule) =>
  rule.good().map((sample) => ({ rule, sample, name: `${rule.id}: ${sample.title}` })),
)

test.each(BAD)('$name is reported, and nothing else', async ({ rule, sample }) => {
  const { diagnostics, facts } = await runSample(sample, rule)
  const own = diagnostics.filter((found) => found.rule === rule)
  const seen = own.map((found, index) => {
    const wanted = sample.expect?.[index]
    return {
      message: found.messageId,
      ...(wanted?.path !== undefined && { path: found.path }),
      ...(wanted?.mark !== undefined && { mark: markOf(facts, found) }),
    }
  })
  expect(seen).toEqual(sample.expect)
  expect(others(diagnostics, rule)).toEqual([...(sample.also ?? [])].sort(byText))
})

test.each(GOOD)('$name is not reported', async ({ rule, sample }) => {
  const { diagnostics } = await runSample(sample, rule)
  expect(others(diagnostics, rule)).toEqual([...(sample.also ?? [])].sort(byText))
  expect(diagnostics.filter((found) => found.rule === rule)).toEqual([])
})

function byText(a: string, b: string): number {
  return a < b ? -1 : 1
}

function others(diagnostics: readonly Diagnostic[], rule: Rule): readonly string[] {
  return diagnostics
    .filter((found) => found.rule !== rule)
    .map((found) => found.rule.id)
    .sort(byText)
}

test('the list of rules holds every file beside it, once, by id', () => {
  const folder = new URL('../../src/lint/rules/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.includes('/') && path.endsWith('.ts'),
  )
  expect(RULES).toHaveLength(files.length)
  expect(RULES.map(({ id }) => id)).toEqual([...new Set(RULES.map(({ id }) => id))].sort(byText))
})

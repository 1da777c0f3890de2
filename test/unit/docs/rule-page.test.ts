import { expect, test } from 'vitest'
import { rulePage } from '../../../src/docs/rule-page.ts'
import { NO_RULE } from '../../../src/lint/pitfalls.ts'
import { docsOf } from '../../../src/lint/rule-docs.ts'
import { RULES } from '../../../src/lint/rules/index.ts'

const page = rulePage(RULES)

test('the docs of every rule lead to its own heading of the page', () => {
  const anchors = [...page.text.matchAll(/^### (.*)$/gm)].map(
    ([, heading = '']) => `${page.path}#${heading.toLowerCase()}`,
  )
  expect(RULES.map((rule) => docsOf(rule).page)).toEqual(anchors)
})

test('every pitfall without a rule stands there with the reason', () => {
  for (const { pitfall, why } of NO_RULE.values())
    expect(page.text).toContain(`- ${pitfall}: ${why}`)
})

test('every security rule has an address where its weakness is explained', () => {
  const without = RULES.filter((rule) => rule.security !== undefined)
    .filter((rule) => !/^https:/.test(docsOf(rule).links[0] ?? ''))
    .map(({ id }) => id)
  expect(without).toEqual([])
})

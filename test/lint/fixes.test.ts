import { expect, test } from 'vitest'
import { readDocument } from '../../src/lint/document.ts'
import { type Fixed, fixAll } from '../../src/lint/fix.ts'
import { EVERYTHING_DEFAULT } from '../../src/lint/lint.ts'
import type { Fix, Rule, Sample } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { runLint } from '../../src/lint/run.ts'
import { type factsOf, runSample } from './sample-facts.ts'

const FILE = 'resonate.toml'

const FIXABLE = RULES.flatMap((rule) =>
  rule
    .bad()
    .filter((sample) => rule.fixable !== undefined && sample.files?.[FILE] !== undefined)
    .map((sample, index) => ({ rule, sample, name: `${rule.id} #${index}` })),
)

/** The sample's file with every fix of `safety` made. */
async function fixed(sample: Sample<string>, rule: Rule, safety: Fix['safety']): Promise<Fixed> {
  const { facts, diagnostics } = await runSample(sample, rule)
  const text = sample.files?.[FILE] ?? ''
  const configure = await facts.target.configure()
  const texts = new Map<string, Awaited<ReturnType<typeof runSample>>>()
  const relint = (changed: string): ReturnType<typeof runLint>['diagnostics'] => {
    const known = texts.get(changed)
    if (known !== undefined) return known.diagnostics
    const configuration = configure({
      cwd: '/srv/resonate',
      files: (path) =>
        path === FILE ? { ok: true, bytes: Buffer.from(changed) } : facts.files(path),
      variables: facts.variables,
      arguments: facts.arguments,
    })
    return runLint({ ...facts, ...factsFor(facts, configuration, changed) }, RULES, {
      targetId: 'resonate@0.9',
      selection: EVERYTHING_DEFAULT,
      suppressions: [],
      neverIgnore: new Set(),
      honour: true,
    }).diagnostics
  }
  return fixAll(FILE, { text, diagnostics }, safety, relint)
}

function factsFor(
  { concepts, key }: Awaited<ReturnType<typeof factsOf>>,
  configuration: Awaited<ReturnType<typeof factsOf>>['configuration'],
  text: string,
): Pick<
  Awaited<ReturnType<typeof factsOf>>,
  'configuration' | 'texts' | 'concepts' | 'key' | 'document'
> {
  return {
    configuration,
    texts: new Map([[FILE, text]]),
    concepts,
    key,
    document: readDocument(FILE, text),
  }
}

test('a sample that shows its mended file is mended so', async () => {
  const wrong: string[] = []
  for (const { rule, sample, name } of FIXABLE) {
    const wanted = sample.fixed?.[FILE]
    if (wanted === undefined) continue
    const { text } = await fixed(sample, rule, 'unsafe')
    if (text !== wanted) wrong.push(`${name}: ${JSON.stringify(text)}`)
  }
  expect(wrong).toEqual([])
})

test.each<[string, (toml: string) => string]>([
  ['CRLF', (toml) => toml.replaceAll('\n', '\r\n')],
  ['a byte order mark', (toml) => `\ufeff${toml}`],
])('a file with %s is mended the same way', async (_, write) => {
  const wrong: string[] = []
  for (const { rule, sample, name } of FIXABLE) {
    const wanted = sample.fixed?.[FILE]
    if (wanted === undefined) continue
    const given = {
      ...sample,
      files: { ...sample.files, [FILE]: write(sample.files?.[FILE] ?? '') },
    }
    const { text } = await fixed(given, rule, 'unsafe')
    if (text !== write(wanted)) wrong.push(`${name}: ${JSON.stringify(text)}`)
  }
  expect(wrong).toEqual([])
})

test('every fixable rule has a sample that shows its mended file', () => {
  const shown = new Set(
    FIXABLE.filter(({ sample }) => sample.fixed !== undefined).map(({ rule }) => rule.id),
  )
  const fixable = RULES.filter(({ fixable: safety }) => safety !== undefined).map(({ id }) => id)
  expect(fixable.filter((id) => !shown.has(id))).toEqual([])
})

test('safe fixes bring no finding, make once what they make, and keep every comment', async () => {
  const wrong: string[] = []
  for (const { rule, sample, name } of FIXABLE) {
    const commented = (sample.files?.[FILE] ?? '')
      .replace(/$/gm, '  # note')
      .replace(/\n {2}# note$/, '\n')
    const given = { ...sample, files: { ...sample.files, [FILE]: commented } }
    const first = await fixed(given, rule, 'safe')
    const again = await fixed(
      { ...given, files: { ...given.files, [FILE]: first.text } },
      rule,
      'safe',
    )
    if (again.text !== first.text) wrong.push(`${name}: a second run changes it again`)
    // A key that is removed takes the comment on its own line with it.
    const notes = (text: string): number => text.split('# note').length - text.split('\n').length
    if (notes(first.text) !== notes(commented)) wrong.push(`${name}: lost a comment`)
    const before = new Set((await runSample(given, rule)).diagnostics.map((found) => found.rule.id))
    const brought = first.diagnostics.filter((found) => !before.has(found.rule.id))
    wrong.push(...brought.map((found) => `${name}: brought ${found.rule.id}`))
  }
  expect(wrong).toEqual([])
})

import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import { createFacts } from '../../src/lint/facts.ts'
import { EVERYTHING_DEFAULT } from '../../src/lint/lint.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { runLint } from '../../src/lint/run.ts'
import { loadTarget, type TargetId } from '../../src/target/targets.ts'
import { type GoConfigRow, goConfigRows, sourceOf } from '../vectors/go-configs.ts'
import { NOW } from './sample-facts.ts'

async function lintRow(id: TargetId, row: GoConfigRow): Promise<readonly Diagnostic[]> {
  const target = await loadTarget(id)
  const configure = await target.configure()
  const source = sourceOf(row)
  const configuration = configure(source)
  const facts = createFacts({
    target,
    version: target.version,
    configuration,
    variables: source.variables,
    arguments: source.arguments,
    command: 'serve',
    searched: true,
    files: source.files,
    nearby: new Map(),
    texts: new Map(),
    outlines: new Map(),
    tokens: [],
    now: NOW,
  })
  return runLint(facts, RULES, {
    targetId: id,
    selection: EVERYTHING_DEFAULT,
    suppressions: [],
    neverIgnore: new Set(),
    honour: true,
  }).diagnostics
}

test.each([
  ['resonate-go@0.8', '0.8'],
  ['resonate-go@0.7', '0.7'],
] as const)(
  '%s: what does not start or leaves the server open has an error',
  async (id, version) => {
    const missed: string[] = []
    for (const row of goConfigRows(version)) {
      const diagnostics = await lintRow(id, row)
      const wrong = !row.starts || row.auth_on === false
      if (wrong && !diagnostics.some(({ severity }) => severity === 'error')) missed.push(row.id)
    }
    expect(missed).toEqual([])
  },
)

test.each([
  ['resonate-go@0.8', '0.8'],
  ['resonate-go@0.7', '0.7'],
] as const)('%s: no server with auth is called open', async (id, version) => {
  const wrong: string[] = []
  for (const row of goConfigRows(version)) {
    const diagnostics = await lintRow(id, row)
    if (row.auth_on === true && diagnostics.some(({ rule }) => rule.id === 'RA802'))
      wrong.push(row.id)
  }
  expect(wrong).toEqual([])
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { FileRead } from '../../src/config/file.ts'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import { createFacts } from '../../src/lint/facts.ts'
import { EVERYTHING_DEFAULT } from '../../src/lint/lint.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { runLint } from '../../src/lint/run.ts'
import { loadTarget, type TargetId } from '../../src/target/targets.ts'
import { NOW } from './sample-facts.ts'

/** One row of the Go servers' configs.jsonl (test/vectors/go-0.8/README.md). */
interface Row {
  readonly id: string
  readonly yaml: string | null
  readonly files?: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  readonly starts: boolean
  readonly auth_on: boolean | null
}

const VECTORS = new URL('../vectors/', import.meta.url)

function rowsOf(folder: string): readonly Row[] {
  return (
    readFileSync(new URL(`${folder}/configs.jsonl`, VECTORS), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      // The README of the vectors tells the shape.
      .map((line) => JSON.parse(line) as Row)
  )
}

function readRow({ yaml, files = {} }: Row, path: string): FileRead {
  const text = path === 'resonate.yaml' && yaml !== null ? yaml : files[path]
  if (text !== undefined) return { ok: true, bytes: Buffer.from(text) }
  const key = /^(?:\.\/)?keys\/[\w.-]+$/.test(path) ? new URL(path, VECTORS) : undefined
  try {
    if (key !== undefined) return { ok: true, bytes: readFileSync(key) }
  } catch {
    // A key that is not in the vectors was missing for the server, too.
  }
  return { ok: false, failure: 'missing', message: 'no such file or directory' }
}

async function lintRow(id: TargetId, row: Row): Promise<readonly Diagnostic[]> {
  const target = await loadTarget(id)
  const configure = await target.configure()
  const variables = Object.entries(row.env).map(([name, value]) => ({
    name,
    value,
    origin: { kind: 'variable', name } as const,
  }))
  const list = row.args.map((text, index) => ({
    text,
    origin: { kind: 'argument', name: text, index } as const,
  }))
  const files = (path: string): FileRead => readRow(row, path)
  const configuration = configure({ cwd: '/srv', files, variables, arguments: list })
  const facts = createFacts({
    target,
    version: target.version,
    configuration,
    variables,
    arguments: list,
    command: 'serve',
    searched: true,
    files,
    nearby: new Map(),
    texts: new Map(),
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
  ['resonate-go@0.8', 'go-0.8'],
  ['resonate-go@0.7', 'go-0.7'],
] as const)(
  '%s: what does not start or leaves the server open has an error',
  async (id, folder) => {
    const missed: string[] = []
    for (const row of rowsOf(folder)) {
      const diagnostics = await lintRow(id, row)
      const wrong = !row.starts || row.auth_on === false
      if (wrong && !diagnostics.some(({ severity }) => severity === 'error')) missed.push(row.id)
    }
    expect(missed).toEqual([])
  },
)

test.each([
  ['resonate-go@0.8', 'go-0.8'],
  ['resonate-go@0.7', 'go-0.7'],
] as const)('%s: no server with auth is called open', async (id, folder) => {
  const wrong: string[] = []
  for (const row of rowsOf(folder)) {
    const diagnostics = await lintRow(id, row)
    if (row.auth_on === true && diagnostics.some(({ rule }) => rule.id === 'RA802'))
      wrong.push(row.id)
  }
  expect(wrong).toEqual([])
})

import { readFileSync } from 'node:fs'
import type { ConfigurationSource } from '../../src/config/configuration.ts'
import type { FileRead } from '../../src/config/file.ts'
import { createFacts } from '../../src/lint/facts.ts'
import { EVERYTHING_DEFAULT } from '../../src/lint/lint.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { type RunResult, runLint } from '../../src/lint/run.ts'
import { loadTarget } from '../../src/target/targets.ts'
import { NOW } from './sample-facts.ts'

/** One row of configs.jsonl (test/vectors/rust-0.9/README.md, section 3). */
export interface ConfigRow {
  readonly id: string
  readonly toml: string | null
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  readonly cmd?: string
  readonly files?: Readonly<Record<string, RowFile>>
  readonly cwd?: string
  readonly user?: string
  readonly busyPort?: number
  readonly runs?: unknown
  readonly starts: boolean
  readonly exit?: number
  readonly effective?: unknown
  readonly stderr?: string
}

interface RowFile {
  readonly text?: string
  readonly base64?: string
  readonly dir?: boolean
  readonly symlink?: string
  readonly mode?: string
}

export const CONFIG_ROWS = readFileSync(
  new URL('../vectors/rust-0.9/configs.jsonl', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  // The README of the vectors tells the shape.
  .map((line) => JSON.parse(line) as ConfigRow)

/** The recorded root folder: no parent of it has a configuration. */
const ROOT = '/r/e/c/o/rd'

/** What the linter says of a row; `only the machine decides` is not its business. */
export async function lintRow(row: ConfigRow): Promise<RunResult> {
  const target = await loadTarget('resonate@0.9')
  const configure = await target.configure()
  const source = sourceOf(row)
  const configuration = configure(source)
  const { file } = configuration
  const facts = createFacts({
    target,
    version: '0.9.8',
    configuration,
    variables: source.variables,
    arguments: source.arguments,
    command: row.cmd === 'dev' ? 'dev' : 'serve',
    searched: true,
    files: source.files,
    nearby: new Map(),
    texts: new Map(file === undefined ? [] : [[file.path, file.text]]),
    tokens: [],
    now: NOW,
  })
  return runLint(facts, RULES, {
    targetId: 'resonate@0.9',
    selection: { ...EVERYTHING_DEFAULT, profile: 'audit' },
    suppressions: [],
    neverIgnore: new Set(),
    honour: true,
  })
}

function sourceOf(row: ConfigRow): ConfigurationSource {
  const cwd = row.cwd === undefined ? ROOT : `${ROOT}/${row.cwd}`
  const disk = new Map(
    Object.entries(row.files ?? {}).map(([path, file]) => [`${ROOT}/${path}`, file]),
  )
  if (row.toml !== null) disk.set(`${cwd}/resonate.toml`, { text: row.toml })
  return {
    cwd,
    files: (path) => read(disk, normalise(path.startsWith('/') ? path : `${cwd}/${path}`), row),
    variables: Object.entries(row.env).map(([name, value]) => ({
      name,
      value,
      origin: { kind: 'variable', name },
    })),
    arguments: [row.cmd ?? 'serve', ...row.args].map((text, index) => ({
      text,
      origin: { kind: 'argument', name: text, index },
    })),
  }
}

function read(disk: ReadonlyMap<string, RowFile>, path: string, row: ConfigRow): FileRead {
  const file = disk.get(path)
  if (file?.symlink !== undefined) return read(disk, normalise(`${path}/../${file.symlink}`), row)
  if (file === undefined || hidden(disk, path, row))
    return { ok: false, failure: 'missing', message: 'No such file or directory (os error 2)' }
  if (file.mode === '000' && row.user !== undefined)
    return { ok: false, failure: 'denied', message: 'Permission denied (os error 13)' }
  if (file.dir === true)
    return { ok: false, failure: 'directory', message: 'Is a directory (os error 21)' }
  const bytes =
    file.base64 === undefined ? Buffer.from(file.text ?? '') : Buffer.from(file.base64, 'base64')
  return { ok: true, bytes }
}

function hidden(disk: ReadonlyMap<string, RowFile>, path: string, { user }: ConfigRow): boolean {
  return (
    user !== undefined &&
    [...disk].some(([key, { mode }]) => mode === '700' && path.startsWith(`${key}/`))
  )
}

function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return `/${parts.join('/')}`
}

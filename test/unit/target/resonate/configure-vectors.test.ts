import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Configuration, ConfigurationSource } from '../../../../src/config/configuration.ts'
import type { FileFailure, FileRead } from '../../../../src/config/file.ts'
import { configure } from '../../../../src/target/resonate/configure.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'

/** One row of configs.jsonl (test/vectors/rust-0.9/README.md, section 3). */
interface Row {
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
  readonly stderr?: string
  readonly effective?: unknown
  readonly effectiveBeforeFailure?: unknown
}

interface RowFile {
  readonly text?: string
  readonly base64?: string
  readonly dir?: boolean
  readonly symlink?: string
  readonly mode?: string
}

const ROWS = readFileSync(
  new URL('../../../vectors/rust-0.9/configs.jsonl', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row)

/** The root folder of the recording: five levels below `/`, no parent with a file of the name. */
const ROOT = '/r/e/c/o/rd'

/** The ends of a start that the machine decides: ports, names and databases (test/vectors/README.md). */
const MACHINE = /Failed to bind to|Failed to connect to Postgres|MySQL connection failed/

function isDecidedByMachine(row: Row): boolean {
  return row.busyPort !== undefined || row.runs !== undefined || MACHINE.test(row.stderr ?? '')
}

function judge(row: Row): Configuration {
  return configure('0.9', sourceOf(row), loadKey)
}

function sourceOf(row: Row): ConfigurationSource {
  const cwd = row.cwd === undefined ? ROOT : `${ROOT}/${row.cwd}`
  const disk = new Disk(row, cwd)
  return {
    cwd,
    files: (path) => disk.read(path),
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

/** A row's files as the system would give them to a process in `cwd`. */
class Disk {
  readonly #entries = new Map<string, RowFile>()
  readonly #cwd: string
  readonly #privileged: boolean

  constructor(row: Row, cwd: string) {
    this.#cwd = cwd
    this.#privileged = row.user === undefined
    if (row.toml !== null && row.toml !== undefined)
      this.#entries.set(`${cwd}/resonate.toml`, { text: row.toml })
    for (const [path, file] of Object.entries(row.files ?? {}))
      this.#entries.set(`${ROOT}/${path}`, file)
  }

  read(path: string, hops = 0): FileRead {
    if (path === '') return failed('missing', 'No such file or directory (os error 2)')
    const absolute = normalise(path.startsWith('/') ? path : `${this.#cwd}/${path}`)
    if (path.split('/').some((part) => Buffer.byteLength(part) > 255))
      return failed('name-too-long', 'File name too long (os error 36)')
    const entry = this.#entries.get(absolute)
    if (entry?.symlink !== undefined && hops < 40) {
      const base = absolute.slice(0, absolute.lastIndexOf('/'))
      return this.read(normalise(`${base}/${entry.symlink}`), hops + 1)
    }
    if (entry?.symlink !== undefined)
      return failed('loop', 'Too many levels of symbolic links (os error 40)')
    if (!this.#privileged && this.#isHidden(absolute))
      return failed('missing', 'No such file or directory (os error 2)')
    if (!this.#privileged && entry?.mode === '000')
      return failed('denied', 'Permission denied (os error 13)')
    const isDirectory =
      entry?.dir === true ||
      absolute === ROOT ||
      ROOT.startsWith(`${absolute}/`) ||
      [...this.#entries.keys()].some((key) => key.startsWith(`${absolute}/`))
    if (isDirectory) return failed('directory', 'Is a directory (os error 21)')
    if (entry === undefined) {
      const parents = [...this.#entries].filter(([key]) => absolute.startsWith(`${key}/`))
      return parents.some(([, { dir }]) => dir !== true)
        ? failed('not-a-directory', 'Not a directory (os error 20)')
        : failed('missing', 'No such file or directory (os error 2)')
    }
    return {
      ok: true,
      bytes:
        entry.base64 === undefined
          ? Buffer.from(entry.text ?? '')
          : Buffer.from(entry.base64, 'base64'),
    }
  }

  /** Whether a directory above may be entered by its owner only. */
  #isHidden(path: string): boolean {
    return [...this.#entries].some(
      ([key, { mode }]) => mode === '700' && path.startsWith(`${key}/`),
    )
  }
}

function failed(failure: FileFailure, message: string): FileRead {
  return { ok: false, failure, message }
}

function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** `effective` by dotted path, as far as anything is set; JSON has no 64-bit numbers. */
function flatten(
  value: unknown,
  path = '',
  into = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [key, child] of Object.entries(value))
      flatten(child, path === '' ? key : `${path}.${key}`, into)
  else if (value !== null) into.set(path, value)
  return into
}

function effectiveOf({ settings }: Configuration): Map<string, unknown> {
  return new Map(
    [...settings].flatMap(([key, { value }]) =>
      value === undefined
        ? []
        : [[key, typeof value === 'bigint' ? Number(value) : value] as const],
    ),
  )
}

function differs(check: () => void): boolean {
  try {
    check()
    return false
  } catch {
    return true
  }
}

test('every recorded start has the recorded outcome', () => {
  const wrong = ROWS.filter((row) => {
    const { start } = judge(row)
    if (isDecidedByMachine(row)) return start.starts === false
    if (row.starts) return start.starts !== true
    if (start.starts !== false || start.exit !== row.exit) return true
    return start.message.replaceAll(ROOT, '$DIR') !== row.stderr
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('every recorded configuration has the recorded values', () => {
  const wrong = ROWS.filter((row) => {
    const recorded = row.effective ?? row.effectiveBeforeFailure
    if (recorded === undefined) return false
    return differs(() => expect(effectiveOf(judge(row))).toEqual(flatten(recorded)))
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

import type { ConfigurationSource } from '../../src/config/configuration.ts'
import type { FileFailure, FileRead } from '../../src/config/file.ts'
import { readRows } from './rows.ts'

/** One row of rust-0.9/configs.jsonl (rust-0.9/README.md, section 3). */
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

export const CONFIG_ROWS = readRows<ConfigRow>('rust-0.9/configs.jsonl')

/** The root folder of the recording: five levels below `/`, no parent with a file of the name. */
export const ROOT = '/r/e/c/o/rd'

/** The ends of a start that the machine decides: ports, names and databases (README.md). */
const MACHINE = /Failed to bind to|Failed to connect to Postgres|MySQL connection failed/

/** Whether the end of the row's start is not the configuration's. */
export function isDecidedByMachine({ busyPort, runs, stderr }: ConfigRow): boolean {
  return busyPort !== undefined || runs !== undefined || MACHINE.test(stderr ?? '')
}

/** The recorded settings by dotted path, as far as anything is set; undefined where none were recorded. */
export function recordedSettings(row: ConfigRow): ReadonlyMap<string, unknown> | undefined {
  const recorded = row.effective ?? row.effectiveBeforeFailure
  return recorded === undefined ? undefined : new Map(flatten(recorded, ''))
}

function flatten(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, child]) =>
      flatten(child, path === '' ? key : `${path}.${key}`),
    )
  return value === null ? [] : [[path, value]]
}

/** What the row's server found where it was started. */
export function sourceOf(row: ConfigRow): ConfigurationSource {
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

  constructor(row: ConfigRow, cwd: string) {
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


import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './run.ts'

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
}

/** The members of the document that the rows tell. */
interface Document {
  readonly starts: boolean | 'unknown'
  readonly exit: number | null
  readonly message: string | null
  readonly settings: Readonly<Record<string, { readonly value: unknown }>>
}

const FILE = new URL('../vectors/rust-0.9/configs.jsonl', import.meta.url)

const ROWS = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row)
  // Another user's permissions are not to be had here; the unit replay judges those rows.
  .filter(({ user }) => user === undefined)

/** The ends of a start that the machine decides (test/vectors/README.md). */
const MACHINE = /Failed to bind to|Failed to connect to Postgres|MySQL connection failed/

function isDecidedByMachine({ busyPort, runs, stderr }: Row): boolean {
  return busyPort !== undefined || runs !== undefined || MACHINE.test(stderr ?? '')
}

function layOut(root: string, { toml, files = {}, cwd }: Row): string {
  const directory = cwd === undefined ? root : join(root, cwd)
  mkdirSync(directory, { recursive: true })
  for (const [path, { text, base64, dir, symlink }] of Object.entries(files)) {
    const place = join(root, path)
    mkdirSync(dirname(place), { recursive: true })
    if (dir === true) mkdirSync(place, { recursive: true })
    else if (symlink !== undefined) symlinkSync(symlink, place)
    else if (base64 !== undefined) writeFileSync(place, Buffer.from(base64, 'base64'))
    else writeFileSync(place, text ?? '')
  }
  if (toml !== null) writeFileSync(join(directory, 'resonate.toml'), toml)
  return directory
}

/** What `config` says of the row, or undefined when it says nothing that can be read. */
async function judge(row: Row): Promise<{ document: Document; root: string }> {
  // Five levels deep, as the recording's folder was: the server shows far files by their absolute path.
  const temporary = mkdtempSync(join(tmpdir(), 'config-'))
  const root = join(temporary, 'a', 'b', 'c')
  try {
    const argv = [
      'config',
      '--json',
      '--env',
      '--show-secrets',
      '--',
      row.cmd ?? 'serve',
      ...row.args,
    ]
    const { stdout } = await run(argv, { cwd: layOut(root, row), env: row.env })
    return { document: JSON.parse(stdout) as Document, root }
  } finally {
    chmodSync(temporary, 0o700)
    rmSync(temporary, { recursive: true })
  }
}

/** A recorded configuration by dotted path, without what is not set. */
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

function says(row: Row, { document, root }: { document: Document; root: string }): boolean {
  const recorded = row.effective ?? row.effectiveBeforeFailure
  if (recorded !== undefined) {
    const values = Object.entries(document.settings)
      .map(([key, { value }]) => [key, value] as const)
      .filter(([, value]) => value !== null)
    if (!sameEntries(new Map(values), flatten(recorded))) return false
  }
  if (isDecidedByMachine(row)) return document.starts !== false
  if (row.starts) return document.starts === true
  return (
    document.starts === false &&
    document.exit === row.exit &&
    document.message?.replaceAll(root, '$DIR') === row.stderr
  )
}

function sameEntries(left: Map<string, unknown>, right: Map<string, unknown>): boolean {
  const text = (map: Map<string, unknown>): string =>
    JSON.stringify([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  return text(left) === text(right)
}

test('config --json says of every recorded row what the server did', async () => {
  const wrong: string[] = []
  for (const row of ROWS) if (!says(row, await judge(row))) wrong.push(row.id)
  expect(wrong).toEqual([])
})

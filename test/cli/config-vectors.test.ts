import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  CONFIG_ROWS,
  type ConfigRow,
  isDecidedByMachine,
  recordedSettings,
} from '../vectors/rust-configs.ts'
import { run } from './run.ts'

/** The members of the document that the rows tell. */
interface Document {
  readonly starts: boolean | 'unknown'
  readonly exit: number | null
  readonly message: string | null
  readonly settings: Readonly<Record<string, { readonly value: unknown }>>
}

/** Another user's permissions are not to be had here; the unit replay judges those rows. */
const ROWS = CONFIG_ROWS.filter(({ user }) => user === undefined)

function layOut(root: string, { toml, files = {}, cwd }: ConfigRow): string {
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
async function judge(row: ConfigRow): Promise<{ document: Document; root: string }> {
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

function says(row: ConfigRow, { document, root }: { document: Document; root: string }): boolean {
  const recorded = recordedSettings(row)
  if (recorded !== undefined) {
    const values = Object.entries(document.settings)
      .map(([key, { value }]) => [key, value] as const)
      .filter(([, value]) => value !== null)
    if (!sameEntries(new Map(values), recorded)) return false
  }
  if (isDecidedByMachine(row)) return document.starts !== false
  if (row.starts) return document.starts === true
  return (
    document.starts === false &&
    document.exit === row.exit &&
    document.message?.replaceAll(root, '$DIR') === row.stderr
  )
}

function sameEntries(
  left: ReadonlyMap<string, unknown>,
  right: ReadonlyMap<string, unknown>,
): boolean {
  const text = (map: ReadonlyMap<string, unknown>): string =>
    JSON.stringify([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  return text(left) === text(right)
}

test('config --json says of every recorded row what the server did', async () => {
  const wrong: string[] = []
  for (const row of ROWS) if (!says(row, await judge(row))) wrong.push(row.id)
  expect(wrong).toEqual([])
})

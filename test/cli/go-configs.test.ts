import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { filesOf, type GoConfigRow, goConfigRows } from '../vectors/go-configs.ts'
import { VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

interface Document {
  readonly starts: boolean | 'unknown'
  readonly exit: number | null
  readonly message: string | null
}

async function judge(
  version: string,
  row: GoConfigRow,
): Promise<{ document: Document; root: string }> {
  const { path, remove } = folder()
  const root = join(path, 'work')
  const home = join(path, 'home')
  mkdirSync(root)
  mkdirSync(home)
  symlinkSync(join(VECTORS, 'keys'), join(root, 'keys'))
  for (const [name, text] of Object.entries(filesOf(row))) {
    const place = name.startsWith('$HOME/') ? join(home, name.slice(6)) : join(root, name)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
  const target = ['--target', `resonate-go@${version}`]
  const { stdout } = await run(
    ['config', '--json', '--env', '--show-secrets', ...target, '--', ...row.args],
    { cwd: root, env: { HOME: home, ...row.env } },
  )
  remove()
  return { document: JSON.parse(stdout) as Document, root }
}

test.each(['0.8', '0.7'] as const)(
  'config --json says of every recorded row of go-%s what the server did',
  async (version) => {
    const wrong: string[] = []
    for (const row of goConfigRows(version)) {
      const { document, root } = await judge(version, row)
      const same =
        document.starts === row.starts &&
        (row.starts ||
          (document.exit === row.exit &&
            document.message?.replaceAll(root, '$DIR').trimEnd() === row.stderr?.trimEnd()))
      if (!same) wrong.push(row.id)
    }
    expect(wrong).toEqual([])
  },
)

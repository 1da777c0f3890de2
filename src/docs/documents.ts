import type { Cmd } from '../cli/command.ts'
import { type Entry, pageName, readEntry, walkEntries } from './entry.ts'
import { EXIT_STATUSES } from './exit-status.ts'
import { manPage } from './man.ts'
import { cell } from './markdown.ts'

/** One generated file or one generated part of the README. */
export interface Document {
  /** The path from the project's top. */
  readonly path: string
  readonly text: string
}

/** The manual pages of the whole command line, the program's own first. */
export function manPages(program: Cmd): readonly Document[] {
  const root = readEntry(program)
  return [...walkEntries(root)].map((entry) => ({
    path: `man/${pageName(entry)}.1`,
    text: manPage(entry, root),
  }))
}

/** `readme` with its generated parts made anew. Throws RangeError when a pair of markers is missing. */
export function renewReadme(readme: string, program: Cmd): string {
  const root = readEntry(program)
  return renewPart(renewPart(readme, 'commands', commandTable(root)), 'statuses', statusTable())
}

/** `readme` with `body` between `<!-- name -->` and `<!-- /name -->`. Throws RangeError when a marker is missing. */
export function renewPart(readme: string, name: string, body: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [start, end] = [readme.indexOf(open), readme.indexOf(close)]
  if (start === -1 || end < start) throw new RangeError(`no ${open} … ${close} in the README`)
  return `${readme.slice(0, start)}${open}\n${body}${readme.slice(end)}`
}

function commandTable(root: Entry): string {
  const rows = [...walkEntries(root)]
    .filter(({ path, commands }) => path.length > 0 && commands.length === 0)
    .map(({ path, summary }) => `| \`${path.join(' ')}\` | ${cell(summary)} |\n`)
  return `| command | job |\n|---|---|\n${rows.join('')}`
}

function statusTable(): string {
  const rows = EXIT_STATUSES.map(({ status, meaning }) => `| ${status} | ${cell(meaning)} |\n`)
  return `| status | meaning |\n|---|---|\n${rows.join('')}`
}

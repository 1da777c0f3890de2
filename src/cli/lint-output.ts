import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InvalidArgumentError } from 'commander'
import type { Hyperlink } from '../report/frame.ts'
import type { Report } from '../report/report.ts'
import type { Conversation } from './conversation.ts'
import { paintFor } from './paint.ts'

/** The forms a report can take. */
export const FORMATS = [
  'text',
  'concise',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
] as const

export type Format = (typeof FORMATS)[number]

/** A report that goes to a file besides the one on standard output. */
export interface ReportFile {
  readonly format: Format
  readonly path: string
}

/** Parses `sarif=lint.sarif`. Throws InvalidArgumentError. */
export function reportFile(text: string): ReportFile {
  const [name = '', ...path] = text.split('=')
  const format = FORMATS.find((known) => known === name)
  if (format === undefined || path.join('=') === '')
    throw new InvalidArgumentError(`Expected FORMAT=FILE, the format one of ${FORMATS.join(', ')}.`)
  return { format, path: path.join('=') }
}

/** Writes every report file, all or none; old ones are replaced, also when there is nothing to report. */
export async function writeReports(
  talk: Conversation,
  reports: readonly ReportFile[],
  report: Report,
): Promise<void> {
  if (reports.length === 0) return
  const files = await Promise.all(
    reports.map(async ({ format, path }) => ({
      path,
      content: await render(talk, format, report, false),
    })),
  )
  await talk.host.files.write(files, true)
}

/** Prints the report; in a GitHub workflow the text is followed by annotations, and the job gets a summary. */
export async function printReport(
  talk: Conversation,
  format: Format,
  report: Report,
): Promise<void> {
  const text = await render(talk, format, report, true)
  const forPeople = format === 'text' || format === 'concise'
  if (talk.host.env['GITHUB_ACTIONS'] !== 'true' || !forPeople) return talk.product(text)
  const { github, harmless, summary } = await import('../report/github.ts')
  if (format === 'concise') return talk.product(harmless(text))
  await talk.product(`${harmless(text)}${github(report)}`)
  const path = talk.host.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (path !== '') await appendSummary(talk, path, summary(report))
}

/** GitHub takes at most this much of a step's summary. */
const SUMMARY_LIMIT = 1024 * 1024

async function appendSummary(talk: Conversation, path: string, text: string): Promise<void> {
  const read = await talk.host.files.read(path, SUMMARY_LIMIT)
  const before = read.ok ? new TextDecoder().decode(read.bytes) : ''
  if (before.length + text.length > SUMMARY_LIMIT) return
  await talk.host.files.write([{ path, content: before + text }], true)
}

async function render(
  talk: Conversation,
  format: Format,
  report: Report,
  toTerminal: boolean,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { text } = await import('../report/text.ts')
      const { PLAIN } = await import('../report/paint.ts')
      return text(report, {
        paint: toTerminal ? await paintFor(talk, 'stdout') : PLAIN,
        width: talk.host.terminal.columns,
        unicode: writesUnicode(talk.host.env),
        ...(toTerminal && takesLinks(talk) && { link: hyperlink(talk) }),
      })
    }
    case 'concise':
      return (await import('../report/concise.ts')).concise(report)
    case 'json':
      return (await import('../report/json.ts')).json(report)
    case 'sarif':
      return (await import('../report/sarif.ts')).sarif(report)
    case 'github':
      return (await import('../report/github.ts')).github(report)
    case 'gitlab':
      return (await import('../report/gitlab.ts')).gitlab(report)
    case 'junit':
      return (await import('../report/junit.ts')).junit(report)
    case 'checkstyle':
      return (await import('../report/checkstyle.ts')).checkstyle(report)
    case 'rdjson':
      return (await import('../report/rdjson.ts')).rdjson(report)
  }
}

/** Whether standard output is a terminal with colour; those that know no hyperlinks show the text alone. */
function takesLinks(talk: Conversation): boolean {
  return talk.host.terminal.stdout && talk.colors('stdout')
}

/** OSC 8, the terminals' hyperlink: the address, the text, an empty address. */
function hyperlink({ host }: Conversation): Hyperlink {
  return (text, path) => {
    const { href } = pathToFileURL(resolve(host.cwd, path))
    return `\u001b]8;;${href}\u001b\\${text}\u001b]8;;\u001b\\`
  }
}

/** Whether the locale can show box characters; one that says nothing is taken for UTF-8. */
function writesUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '')
  return locale === undefined || /utf-?8/i.test(locale)
}

import { printableCells } from '../lint/printable.ts'
import type { Severity } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { anchor, countSeverities, type Report, sentence } from './report.ts'

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>

/** GitHub shows this many annotations of a kind for a step. */
const SHOWN = 10

/** Workflow commands that annotate the changed lines; at most ten of each kind, worst first, and a line for the rest. */
export function github(report: Report): string {
  const given = { error: 0, warning: 0, info: 0 }
  const lines: string[] = []
  for (const diagnostic of report.diagnostics) {
    const { severity, rule } = diagnostic
    if (given[severity] >= SHOWN) continue
    given[severity]++
    const { file, start, end } = anchor(report, diagnostic)
    const columns =
      start.line === end.line && end.column > start.column
        ? [`col=${start.column}`, `endColumn=${end.column}`]
        : []
    const properties = [
      `file=${property(file)}`,
      `line=${start.line}`,
      `endLine=${end.line}`,
      ...columns,
      `title=${property(`${rule.id} ${rule.name}`)}`,
    ]
    const place = `${file}:${start.line}:${start.column}`
    lines.push(
      `::${COMMANDS[severity]} ${properties.join(',')}::${data(`${place}: ${sentence(diagnostic)} (${docsOf(rule).explain})`)}\n`,
    )
  }
  const more = report.diagnostics.length - lines.length
  if (more > 0) lines.push(`::notice::${more} more findings, see the log\n`)
  return lines.join('')
}

function data(text: string): string {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll('##[', '#\u200b#[')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Text for a runner's log: no line may begin a workflow command, in the new form or the old one. */
export function harmless(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1:\u200b:').replaceAll('##[', '#\u200b#[')
}

/** The job summary: a Markdown table of the findings. */
export function summary(report: Report): string {
  const { diagnostics, target } = report
  const counts = countSeverities(diagnostics)
  const head = `### resonate-auth lint\n\n${counts.error} errors, ${counts.warning} warnings, ${counts.info} infos for ${target}\n`
  if (diagnostics.length === 0) return `${head}\n`
  const rows = diagnostics.map((diagnostic) => {
    const { file, start } = anchor(report, diagnostic)
    return `| ${diagnostic.severity} | ${diagnostic.rule.id} ${diagnostic.rule.name} | ${cell(`${file}:${start.line}`)} | ${cell(sentence(diagnostic))} |`
  })
  return `${head}\n| severity | rule | place | finding |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function cell(text: string): string {
  return printableCells(text).replace(/[&<>|`[\]]/g, (char) => `&#${char.charCodeAt(0)};`)
}

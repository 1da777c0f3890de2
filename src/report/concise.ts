import { printableCells } from '../lint/printable.ts'
import { anchor, type Report, sentence } from './report.ts'

/** One line for each finding: `file:line:column: severity RA101 name: message`; nothing when there is none. */
export function concise(report: Report): string {
  return report.diagnostics
    .map((diagnostic) => {
      const { file, start } = anchor(report, diagnostic)
      const { severity, rule } = diagnostic
      return `${printableCells(file)}:${start.line}:${start.column}: ${severity} ${rule.id} ${rule.name}: ${sentence(diagnostic)}\n`
    })
    .join('')
}

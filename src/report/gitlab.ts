import type { Diagnostic } from '../lint/diagnostic.ts'
import { hash } from '../lint/hash.ts'
import { identify } from '../lint/identity.ts'
import { anchor, occurrences, type Report, sentence } from './report.ts'

/** GitLab Code Quality: one array, empty when there is nothing; equal findings keep their fingerprint between runs. */
export function gitlab(report: Report): string {
  const numbers = occurrences(report)
  const issues = report.diagnostics.map((diagnostic) => {
    const { rule } = diagnostic
    const { file, start } = anchor(report, diagnostic)
    return {
      description: `${rule.id} ${rule.name}: ${sentence(diagnostic)}`,
      check_name: rule.name,
      fingerprint: hash(`${identify(diagnostic)}\u0000${numbers.get(diagnostic) ?? 0}`),
      severity: severityOf(diagnostic),
      location: { path: file, lines: { begin: start.line } },
    }
  })
  return `${JSON.stringify(issues, undefined, 2)}\n`
}

function severityOf({ severity, rule }: Diagnostic): string {
  switch (severity) {
    case 'error':
      return (rule.security?.score ?? 0) >= 9 ? 'blocker' : 'critical'
    case 'warning':
      return 'major'
    case 'info':
      return 'info'
  }
}

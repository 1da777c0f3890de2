import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Rule } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { anchor, groupDiagnostics, type Report, sentence } from './report.ts'
import { xml } from './xml.ts'

/** JUnit XML: a suite for each file, in it a test case for each rule that ran, a failure for each finding. */
export function junit(report: Report): string {
  const byFile = groupDiagnostics(
    report.diagnostics,
    (diagnostic) => anchor(report, diagnostic).file,
  )
  const names = new Set([...report.inputs.files, ...byFile.keys()])
  const files = names.size === 0 ? ['resonate.toml'] : [...names]
  const suites = files.map((file) => suite(report, file, byFile.get(file) ?? []))
  const sum = (member: 'tests' | 'failures'): number =>
    suites.reduce((all, one) => all + one[member], 0)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="resonate-auth lint" tests="${sum('tests')}" failures="${sum('failures')}" errors="0">
${suites.map(({ text }) => text).join('\n')}
</testsuites>
`
}

interface Suite {
  readonly tests: number
  readonly failures: number
  readonly text: string
}

function suite(report: Report, file: string, diagnostics: readonly Diagnostic[]): Suite {
  const byRule = groupDiagnostics(diagnostics, ({ rule }) => rule)
  // Findings about a baseline come from a rule that others do not run.
  const rules = [...new Set([...report.rules, ...byRule.keys()])]
  const cases = rules.flatMap((rule) => casesOf(report, rule, byRule.get(rule) ?? [], file))
  const counts = `tests="${cases.length}" failures="${diagnostics.length}" errors="0"`
  return {
    tests: cases.length,
    failures: diagnostics.length,
    text: `  <testsuite name="${xml(file)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`,
  }
}

function casesOf(
  report: Report,
  rule: Rule,
  found: readonly Diagnostic[],
  suite: string,
): readonly string[] {
  const name = `name="${xml(`${rule.id} ${rule.name}`)}" classname="${xml(suite)}"`
  if (found.length === 0) return [`    <testcase ${name}/>`]
  return found.map((diagnostic) => {
    const { file, start } = anchor(report, diagnostic)
    const text = `${file}:${start.line}:${start.column}: ${sentence(diagnostic)}\n${diagnostic.why}\n${diagnostic.mend}\n${docsOf(rule).explain}`
    return `    <testcase ${name}>
      <failure message="${xml(sentence(diagnostic))}" type="${diagnostic.severity}">${xml(text)}</failure>
    </testcase>`
  })
}

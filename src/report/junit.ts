import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Rule } from '../lint/rule.ts'
import { anchor, groupDiagnostics, type Report, sentence } from './report.ts'
import { xml } from './xml.ts'

/** JUnit XML: a test case for each rule that ran, a failure for each finding. */
export function junit(report: Report): string {
  const { diagnostics, rules } = report
  const suite = report.inputs.file ?? 'resonate.toml'
  const byRule = groupDiagnostics(diagnostics, ({ rule }) => rule)
  // Suppression and baseline findings come from rules of their own.
  const all = [...new Set([...rules, ...byRule.keys()])]
  const cases = all.flatMap((rule) => casesOf(report, rule, byRule.get(rule) ?? [], suite))
  const counts = `tests="${cases.length}" failures="${diagnostics.length}" errors="0"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="resonate-auth lint" ${counts}>
  <testsuite name="${xml(suite)}" ${counts}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`
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
    const text = `${file}:${start.line}:${start.column}: ${sentence(diagnostic)}\n${diagnostic.why}\n${diagnostic.mend}`
    return `    <testcase ${name}>
      <failure message="${xml(sentence(diagnostic))}" type="${diagnostic.severity}">${xml(text)}</failure>
    </testcase>`
  })
}

import type { Severity } from '../lint/rule.ts'
import type { RunResult } from '../lint/run.ts'
import {
  atLeast,
  type Report,
  showArguments,
  showVariables,
  sortDiagnostics,
} from '../report/report.ts'
import { createSource } from '../report/source.ts'
import { VERSION } from '../version.ts'
import type { Gathered } from './lint-facts.ts'

/** The report of a run: sorted, from `minSeverity` on, every text masked. */
export function createReport(
  { facts, targetId, settingsFile }: Gathered,
  result: RunResult,
  minSeverity: Severity,
): Report {
  const { file } = facts.configuration
  const variables = facts.variables?.filter(({ name }) => /^resonate_/i.test(name.trim()))
  return {
    version: VERSION,
    target: `${targetId.split('@')[0]}@${facts.version}`,
    inputs: {
      ...(file !== undefined && { file: file.path }),
      ...(variables !== undefined && { variables: variables.length }),
      arguments: facts.arguments.length,
      tokens: facts.tokens.length,
      ...(settingsFile !== undefined && { settings: settingsFile }),
    },
    diagnostics: sortDiagnostics(result.diagnostics).filter(({ severity }) =>
      atLeast(severity, minSeverity),
    ),
    sources: new Map([...facts.texts].map(([name, text]) => [name, createSource(name, text)])),
    rules: result.rules,
    off: result.off,
    suppressed: result.suppressed.length,
    baselined: result.baselined.length,
    arguments: showArguments(facts.arguments),
    variables: showVariables(facts.variables ?? []),
  }
}

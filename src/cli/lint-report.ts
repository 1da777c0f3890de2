import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Severity } from '../lint/rule.ts'
import type { RunResult } from '../lint/run.ts'
import {
  atLeast,
  type Report,
  showArguments,
  showVariables,
  sortDiagnostics,
} from '../report/report.ts'
import { createSources } from '../report/source.ts'
import { VERSION } from '../version.ts'
import type { Gathered } from './lint-facts.ts'

/** One configuration and what was found in it. */
export interface Run {
  readonly gathered: Gathered
  readonly result: RunResult
}

/** The report of the runs: sorted, from `minSeverity` on, every text masked. */
export function createReport(runs: readonly [Run, ...Run[]], minSeverity: Severity): Report {
  const [{ gathered, result }] = runs
  const { facts, targetId, settingsFile } = gathered
  const variables = facts.variables?.filter(({ name }) => /^resonate_/i.test(name.trim()))
  const sum = (count: (run: Run) => number): number =>
    runs.reduce((all, run) => all + count(run), 0)
  return {
    version: VERSION,
    target: `${targetId.split('@')[0]}@${facts.version}`,
    inputs: {
      files: runs.flatMap((run) => run.gathered.facts.configuration.file?.path ?? []),
      ...(variables !== undefined && { variables: variables.length }),
      arguments: facts.arguments.length,
      tokens: facts.tokens.length,
      ...(settingsFile !== undefined && { settings: settingsFile }),
    },
    diagnostics: sortDiagnostics(diagnosticsOf(runs)).filter(({ severity }) =>
      atLeast(severity, minSeverity),
    ),
    sources: new Map(runs.flatMap((run) => [...createSources(run.gathered.facts)])),
    rules: result.rules,
    off: result.off,
    suppressed: sum((run) => run.result.suppressed.length),
    baselined: sum((run) => run.result.baselined.length),
    arguments: showArguments(facts),
    variables: showVariables(facts),
  }
}

/**
 * The findings of all runs. What is said about an ignore in the settings is said once, and only when every run says it:
 * it may be there for one of the files.
 */
export function diagnosticsOf(runs: readonly [Run, ...Run[]]): readonly Diagnostic[] {
  const [first, ...others] = runs
  const { settingsFile } = first.gathered
  const ofSettings = ({ rule, origin }: Diagnostic): boolean =>
    rule.area === 'meta' && origin.kind === 'file' && origin.file === settingsFile
  const everywhere = first.result.diagnostics
    .filter(ofSettings)
    .filter(({ message }) =>
      others.every(({ result }) =>
        result.diagnostics.some((other) => ofSettings(other) && other.message === message),
      ),
    )
  const rest = runs.flatMap(({ result }) => result.diagnostics.filter((one) => !ofSettings(one)))
  return [...rest, ...everywhere]
}

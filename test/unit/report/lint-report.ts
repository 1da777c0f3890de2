import type { Diagnostic } from '../../../src/lint/diagnostic.ts'
import { RULES } from '../../../src/lint/rules/index.ts'
import {
  type Report,
  showArguments,
  showVariables,
  sortDiagnostics,
} from '../../../src/report/report.ts'
import { createSources } from '../../../src/report/source.ts'
import { type Input, runSample } from '../../lint/sample-facts.ts'

/** The report of a run over `input`, as the command makes it. */
export async function reportOf(
  input: Input,
  only?: (found: Diagnostic) => boolean,
): Promise<Report> {
  const { facts, diagnostics, rules } = await runSample(input)
  const { file } = facts.configuration
  return {
    version: '0.1.0',
    target: 'resonate@0.9.8',
    inputs: {
      files: file === undefined ? [] : [file.path],
      arguments: facts.arguments.length,
      tokens: 0,
    },
    diagnostics: sortDiagnostics(diagnostics.filter(only ?? (() => true))),
    sources: createSources(facts),
    rules: rules.length === 0 ? RULES : rules,
    off: [],
    suppressed: 0,
    baselined: 0,
    arguments: showArguments(facts),
    variables: showVariables(facts),
  }
}

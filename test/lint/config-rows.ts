import { createFacts } from '../../src/lint/facts.ts'
import { EVERYTHING_DEFAULT } from '../../src/lint/lint.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { type RunResult, runLint } from '../../src/lint/run.ts'
import { loadTarget } from '../../src/target/targets.ts'
import { type ConfigRow, sourceOf } from '../vectors/rust-configs.ts'
import { NOW } from './sample-facts.ts'

/** What the linter says of a row; `only the machine decides` is not its business. */
export async function lintRow(row: ConfigRow): Promise<RunResult> {
  const target = await loadTarget('resonate@0.9')
  const configure = await target.configure()
  const source = sourceOf(row)
  const configuration = configure(source)
  const { file } = configuration
  const facts = createFacts({
    target,
    version: '0.9.8',
    configuration,
    variables: source.variables,
    arguments: source.arguments,
    command: row.cmd === 'dev' ? 'dev' : 'serve',
    searched: true,
    files: source.files,
    nearby: new Map(),
    texts: new Map(file === undefined ? [] : [[file.path, file.text]]),
    outlines: new Map(),
    tokens: [],
    now: NOW,
  })
  return runLint(facts, RULES, {
    targetId: 'resonate@0.9',
    selection: { ...EVERYTHING_DEFAULT, profile: 'audit' },
    suppressions: [],
    neverIgnore: new Set(),
    honour: true,
  })
}

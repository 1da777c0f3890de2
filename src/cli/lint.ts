import { Option } from 'commander'
import { ExitCode, type ExitStatus } from '../errors.ts'
import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Facts } from '../lint/facts.ts'
import type { Profile, Severity } from '../lint/rule.ts'
import type { RunResult } from '../lint/run.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { writeBaseline } from './lint-baseline.ts'
import { addSourceOptions, gatherFacts, type SourceOptions } from './lint-facts.ts'
import { lintOptions } from './lint-options.ts'
import {
  FORMATS,
  type Format,
  printReport,
  type ReportFile,
  reportFile,
  writeReports,
} from './lint-output.ts'
import type { Run } from './lint-report.ts'
import { ownOperands } from './operands.ts'
import { append, atOption, integer } from './options.ts'

/** Options of `lint`, as parsed. */
export interface LintOptions extends SourceOptions {
  readonly format?: Format
  readonly report?: readonly ReportFile[]
  readonly failOn: Severity | 'never'
  readonly minSeverity: Severity
  readonly maxWarnings?: number
  readonly exitZero?: boolean
  readonly profile: Profile
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly fix?: FixChoice
  readonly diff?: boolean
  readonly ignores: boolean
  readonly baseline?: string
  readonly baselineWrite?: boolean
  readonly baselinePrune?: boolean
}

/** `lint`: what is wrong or dangerous in the configuration as the server would read it. */
export function lint(command: Cmd, edge: Edge): void {
  command.usage('[file...] [options] [-- serve [flags]]')
  addSourceOptions(command)
  const options: readonly (readonly [string, readonly Option[]])[] = [
    [
      'What is reported:',
      [
        new Option('--profile <profile>', 'how much: pedantic and audit add rules')
          .choices(['default', 'pedantic', 'audit'])
          .default('default', 'default'),
        new Option('--only <rule>', 'run this rule alone; repeatable').argParser(append),
        new Option('--skip <rule>', 'do not run this rule; repeatable').argParser(append),
        new Option('--min-severity <severity>', 'show findings from this severity on')
          .choices(['error', 'warning', 'info'])
          .default('info', 'info'),
        new Option('--no-ignores', 'honour no ignore, of comments or settings'),
        new Option('--baseline <file>', 'report what this file does not already hold'),
        new Option('--baseline-write', 'write the baseline; it must not exist'),
        new Option('--baseline-prune', 'take out of the baseline what is gone'),
      ],
    ],
    [
      'How it is reported:',
      [
        new Option('--format <format>', 'the form on standard output').choices(FORMATS),
        new Option('--report <format=file>', 'write this form to a file too; repeatable').argParser(
          (text: string, previous: readonly ReportFile[] = []) => [...previous, reportFile(text)],
        ),
      ],
    ],
    [
      'When it fails:',
      [
        new Option('--fail-on <severity>', 'exit 1 from this severity on')
          .choices(['error', 'warning', 'info', 'never'])
          .default('error', 'error'),
        new Option('--max-warnings <number>', 'exit 1 with more warnings than this').argParser(
          integer(0, 1_000_000),
        ),
        new Option('--exit-zero', 'exit 0 whatever is found'),
      ],
    ],
    [
      'What is mended:',
      [
        new Option(
          '--fix [safety]',
          'mend what can be mended in the file; "unsafe" takes those fixes too',
        )
          .argParser(fixChoice)
          .preset('safe'),
        new Option(
          '--diff',
          'show what --fix would change and write nothing; exit 1 if it would change anything',
        ),
      ],
    ],
  ]
  for (const [heading, group] of options)
    for (const option of group) command.addOption(option.helpGroup(heading))
  command
    .addOption(atOption())
    .example('Lint the configuration that a server started here would read', 'resonate-auth lint')
    .example(
      'A file, with warnings failing too',
      'resonate-auth lint resonate.toml --fail-on warning',
    )
    .example(
      "With the server's own flags",
      'resonate-auth lint resonate.toml -- --auth-aud https://api.example.com',
    )
    .example(
      'A SARIF file beside the text',
      'resonate-auth lint resonate.toml --report sarif=lint.sarif',
    )
    .action(action<[string | undefined, readonly string[]], LintOptions>(edge, run))
}

async function run(
  talk: Conversation,
  options: LintOptions,
  file: string | undefined,
  more: readonly string[],
): Promise<ExitStatus> {
  const named = [
    ...(options.fix?.file === undefined ? [] : [options.fix.file]),
    ...ownOperands(talk, file, more),
  ]
  const first = await gatherFacts(talk, options, named[0])
  const { runLint } = await import('../lint/run.ts')
  const { RULES } = await import('../lint/rules/index.ts')
  const runOptions = await lintOptions(talk, options, first)
  const judge = (facts: Facts): RunResult => runLint(facts, RULES, runOptions)
  const runs: [Run, ...Run[]] = [{ gathered: first, result: judge(first.facts) }]
  for (const operand of named.slice(1)) {
    const gathered = await gatherFacts(talk, options, operand)
    runs.push({ gathered, result: judge(gathered.facts) })
  }
  if (options.baselineWrite === true || options.baselinePrune === true)
    return writeBaseline(talk, options, runs, runOptions)
  const { createReport, diagnosticsOf } = await import('./lint-report.ts')
  const shown =
    options.fix === undefined && options.diff !== true
      ? runs
      : await mend(talk, options, runs, judge)
  if (!isRuns(shown)) return shown
  const report = createReport(shown, options.minSeverity)
  await writeReports(talk, options.report ?? [], report)
  await printReport(talk, options.format ?? (talk.json ? 'json' : 'text'), report)
  return statusOf(options, diagnosticsOf(shown))
}

type Runs = readonly [Run, ...Run[]]

function isRuns(value: Runs | ExitStatus): value is Runs {
  return typeof value !== 'number'
}

/** Writes the fixes and gives the runs after them, or with --diff prints them and gives the status. */
async function mend(
  talk: Conversation,
  options: LintOptions,
  [first, ...others]: Runs,
  judge: (facts: Facts) => RunResult,
): Promise<Runs | ExitStatus> {
  const { fixRun, writeFixes } = await import('./lint-fix.ts')
  const safety = options.fix?.safety ?? 'safe'
  const fixed = [await fixRun(talk, first, safety, judge)] as const
  const rest = []
  for (const run of others) rest.push(await fixRun(talk, run, safety, judge))
  const all = [...fixed, ...rest] as const
  if (options.diff !== true) {
    await writeFixes(talk, all)
    return all
  }
  const { diff } = await import('../report/diff.ts')
  const changed = all.map(({ path, before, after }) => ({
    file: path,
    diff: diff(path, before, after),
  }))
  if (talk.json || options.format === 'json')
    await talk.document('lint-diff/v1', { files: changed })
  else await talk.product(changed.map((each) => each.diff).join(''))
  const changes = all.some(({ before, after }) => before !== after)
  return changes && options.exitZero !== true ? ExitCode.no : ExitCode.ok
}

/** 1 for findings at or above --fail-on, or too many warnings; the same for every format. */
function statusOf(
  { failOn, maxWarnings, exitZero }: LintOptions,
  diagnostics: readonly Diagnostic[],
): ExitStatus {
  const ranks: Readonly<Record<Severity | 'never', number>> = {
    never: 0,
    error: 1,
    warning: 2,
    info: 3,
  }
  const fails = diagnostics.some(({ severity }) => ranks[severity] <= ranks[failOn])
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings
  return exitZero !== true && (fails || tooMany) ? ExitCode.no : ExitCode.ok
}

/** What --fix was given: how far it may go, and the file where that was written right behind it. */
interface FixChoice {
  readonly safety: 'safe' | 'unsafe'
  readonly file?: string
}

/** Parses the value of --fix; commander takes a file that follows it for one. */
function fixChoice(text: string): FixChoice {
  return text === 'safe' || text === 'unsafe' ? { safety: text } : { safety: 'safe', file: text }
}

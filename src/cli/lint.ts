import { Option } from 'commander'
import type { ErrorCode } from '../errors.ts'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Facts } from '../lint/facts.ts'
import type { Profile, Severity } from '../lint/rule.ts'
import type { RunOptions, RunResult } from '../lint/run.ts'
import { action, addCommand, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { addSourceOptions, type Gathered, gatherFacts, type SourceOptions } from './lint-facts.ts'
import { lintOptions } from './lint-options.ts'
import {
  FORMATS,
  type Format,
  printReport,
  type ReportFile,
  reportFile,
  writeReports,
} from './lint-output.ts'
import { onlyOperand } from './operands.ts'
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
  readonly fix?: true | 'safe' | 'unsafe'
  readonly diff?: boolean
  readonly ignores: boolean
  readonly baseline?: string
  readonly baselineWrite?: boolean
  readonly baselinePrune?: boolean
}

/** `lint`: what is wrong or dangerous in the configuration as the server would read it. */
export function lint(program: Cmd, edge: Edge): void {
  const command = addCommand(program, 'lint', 'configuration').description(
    'what is wrong or dangerous in a configuration, as the server would read it',
  )
  command
    .usage('[file] [options] [-- serve [flags]]')
    .argument('[file]', 'the configuration file, or - for standard input')
    .argument('[server...]', "the server's arguments, after --")
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
        ).choices(['safe', 'unsafe']),
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
  const gathered = await gatherFacts(
    talk,
    options,
    onlyOperand(talk, 'configuration file', file, more),
  )
  const { runLint } = await import('../lint/run.ts')
  const { RULES } = await import('../lint/rules/index.ts')
  const runOptions = await lintOptions(talk, options, gathered)
  const judge = (facts: Facts): RunResult => runLint(facts, RULES, runOptions)
  const result = judge(gathered.facts)
  if (options.baselineWrite === true || options.baselinePrune === true)
    return writeBaseline(talk, options, gathered, { ...result, runOptions })
  if (options.fix !== undefined || options.diff === true)
    return fix(talk, options, gathered, result, judge)
  await output(talk, options, gathered, result)
  return statusOf(options, result.diagnostics)
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

async function output(
  talk: Conversation,
  options: LintOptions,
  gathered: Gathered,
  result: RunResult,
): Promise<void> {
  const { createReport } = await import('./lint-report.ts')
  const report = createReport(gathered, result, options.minSeverity)
  await writeReports(talk, options.report ?? [], report)
  await printReport(talk, options.format ?? (talk.json ? 'json' : 'text'), report)
}

async function writeBaseline(
  talk: Conversation,
  options: LintOptions,
  { facts }: Gathered,
  { diagnostics, baselined, runOptions }: RunResult & { readonly runOptions: RunOptions },
): Promise<ExitStatus> {
  const { createBaseline, formatBaseline } = await import('../lint/baseline.ts')
  const file =
    options.baseline ?? (await talk.settings()).settings.baseline ?? 'resonate-auth-baseline.json'
  const prune = options.baselinePrune === true
  const partial = runOptions.selection.only.size > 0 || runOptions.selection.skip.size > 0
  if (prune && partial)
    throw new UsageError(
      '--baseline-prune with --only or --skip would take out what was not looked for',
      {
        hints: ['prune in a run with all rules'],
      },
    )
  const kept = prune
    ? baselined
    : [...baselined, ...diagnostics.filter(({ rule }) => rule.area !== 'meta')]
  const entries = createBaseline(facts, kept)
  await talk.host.files.write(
    [{ path: file, content: formatBaseline(entries), mode: 0o644 }],
    prune,
  )
  talk.note(`${prune ? 'pruned' : 'wrote'} ${file}: ${entries.length} entries`)
  return ExitCode.ok
}

async function fix(
  talk: Conversation,
  options: LintOptions,
  gathered: Gathered,
  result: RunResult,
  judge: (facts: Facts) => RunResult,
): Promise<ExitStatus> {
  const { file } = gathered.facts.configuration
  if (file === undefined)
    throw nothingToMend('there is no configuration file to mend', 'ERR_NOTHING_TO_JUDGE')
  const { fixAll } = await import('../lint/fix.ts')
  const fixed = fixAll(
    file.path,
    { text: file.text, diagnostics: result.diagnostics },
    options.fix === 'unsafe' ? 'unsafe' : 'safe',
    (text) => judge(gathered.withText(text)).diagnostics,
  )
  for (const { title, why } of fixed.refused) talk.warn(`not mended (${title}): ${why}`)
  if (options.diff === true) {
    const { diff } = await import('../report/diff.ts')
    await talk.product(diff(file.path, file.text, fixed.text))
    return fixed.text === file.text || options.exitZero === true ? ExitCode.ok : ExitCode.no
  }
  if (gathered.fromStdin)
    throw nothingToMend('standard input cannot be mended in place', 'ERR_INPUT_FORM')
  if (fixed.text !== file.text) await gathered.writeText(fixed.text)
  talk.note(`mended ${fixed.made.length} of the findings in ${file.path}`)
  const after = judge(gathered.withText(fixed.text))
  await output(talk, options, { ...gathered, facts: gathered.withText(fixed.text) }, after)
  return statusOf(options, after.diagnostics)
}

function nothingToMend(message: string, code: ErrorCode): AuthError {
  return new AuthError(code, message, { hints: ['name a file, or use --diff to see the change'] })
}

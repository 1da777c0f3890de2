import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { BaselineEntry } from '../lint/baseline.ts'
import type { RunOptions } from '../lint/run.ts'
import type { Conversation } from './conversation.ts'
import type { LintOptions } from './lint.ts'
import type { Run } from './lint-report.ts'

/** The baseline's name where nobody gives one. */
export const BASELINE_FILE = 'resonate-auth-baseline.json'

/** Writes the baseline anew, or takes out of it what is gone. Throws UsageError for a partial run. */
export async function writeBaseline(
  talk: Conversation,
  options: LintOptions,
  runs: readonly Run[],
  { selection, baseline }: RunOptions,
): Promise<ExitStatus> {
  const { createBaseline, formatBaseline, speaksOfFile } = await import('../lint/baseline.ts')
  const file = options.baseline ?? (await talk.settings()).settings.baseline ?? BASELINE_FILE
  const prune = options.baselinePrune === true
  if (prune && (selection.only.size > 0 || selection.skip.size > 0))
    throw new UsageError(
      '--baseline-prune with --only or --skip would take out what was not looked for',
      { hints: ['prune in a run with all rules'] },
    )
  const made = runs.flatMap(({ gathered, result }) =>
    createBaseline(gathered.facts, [
      ...result.baselined,
      ...(prune ? [] : result.diagnostics.filter(({ rule }) => rule.area !== 'meta')),
    ]),
  )
  // What other files were found guilty of is none of this run's business.
  const others = (baseline?.entries ?? []).filter(
    (entry) => !runs.some(({ gathered }) => speaksOfFile(entry, gathered.facts)),
  )
  const entries = sortEntries([...made, ...others])
  await talk.host.files.write([{ path: file, content: formatBaseline(entries) }], prune)
  if (talk.json)
    await talk.document('lint-baseline/v1', { file, entries: entries.length, pruned: prune })
  talk.note(`${prune ? 'pruned' : 'wrote'} ${file}: ${entries.length} entries`)
  return ExitCode.ok
}

function sortEntries(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const key = ({ file, rule, path, layer, hash }: BaselineEntry): string =>
    [file, rule, path, layer, hash].join('\u0000')
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

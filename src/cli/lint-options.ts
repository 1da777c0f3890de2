import { UsageError } from '../errors.ts'
import type { BaselineEntry } from '../lint/baseline.ts'
import type { Severity } from '../lint/rule.ts'
import type { RunOptions } from '../lint/run.ts'
import type { Suppression } from '../lint/suppression.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import type { LintOptions } from './lint.ts'
import { BASELINE_FILE } from './lint-baseline.ts'
import type { Gathered } from './lint-facts.ts'
import type { Settings } from './settings-schema.ts'

const BASELINE_LIMIT = 16 * 1024 * 1024

/** What the run is told besides the facts: the flags, and the settings below them. Throws UsageError for unknown rules. */
export async function lintOptions(
  talk: Conversation,
  options: LintOptions,
  { targetId }: Gathered,
): Promise<RunOptions> {
  const { settings, file = 'settings' } = await talk.settings()
  const { flawOf } = await import('../lint/suppression.ts')
  const only = await knownRules(options.only ?? [], '--only')
  const skip = await knownRules(options.skip ?? [], '--skip')
  const severities = await severitiesOf(settings, file)
  const neverIgnore = await knownRules(settings.neverIgnore ?? [], `${file}: neverIgnore`)
  const baseline = await readBaseline(talk, options, settings)
  return {
    targetId,
    selection: { profile: options.profile, only, skip, severities },
    suppressions: (settings.ignores ?? []).map(
      ({ rule, file: of, path, layer, until, reason }): Suppression => {
        const flaw = flawOf([rule], until, reason)
        return {
          origin: { kind: 'file', file, span: { start: 0, end: 0 } },
          rules: [rule],
          scope: {
            kind: 'settings',
            ...(of !== undefined && { file: of }),
            ...(path !== undefined && { path }),
            ...(layer !== undefined && { layer }),
          },
          ...(until !== undefined && { until }),
          ...(reason !== undefined && { reason }),
          ...(flaw !== undefined && { flaw }),
        }
      },
    ),
    neverIgnore,
    honour: options.ignores,
    ...(baseline !== undefined && { baseline }),
  }
}

async function severitiesOf(
  { rules = {} }: Settings,
  file: string,
): Promise<ReadonlyMap<string, Severity | 'off'>> {
  await knownRules(Object.keys(rules), `${file}: rules`)
  return new Map(Object.entries(rules))
}

async function knownRules(names: readonly string[], where: string): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const { findRule, suggestRule } = await import('../lint/registry.ts')
  const ids = names.map((name) => {
    const rule = findRule(name)
    if (rule !== undefined) return rule.id
    const near = suggestRule(name)
    throw new UsageError(`${where}: no rule "${name}"`, {
      hints: [near === undefined ? 'see "resonate-auth rules"' : `did you mean ${near}?`],
    })
  })
  return new Set(ids)
}

async function readBaseline(
  talk: Conversation,
  options: LintOptions,
  settings: Settings,
): Promise<{ readonly file: string; readonly entries: readonly BaselineEntry[] } | undefined> {
  const file =
    options.baseline ??
    settings.baseline ??
    (options.baselinePrune === true ? BASELINE_FILE : undefined)
  if (file === undefined || options.baselineWrite === true) return undefined
  const { parseBaseline } = await import('../lint/baseline.ts')
  const bytes = await readInput(file, talk, {
    purpose: 'a baseline',
    limit: BASELINE_LIMIT,
    hints: ['write one with --baseline-write'],
  })
  return { file, entries: parseBaseline(new TextDecoder().decode(bytes), file) }
}

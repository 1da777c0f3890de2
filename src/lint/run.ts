import { type BaselineEntry, compareBaseline, speaksOfFile } from './baseline.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Facts } from './facts.ts'
import { lint, namesOf, type Selection, selectRules } from './lint.ts'
import { allNames, isInForce, judgeBaseline, judgeSuppressions } from './meta.ts'
import { outlineToml } from './outline.ts'
import type { Rule } from './rule.ts'
import { suppress } from './suppress.ts'
import { mentionsSuppression, readSuppressions, type Suppression } from './suppression.ts'

/** Everything a run is told besides the facts. */
export interface RunOptions {
  readonly targetId: string
  readonly selection: Selection
  /** From the settings; those in comments are read from the texts. */
  readonly suppressions: readonly Suppression[]
  readonly neverIgnore: ReadonlySet<string>
  /** Whether suppressions are honoured at all. */
  readonly honour: boolean
  readonly baseline?: { readonly file: string; readonly entries: readonly BaselineEntry[] }
}

/** What a run found. */
export interface RunResult {
  readonly diagnostics: readonly Diagnostic[]
  readonly suppressed: readonly Diagnostic[]
  readonly baselined: readonly Diagnostic[]
  /** Rules that ran. */
  readonly rules: readonly Rule[]
  /** Ids of rules switched off by severities or by name. */
  readonly off: readonly string[]
}

/** Runs the rules over the facts, then the suppressions, then the baseline, then the rules about those. */
export function runLint(facts: Facts, all: readonly Rule[], options: RunOptions): RunResult {
  const { targetId, selection, neverIgnore } = options
  const rules = selectRules(all, targetId, selection)
  const found = [...lint(facts, rules, selection.severities)]
  const written = [...writtenIn(facts), ...options.suppressions]
  const suppressions = options.honour ? written : []
  const inForce = suppressions.filter((suppression) => isInForce(suppression, facts.now))
  const { shown, suppressed, used } = suppress(found, inForce, facts.document, neverIgnore)
  const about = [
    ...judgeSuppressions({
      suppressions,
      used,
      known: allNames(all),
      ran: allNames(rules),
      never: neverIgnore,
      now: facts.now,
    }),
  ]
  const { baseline } = options
  const compared =
    baseline === undefined
      ? { fresh: shown, known: [], stale: [] }
      : compareBaseline(
          facts,
          shown,
          baseline.entries.filter((entry) => speaksOfFile(entry, facts)),
        )
  // A partial run says nothing of what it did not look for.
  const partial = selection.only.size > 0 || selection.skip.size > 0
  const stale =
    baseline === undefined || partial ? [] : [...judgeBaseline(compared.stale, baseline.file)]
  const switchedOn = new Set(rules)
  return {
    diagnostics: [
      ...compared.fresh,
      ...[...about, ...stale].filter(({ rule }) => switchedOn.has(rule)),
    ],
    suppressed,
    baselined: compared.known,
    rules,
    off: all.filter((rule) => isOff(rule, selection)).map(({ id }) => id),
  }
}

/** The suppressions in the comments of every file that findings may stand in. */
function writtenIn({ document, texts, outlines }: Facts): readonly Suppression[] {
  const all = new Map(outlines)
  if (document !== undefined && !all.has(document.file) && mentionsSuppression(document.text))
    all.set(document.file, outlineToml(document))
  return [...all].flatMap(([file, outline]) =>
    readSuppressions({ file, text: texts.get(file) ?? document?.text ?? '' }, outline),
  )
}

function isOff(rule: Rule, { severities, skip }: Selection): boolean {
  return namesOf(rule).some((name) => severities.get(name) === 'off' || skip.has(name))
}

import type { Origin } from '../config/setting.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import type { Compared } from './baseline.ts'
import type { Diagnostic } from './diagnostic.ts'
import { finish, namesOf } from './lint.ts'
import type { Finding, Messages, Rule } from './rule.ts'
import { baselineStale } from './rules/meta/baseline-stale.ts'
import { suppressionExpired } from './rules/meta/suppression-expired.ts'
import { suppressionExpiring } from './rules/meta/suppression-expiring.ts'
import { suppressionMalformed } from './rules/meta/suppression-malformed.ts'
import { suppressionUnknown } from './rules/meta/suppression-unknown.ts'
import { suppressionUnused } from './rules/meta/suppression-unused.ts'
import { remaining, type Suppression } from './suppression.ts'

/** Days before its end at which a suppression is announced to expire. */
const NOTICE_DAYS = 14
const DAY = 86_400

/** What the meta rules judge: the suppressions and what became of them. */
export interface MetaInput {
  readonly suppressions: readonly Suppression[]
  readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>
  /** The names of every rule there is, and of those that ran. */
  readonly known: ReadonlySet<string>
  readonly ran: ReadonlySet<string>
  readonly never: ReadonlySet<string>
  readonly now: NumericDate
}

/** Whether a suppression is well-formed and not yet expired. */
export function isInForce(suppression: Suppression, now: NumericDate): boolean {
  return suppression.flaw === undefined && (remaining(suppression, now) ?? 1) > 0
}

/** Findings about the suppressions themselves; unused ones only where their rule really ran. */
export function* judgeSuppressions(input: MetaInput): Generator<Diagnostic> {
  for (const suppression of input.suppressions) {
    const { origin, rules, flaw, until } = suppression
    if (flaw !== undefined) {
      yield* say(suppressionMalformed, { message: 'malformed', origin, values: { flaw } })
      continue
    }
    const left = remaining(suppression, input.now)
    const names = rules.join(', ')
    if (left !== undefined && until !== undefined && left <= 0)
      yield* say(suppressionExpired, { message: 'expired', origin, values: { names, until } })
    else if (left !== undefined && until !== undefined && left <= NOTICE_DAYS * DAY)
      yield* say(suppressionExpiring, {
        message: 'expiring',
        origin,
        values: { names, until, days: Math.floor(left / DAY) },
      })
    yield* judgeRules(suppression, input, left === undefined || left > 0)
  }
}

function* judgeRules(
  suppression: Suppression,
  { used, known, ran, never }: MetaInput,
  inForce: boolean,
): Generator<Diagnostic> {
  const { origin, rules } = suppression
  for (const name of rules) {
    if (!known.has(name))
      yield* say(suppressionUnknown, { message: 'unknown', origin, values: { name } })
    else if (never.has(name))
      yield* say(suppressionUnused, { message: 'never', origin, values: { name } })
    else if (inForce && ran.has(name) && used.get(suppression)?.has(name) !== true)
      yield* say(suppressionUnused, { message: 'unused', origin, values: { name } })
  }
}

/** Findings about baseline entries that stand for fewer findings than they say. */
export function* judgeBaseline(stale: Compared['stale'], file: string): Generator<Diagnostic> {
  const origin: Origin = { kind: 'file', file, span: { start: 0, end: 0 } }
  for (const { entry, left } of stale)
    yield* say(baselineStale, {
      message: 'stale',
      origin,
      path: entry.path,
      values: {
        rule: entry.rule,
        path: entry.path === '' ? 'the configuration' : entry.path,
        count: entry.count,
        left,
      },
    })
}

function say(rule: Rule, finding: Finding<Messages>): readonly Diagnostic[] {
  return [finish(rule, finding, new Map())]
}

/** Every name that the rules answer to. */
export function allNames(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(namesOf))
}

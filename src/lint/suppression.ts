import type { Outline } from '../config/outline.ts'
import type { Origin, Span } from '../config/setting.ts'
import type { SourceText } from '../deploy/source-text.ts'
import { parseInstant } from '../token/instant.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { lineStart } from './document.ts'

/** A wish that findings be not reported, from a comment or from the settings. */
export interface Suppression {
  /** Where it is written. */
  readonly origin: Origin
  /** Rule ids and names as written. */
  readonly rules: readonly string[]
  readonly scope: Scope
  readonly until?: string
  readonly reason?: string
  /** What is wrong with its form; such a one suppresses nothing. */
  readonly flaw?: string
}

export type Scope =
  /** Findings that touch this part of the file. */
  | { readonly kind: 'span'; readonly file: string; readonly span: Span }
  /** Findings of the file, also of what is absent from it. */
  | { readonly kind: 'file'; readonly file: string }
  /** Findings that match all that is given. */
  | {
      readonly kind: 'settings'
      readonly file?: string
      readonly path?: string
      readonly layer?: string
    }

const MARK = 'resonate-auth:'
const DIRECTIVE =
  /^[#;]\s*resonate-auth:\s*(ignore|ignore-file)\[([^\]]*)\](?:\s+until=(\S+))?(?:\s+--\s*(.*))?\s*$/
const DAY = 86_400

/** Whether `text` can hold a suppression; no other needs an outline. */
export function mentionsSuppression(text: string): boolean {
  return text.includes(MARK)
}

/** The suppressions in the comments of a file. */
export function readSuppressions(source: SourceText, outline: Outline): readonly Suppression[] {
  return outline.comments
    .filter(({ start, end }) => source.text.slice(start, end).includes(MARK))
    .map((span) => readComment(source, outline, span))
}

function readComment({ file, text }: SourceText, outline: Outline, span: Span): Suppression {
  const origin: Origin = { kind: 'file', file, span }
  const match = DIRECTIVE.exec(text.slice(span.start, span.end).trimEnd())
  if (match === null)
    return {
      origin,
      rules: [],
      scope: { kind: 'span', file, span },
      flaw: 'expected "resonate-auth: ignore[RA101] until=2027-01-31 -- the reason"',
    }
  const [, form, names = '', until, reason] = match
  const rules = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const wholeFile = form === 'ignore-file'
  const flaw =
    flawOf(rules, until, reason) ??
    (wholeFile && span.start > (outline.statements[0]?.start ?? span.start)
      ? 'ignore-file stands before the first key'
      : undefined)
  return {
    origin,
    rules,
    scope: wholeFile
      ? { kind: 'file', file }
      : { kind: 'span', file, span: scopeOf(text, outline, span) },
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
    ...(flaw !== undefined && { flaw }),
  }
}

/** What is wrong with a suppression's parts; undefined when nothing is. */
export function flawOf(
  rules: readonly string[],
  until: string | undefined,
  reason: string | undefined,
): string | undefined {
  if (rules.length === 0) return 'it names no rule'
  if (until !== undefined && parseDay(until) === undefined)
    return `"until=${until}" is no day such as 2027-01-31`
  return (reason ?? '').trim() === '' ? 'it gives no reason (-- the reason)' : undefined
}

function parseDay(text: string): NumericDate | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parseInstant(text) : undefined
}

/** Seconds from `now` to the end of the day (UTC) until which it holds; undefined when it holds for ever. */
export function remaining({ until }: Suppression, now: NumericDate): number | undefined {
  if (until === undefined) return undefined
  const day = parseDay(until)
  // A malformed date counts as long past, so a slip of the pen hides nothing.
  return day === undefined ? Number.NEGATIVE_INFINITY : day + DAY - now
}

/**
 * What a comment is about: what begins before it on its line, else what ends there; when it stands alone, what follows
 * it within what it stands in, else that itself.
 */
function scopeOf(text: string, { statements }: Outline, comment: Span): Span {
  const line = lineStart(text, comment.start)
  const around = statementAround(statements, line)
  if (text.slice(line, comment.start).trim() !== '') {
    const own = statements[indexFrom(statements, line)]
    return own !== undefined && own.start < comment.start ? own : (around ?? comment)
  }
  const next = statements[indexFrom(statements, comment.end)]
  const belongs = around === undefined || (next !== undefined && next.start < around.end)
  return (belongs ? next : around) ?? comment
}

/** The innermost statement that begins before `at` and ends behind it. */
function statementAround(statements: readonly Span[], at: number): Span | undefined {
  for (let index = indexFrom(statements, at) - 1; index >= 0; index--) {
    const statement = statements[index]
    if (statement !== undefined && statement.end > at) return statement
  }
  return undefined
}

/** The index of the first statement that begins at `at` or behind it, by bisection. */
function indexFrom(statements: readonly Span[], at: number): number {
  let low = 0
  let high = statements.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((statements[middle]?.start ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}

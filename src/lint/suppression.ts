import type { Origin, Span } from '../config/setting.ts'
import { parseInstant } from '../token/instant.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { type Document, lineStart, walk } from './document.ts'

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
  /^#\s*resonate-auth:\s*(ignore|ignore-file)\[([^\]]*)\](?:\s+until=(\S+))?(?:\s+--\s*(.*))?\s*$/
const DAY = 86_400

/** The suppressions in the comments of a configuration file. */
export function readSuppressions(document: Document): readonly Suppression[] {
  if (!document.text.includes(MARK)) return []
  const layout = layoutOf(document)
  return document.comments
    .filter(({ start, end }) => document.text.slice(start, end).includes(MARK))
    .map((span) => readComment(document, layout, span))
}

function readComment(document: Document, layout: Layout, span: Span): Suppression {
  const origin: Origin = { kind: 'file', file: document.file, span }
  const match = DIRECTIVE.exec(document.text.slice(span.start, span.end).trimEnd())
  if (match === null)
    return {
      origin,
      rules: [],
      scope: { kind: 'span', file: document.file, span },
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
    (wholeFile && span.start > layout.firstKey
      ? 'ignore-file stands before the first key'
      : undefined)
  return {
    origin,
    rules,
    scope: wholeFile
      ? { kind: 'file', file: document.file }
      : { kind: 'span', file: document.file, span: scopeOf(document.text, layout, span) },
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

/** The statements of a file, as far as comments refer to them. */
interface Layout {
  /** Key-value pairs by place, from the key to the end of the value. */
  readonly statements: readonly Span[]
  /** Starts of table headers. */
  readonly headers: readonly number[]
  readonly firstKey: number
}

function layoutOf(document: Document): Layout {
  const statements: Span[] = []
  for (const { node } of walk(document)) {
    const { origin, key, value } = node
    const inline =
      value.kind !== 'table' ||
      document.text[origin.kind === 'file' ? origin.span.start : 0] === '{'
    if (inline && origin.kind === 'file' && key?.kind === 'file')
      statements.push({ start: lineStart(document.text, key.span.start), end: origin.span.end })
  }
  statements.sort((a, b) => a.start - b.start)
  const inside = (at: number): boolean =>
    statements.some(({ start, end }) => start <= at && at < end) ||
    document.comments.some(({ start, end }) => start <= at && at < end)
  const headers = [...document.text.matchAll(/^[ \t]*\[/gm)]
    .map((match) => match.index)
    .filter((at) => !inside(at))
  return {
    statements,
    headers,
    firstKey: Math.min(
      statements[0]?.start ?? document.text.length,
      headers[0] ?? document.text.length,
    ),
  }
}

/** The key-value pair on the comment's own line, else the next pair, or the whole table when a header comes next. */
function scopeOf(text: string, { statements, headers }: Layout, comment: Span): Span {
  const start = lineStart(text, comment.start)
  const own = statements.find(
    (statement) => statement.start <= comment.start && start <= statement.end,
  )
  const ownHeader = headers.find((header) => header === start)
  if (text.slice(start, comment.start).trim() !== '' && own !== undefined) return own
  const header = ownHeader ?? headers.find((at) => at > comment.start)
  const next = statements.find((statement) => statement.start > comment.start)
  if (
    ownHeader === undefined &&
    next !== undefined &&
    (header === undefined || next.start < header)
  )
    return next
  if (header === undefined) return comment
  return { start: header, end: headers.find((at) => at > header) ?? text.length }
}

import { type CST, Parser } from 'yaml'
import { createOutline, type Outline } from './outline.ts'
import type { Span } from './setting.ts'
import { findTooDeep } from './yaml.ts'

/** The comments of a YAML text, and its pairs and list items; none where it is nested too deep to be read. */
export function outlineYaml(text: string): Outline {
  const tokens = [...new Parser().parse(text)]
  const reading: Reading = { comments: [], statements: [] }
  if (findTooDeep(tokens) === undefined) for (const token of tokens) readToken(token, reading)
  return createOutline(reading.comments, reading.statements)
}

interface Reading {
  readonly comments: Span[]
  readonly statements: Span[]
}

/** Tokens that do not belong to what they stand in. */
const BETWEEN: ReadonlySet<CST.Token['type']> = new Set([
  'byte-order-mark',
  'space',
  'newline',
  'comment',
  'comma',
])

/** Where a token stands, without the blanks and comments around it; undefined for those themselves. */
function readToken(token: CST.Token | null | undefined, reading: Reading): Span | undefined {
  if (token === null || token === undefined) return undefined
  if (token.type === 'comment') reading.comments.push(spanOf(token.offset, token.source))
  if (BETWEEN.has(token.type)) return undefined
  const read = (part: CST.Token | null | undefined): Span | undefined => readToken(part, reading)
  if (token.type === 'block-scalar') {
    const head = cover(token.props.map(read))
    const start = token.props.reduce(
      (end, prop) => ('source' in prop ? prop.offset + prop.source.length : end),
      token.offset,
    )
    return cover([head, spanOf(start, token.source)])
  }
  const items = 'items' in token ? token.items.map((item) => readItem(item, reading)) : []
  const before = 'start' in token ? [token.start].flat() : []
  const value = 'value' in token ? [token.value] : []
  const own = 'source' in token ? spanOf(token.offset, token.source) : undefined
  const behind = 'end' in token ? (token.end ?? []) : []
  return cover([own, ...before.map(read), ...items, ...value.map(read), ...behind.map(read)])
}

function readItem(
  { start, key, sep = [], value }: CST.CollectionItem,
  reading: Reading,
): Span | undefined {
  const parts = [...start, key, ...sep, value]
  const whole = cover(parts.map((part) => readToken(part, reading)))
  if (whole !== undefined) reading.statements.push(whole)
  return whole
}

function spanOf(start: number, source: string): Span {
  return { start, end: start + source.length }
}

/** From the first of the spans to the last; undefined when there is none. */
function cover(spans: readonly (Span | undefined)[]): Span | undefined {
  let whole: Span | undefined
  for (const span of spans)
    whole =
      whole === undefined || span === undefined
        ? (whole ?? span)
        : { start: Math.min(whole.start, span.start), end: Math.max(whole.end, span.end) }
  return whole
}

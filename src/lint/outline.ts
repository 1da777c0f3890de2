import { createOutline, type Outline } from '../config/outline.ts'
import type { Span } from '../config/setting.ts'
import { type Document, lineStart, walk } from './document.ts'

/**
 * The comments of a configuration file; key-value pairs, from the line of the key to the end of the value; tables, from
 * the header to their last pair.
 */
export function outlineToml(document: Document): Outline {
  const { text } = document
  const pairs: Span[] = []
  for (const { node } of walk(document)) {
    const { origin, key, value } = node
    if (origin.kind !== 'file' || key?.kind !== 'file') continue
    if (value.kind !== 'table' || text.charAt(origin.span.start) === '{')
      pairs.push({ start: lineStart(text, key.span.start), end: origin.span.end })
  }
  pairs.sort((a, b) => a.start - b.start)
  const headers = document.root === undefined ? [] : findHeaders(text, pairs, document.comments)
  let at = pairs.findIndex(({ start }) => start > (headers[0] ?? text.length))
  const tables = headers.map((start, index) => {
    let end = text.indexOf(']', start) + 1
    for (; at !== -1 && at < pairs.length; at++) {
      const pair = pairs[at]
      if (pair === undefined || pair.start > (headers[index + 1] ?? text.length)) break
      end = Math.max(end, pair.end)
    }
    return { start, end }
  })
  return createOutline(document.comments, [...pairs, ...tables])
}

/** Where table headers begin: brackets that begin a line outside of values and comments. */
function findHeaders(
  text: string,
  pairs: readonly Span[],
  comments: readonly Span[],
): readonly number[] {
  const taken = new Uint8Array(text.length)
  for (const { start, end } of [...pairs, ...comments]) taken.fill(1, start, end)
  return [...text.matchAll(/^[ \t]*\[/gm)]
    .map(({ index }) => index)
    .filter((index) => taken[index] === 0)
}

import type { Origin, Span } from '../config/setting.ts'
import { type Document, lineStart, nodeAt, walk } from './document.ts'
import type { Fix } from './rule.ts'

/** The dotted path of the value that stands at `origin`; undefined when none of the file does. */
export function pathAt(document: Document | undefined, origin: Origin): string | undefined {
  if (document === undefined || origin.kind !== 'file') return undefined
  for (const { path, node } of walk(document))
    if (node.origin.kind === 'file' && isSame(node.origin.span, origin.span)) return path
  return undefined
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end
}

/** The text at `origin` in the configuration file; undefined when it lies elsewhere. */
export function textAt(document: Document | undefined, origin: Origin): string | undefined {
  return document === undefined || origin.kind !== 'file' || origin.file !== document.file
    ? undefined
    : document.text.slice(origin.span.start, origin.span.end)
}

/** A fix that writes `insert` in the place of the value at `path`. */
export function replaceFix(
  document: Document | undefined,
  path: string,
  insert: string,
  safety: Fix['safety'],
): Fix | undefined {
  const origin = nodeAt(document, path)?.origin
  if (document === undefined || origin?.kind !== 'file') return undefined
  return {
    title: `write ${insert}`,
    safety,
    edits: [{ file: document.file, span: origin.span, insert }],
    changes: [path],
  }
}

/**
 * A fix that takes the key at `path` out with its line and the comment on it; undefined where it shares its line, as in
 * an inline table.
 */
export function removeFix(
  document: Document | undefined,
  path: string,
  safety: Fix['safety'],
): Fix | undefined {
  const node = nodeAt(document, path)
  if (document === undefined || node?.origin.kind !== 'file' || node.key?.kind !== 'file')
    return undefined
  const { text, file } = document
  const start = lineStart(text, node.key.span.start)
  const rest = /^[ \t]*(?:#[^\r\n]*)?(?:\r?\n|$)/.exec(text.slice(node.origin.span.end))
  const before = text.slice(start, node.key.span.start)
  // A dotted key begins before the part that the node's key names.
  if (rest === null || !/^[ \t]*(?:["'\w-]+[ \t]*\.[ \t]*)*$/.test(before)) return undefined
  const end = node.origin.span.end + rest[0].length
  return {
    title: `remove ${path}`,
    safety,
    edits: [{ file, span: { start, end }, insert: '' }],
    changes: [path],
  }
}

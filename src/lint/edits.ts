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

/** A setting as far as a fix looks at it. */
interface Place {
  readonly path: string
  readonly origin: Origin
}

/** A safe fix that writes `insert` where the value at `path` stands; undefined when no file sets it. */
export function replaceFix(
  { path, origin }: Place,
  insert: string,
  title = `write ${insert}`,
): Fix | undefined {
  if (origin.kind !== 'file') return undefined
  const { file, span } = origin
  return { title, safety: 'safe', edits: [{ file, span, insert }], changes: [path] }
}

/**
 * A fix that takes a key out with its line and the comment on it; undefined when no file sets it, and where it shares
 * its line, as in an inline table.
 */
export function removeFix(
  document: Document | undefined,
  { path, origin }: Place,
  safety: Fix['safety'],
): Fix | undefined {
  if (origin.kind !== 'file') return undefined
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

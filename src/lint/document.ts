import type { Node, Span } from '../config/setting.ts'
import { parseToml } from '../config/toml.ts'

/** A configuration file as it is written: its tree with places, and its comments. */
export interface Document {
  readonly file: string
  readonly text: string
  /** Undefined when the text is not TOML. */
  readonly root: Node | undefined
  readonly comments: readonly Span[]
}

/** Reads the text of `file` for its places; a broken text has neither tree nor comments. */
export function readDocument(file: string, text: string): Document {
  const read = parseToml(text, file)
  return read.ok
    ? { file, text, root: read.root, comments: read.comments }
    : { file, text, root: undefined, comments: [] }
}

/** The value at a dotted path of plain keys; undefined when the file does not set it. */
export function nodeAt(document: Document | undefined, path: string): Node | undefined {
  let node = document?.root
  for (const key of path.split('.'))
    node = node?.value.kind === 'table' ? node.value.entries.get(key) : undefined
  return node
}

/** Every key of the tree in document order with its dotted path, tables before what they hold. */
export function* walk(
  document: Document,
): Generator<{ readonly path: string; readonly node: Node }> {
  if (document.root === undefined) return
  const open: { path: string; node: Node }[] = [{ path: '', node: document.root }]
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { path, node } = entry
    if (path !== '') yield entry
    if (node.value.kind !== 'table') continue
    const children = [...node.value.entries].map(([key, child]) => ({
      path: path === '' ? key : `${path}.${key}`,
      node: child,
    }))
    open.push(...children.reverse())
  }
}

/** Where the line of `text` begins in which `at` lies. */
export function lineStart(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1
  // Looked for in the line alone: most texts have no such line break, and each search would go back to their start.
  return start + text.slice(start, at).lastIndexOf('\r') + 1
}

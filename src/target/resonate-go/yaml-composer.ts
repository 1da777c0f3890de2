import { type Mark, YamlProblem } from './yaml-characters.ts'
import type { Properties } from './yaml-head.ts'
import type { YamlAlias, YamlCollection, YamlNode, YamlScalar } from './yaml-node.ts'

interface OpenCollection extends YamlCollection {
  readonly items: YamlNode[]
  end: number
}

/** Puts the nodes of a document together as they are read (yaml v3.0.4 decode.go, parser). */
export class Composer {
  root: YamlNode | undefined
  /** The collections that what comes next belongs to, the innermost last. */
  readonly #open: OpenCollection[] = []
  readonly #anchors = new Map<string, YamlAlias['target']>()

  open(kind: YamlCollection['kind'], mark: Mark, properties: Properties): void {
    const { line = mark.line + 1, tag, anchor } = properties
    const [start, end] = [mark.index, mark.index]
    const node = { kind, items: [], line, start, end, ...(tag !== undefined && { tag }) }
    this.#append(node)
    this.#open.push(node)
    if (anchor !== undefined) this.#anchors.set(anchor, node)
  }

  /** The innermost collection ends at `end`, or with the last of its items. */
  close(end?: number): void {
    const node = this.#open.pop()
    if (node === undefined) return
    if (end !== undefined) node.end = end
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.end = node.end
  }

  addScalar(scalar: YamlScalar, anchor: string | undefined): void {
    this.#append(scalar)
    if (anchor !== undefined) this.#anchors.set(anchor, scalar)
  }

  addAlias(name: string, mark: Mark, end: number): void {
    const target = this.#anchors.get(name)
    if (target === undefined) throw new YamlProblem(`unknown anchor '${name}' referenced`, 0, mark)
    this.#append({ kind: 'alias', name, target, line: mark.line + 1, start: mark.index, end })
  }

  #append(node: YamlNode): void {
    const parent = this.#open.at(-1)
    if (parent === undefined) this.root = node
    else {
      parent.items.push(node)
      parent.end = node.end
    }
  }
}

import type { Ignored } from '../../config/configuration.ts'
import type { Node } from '../../config/setting.ts'
import { Misspellings } from './misspelling.ts'
import { PLUGINS, SCHEMA_PLUGINS } from './settings-plugins.ts'

/** What stands in the table at `path`; nothing where there is none. */
export function entriesAt(
  root: Node,
  path: readonly string[],
): readonly (readonly [string, Node])[] {
  let { value } = root
  for (const name of path) {
    const inner = value.kind === 'table' ? value.entries.get(name)?.value : undefined
    if (inner === undefined) return []
    value = inner
  }
  return value.kind === 'table' ? [...value.entries] : []
}

/** Ids that no plugin has get a warning only; servers that are not active are not read. */
export function ignoredPlugins(root: Node, active: string): readonly Ignored[] {
  const misspellings = new Misspellings(SCHEMA_PLUGINS)
  return Object.entries(PLUGINS).flatMap(([section, ids]) =>
    entriesAt(root, [section])
      .filter(([id]) => section !== 'servers' || id !== 'active')
      .flatMap(([id, node]): readonly Ignored[] => {
        const known = ids.some((each) => each === id)
        if (known && (section !== 'servers' || id === active || isSpread(node))) return []
        const what = `${section}.${id}`
        const meant = known ? undefined : misspellings.meantBy(what)
        const why = known
          ? `the active server is ${active}, and no other is read`
          : 'the server carries no such plugin; it warns and starts without it'
        return [ignoredAt(node, what, why, meant)]
      }),
  )
}

/** Whether the table is there only because a flag about the server is written to all of them. */
function isSpread({ origin }: Node): boolean {
  return origin.kind === 'argument' && origin.name !== '--set'
}

function ignoredAt(node: Node, what: string, why: string, meant: string | undefined): Ignored {
  const origin = node.key ?? node.origin
  const kind = origin.kind === 'variable' ? 'variable' : 'key'
  const name = origin.kind === 'variable' ? origin.name : what
  return { kind, what: name, origin, why, ...(meant !== undefined && { meant }) }
}

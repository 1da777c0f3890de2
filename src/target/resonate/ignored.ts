import type { Ignored, Variable } from '../../config/configuration.ts'
import type { Node, Origin } from '../../config/setting.ts'
import type { Assignment } from './environment.ts'
import type { FlagUse } from './flags.ts'
import { isDropped } from './layers.ts'
import { Misspellings, variableFor } from './misspelling.ts'
import type { SchemaNode, TableNode } from './schema.ts'
import type { Schema } from './settings.ts'

/** Something written for which the version has no key: its dotted path and its place. */
interface Unread {
  readonly path: string
  readonly origin: Origin
  readonly kind: 'key' | 'element'
}

/** What has no effect in the file: keys that the version does not have, at any level. */
export function ignoredKeys(root: Node, table: TableNode, schema: Schema): readonly Ignored[] {
  const misspellings = new Misspellings(schema)
  return unreadIn(root, table, '').map(({ path, origin, kind }) => {
    const known = kind === 'element' || schema.elsewhere(path) !== undefined
    const meant = known ? undefined : misspellings.meantBy(path)
    const why = kind === 'element' ? surplusWhy(path) : unknownWhy(path, schema)
    return { kind, what: path, origin, why, ...(meant !== undefined && { meant }) }
  })
}

function surplusWhy(path: string): string {
  return `the table has no more keys: element ${path} of the list it is written as is not read`
}

function unknownWhy(path: string, schema: Schema): string {
  return schema.elsewhere(path) ?? 'the server has no such key and reads on without a word'
}

/** Everything below `node` that the table does not know, in the order of the text; known parts are looked into. */
function unreadIn(node: Node, table: TableNode, path: string): readonly Unread[] {
  const { value } = node
  const found: Unread[] = []
  if (value.kind === 'table')
    for (const [name, child] of value.entries)
      found.push(...unreadAt(child, table.children.get(name), join(path, name)))
  if (value.kind === 'array') {
    const children = [...table.children.values()]
    for (const [index, item] of value.items.entries()) {
      const child = children[index]
      const place = join(path, String(index))
      if (child !== undefined) found.push(...unreadAt(item, child, place))
      else found.push({ path: place, origin: item.origin, kind: 'element' })
    }
  }
  return found
}

function unreadAt(node: Node, schema: SchemaNode | undefined, path: string): readonly Unread[] {
  if (schema === undefined) return [{ path, origin: node.key ?? node.origin, kind: 'key' }]
  return schema.kind === 'table' ? unreadIn(node, schema, path) : []
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Variables of the SDKs; none of them reaches the server's keys (facts: the SDKs' own sources). */
const SDK_VARIABLES: ReadonlySet<string> = new Set([
  'token',
  'url',
  'host',
  'port',
  'scheme',
  'timeout',
  'username',
  'password',
  'prefix',
  'group',
  'pid',
  'ttl',
  'function_url',
])

const SERVICE_LINK = /^(?:.*_)?(?:service_(?:host|port)(?:_.*)?|port_\d+_(?:tcp|udp)(?:_.*)?)$/

/** What has no effect among the variables with the server's prefix. */
export function ignoredVariables(
  assignments: readonly Assignment[],
  table: TableNode,
  schema: Schema,
): readonly Ignored[] {
  const misspellings = new Misspellings(schema)
  return assignments.flatMap(({ name, path, node }) =>
    unreadAlong(path, node, table).map(({ path: unread, kind }): Ignored => {
      const single = path.length === 1 && unread === path[0]
      const special = single ? specialWhy(unread, node) : undefined
      const known =
        special !== undefined || kind === 'element' || schema.elsewhere(unread) !== undefined
      const meant = known ? undefined : misspellings.meantBy(unread)
      return {
        kind: 'variable',
        what: name,
        origin: node.origin,
        why: special ?? variableWhy(unread, path.join('.'), kind, schema),
        ...(meant !== undefined && { meant: variableFor(meant) }),
      }
    }),
  )
}

function specialWhy(key: string, { value }: Node): string | undefined {
  const isLink = value.kind === 'string' && value.value.startsWith('tcp://')
  if (isLink || SERVICE_LINK.test(key))
    return 'a Kubernetes service link: it sets no key of the server'
  if (SDK_VARIABLES.has(key)) return "the SDKs' variable: it sets no key of the server"
  return undefined
}

function variableWhy(unread: string, whole: string, kind: Unread['kind'], schema: Schema): string {
  if (kind === 'element') return surplusWhy(unread)
  const other = schema.elsewhere(unread)
  if (other !== undefined) return other
  const where = unread === whole ? 'it sets' : 'its value holds'
  return `${where} the key ${unread}, which the server does not have`
}

function unreadAlong(path: readonly string[], node: Node, table: TableNode): readonly Unread[] {
  let schema: SchemaNode = table
  for (const [index, part] of path.entries()) {
    if (schema.kind !== 'table') return []
    const child = schema.children.get(part)
    if (child === undefined) {
      const known = path.slice(0, index + 1).join('.')
      const rest = path.slice(index + 1)
      return [{ path: [known, ...rest].join('.'), origin: node.origin, kind: 'key' }]
    }
    schema = child
  }
  return unreadAt(node, schema, path.join('.'))
}

/** A variable with the server's prefix that it drops for its name. */
export function ignoredName({ name, origin }: Variable): Ignored {
  const why = 'a part of the key it would set is empty, so the server drops it'
  return { kind: 'variable', what: name, origin, why }
}

/** Flags that the server reads and then drops, because the one they need is missing (src/cli.rs). */
export function ignoredFlags(uses: readonly FlagUse[]): readonly Ignored[] {
  return uses
    .filter((use) => isDropped(use, uses))
    .map(({ row: { flag }, origin }) => ({
      kind: 'flag',
      what: flag.name,
      origin,
      why: `the server looks at it only together with ${flag.companion}`,
    }))
}

import type { Origin } from '../config/setting.ts'
import { nodeAt } from './document.ts'
import type { Facts } from './facts.ts'

/** Where entry `index` of a list of texts stands: its own span in a file, its own argument, or the whole list's place. */
export function elementOrigin(
  facts: Facts,
  list: { readonly path: string; readonly value: readonly string[]; readonly origin: Origin },
  index: number,
): Origin {
  const { origin, value, path } = list
  switch (origin.kind) {
    case 'file': {
      const node = nodeAt(facts.document, path)
      const items = node?.value.kind === 'array' ? node.value.items : []
      return items.length === value.length ? (items[index]?.origin ?? origin) : origin
    }
    case 'argument':
      return argumentOrigin(facts, value[index] ?? '', origin)
    case 'variable':
    case 'default':
      return origin
  }
}

function argumentOrigin(
  facts: Facts,
  entry: string,
  origin: Extract<Origin, { kind: 'argument' }>,
): Origin {
  const found = facts.arguments.find(
    (argument, index) =>
      argument.text === `${origin.name}=${entry}` ||
      (argument.text === entry && facts.arguments[index - 1]?.text === origin.name),
  )
  return found?.origin.kind === 'argument' ? { ...found.origin, name: origin.name } : origin
}

import { decodeStandard } from './base64.ts'
import { quoteGo } from './go-text.ts'
import { formatGo, textOf } from './go-value.ts'
import { type Held, type HeldValue, lowerNames, typeOf } from './held.ts'
import type { YamlAlias, YamlCollection, YamlNode, YamlScalar } from './yaml-node.ts'
import { resolveScalar, shortTag } from './yaml-tag.ts'

export type YamlDecoding =
  | { readonly kind: 'read'; readonly entries: ReadonlyMap<string, Held> }
  /** `message` is yaml v3's whole text; the node is the one to blame. */
  | { readonly kind: 'refused'; readonly message: string; readonly node: YamlNode }
  | { readonly kind: 'unknown'; readonly decides: string }

/** Decodes a document into a map[string]any as yaml v3.0.4 does (decode.go), names in lower case as viper makes them. */
export function decodeYaml(
  root: YamlNode,
  place: (node: YamlNode) => Held['origin'],
): YamlDecoding {
  const decoder = new Decoder(place)
  try {
    const entries = decoder.decodeRoot(root)
    const [first] = decoder.faults
    if (first === undefined) return { kind: 'read', entries: lowerAll(entries) }
    const list = decoder.faults.map(({ message }) => `  ${message}`).join('\n')
    return { kind: 'refused', message: `yaml: unmarshal errors:\n${list}`, node: first.node }
  } catch (error) {
    if (error instanceof Fatal)
      return { kind: 'refused', message: `yaml: ${error.message}`, node: error.node }
    if (error instanceof Beyond) return { kind: 'unknown', decides: error.message }
    throw error
  }
}

/** viper v1.21.0, insensitiviseMap: maps in lists too. */
function lowerAll(entries: ReadonlyMap<string, Held>): ReadonlyMap<string, Held> {
  return lowerNames([...entries].map(([name, held]) => [name, lowerWithin(held)]))
}

function lowerWithin(held: Held): Held {
  if (held.kind === 'map') return { ...held, entries: lowerAll(held.entries) }
  return held.kind === 'list' ? { ...held, items: held.items.map(lowerWithin) } : held
}

/** An error that ends the decoding at once. */
class Fatal extends Error {
  readonly node: YamlNode

  constructor(message: string, node: YamlNode) {
    super(message)
    this.node = node
  }
}

/** More than this tool goes through. */
class Beyond extends Error {}

const MAX_DEPTH = 1000
const MAX_NODES = 200_000
const MAX_FAULTS = 1000

/** Keys that are text already, or of any type and made text later (cast.ToString). */
type KeyKind = 'text' | 'any'

interface Key {
  /** As viper shows it. */
  readonly name: string
  /** What Go tells keys apart by. */
  readonly identity: string
}

/** A map that is being filled. */
interface Filling {
  readonly keys: KeyKind
  readonly entries: Map<string, Held>
}

class Decoder {
  readonly faults: { readonly message: string; readonly node: YamlNode }[] = []
  readonly #place: (node: YamlNode) => Held['origin']
  readonly #active = new Set<YamlAlias>()
  #count = 0
  #aliased = 0
  #depth = 0
  /** The keys that a merge must not touch. */
  #merged: Set<string> | undefined

  constructor(place: (node: YamlNode) => Held['origin']) {
    this.#place = place
  }

  decodeRoot(root: YamlNode): ReadonlyMap<string, Held> {
    const entries = new Map<string, Held>()
    this.#step(root, (node) => {
      if (node.kind === 'map') this.#fill(node, { keys: 'text', entries })
      else if (node.kind !== 'scalar' || this.#resolve(node).kind !== 'nil')
        this.#refuse(node, 'map[string]interface {}')
    })
    return entries
  }

  /** Counts a decoding of `node` and hands on what it stands for; the ratio is that of decode.go. */
  #step<T>(node: YamlNode, decode: (node: Exclude<YamlNode, YamlAlias>) => T): T {
    this.#count++
    if (this.#active.size > 0) this.#aliased++
    const ratio = this.#aliased / this.#count
    if (this.#aliased > 100 && this.#count > 1000 && ratio > allowedRatio(this.#count))
      throw new Fatal('document contains excessive aliasing', node)
    if (this.#count > MAX_NODES) throw new Beyond(`more than ${MAX_NODES} YAML nodes`)
    if (this.#depth === MAX_DEPTH) throw new Beyond(`YAML nested ${MAX_DEPTH} levels deep`)
    this.#depth++
    try {
      return node.kind === 'alias' ? this.#follow(node, decode) : decode(node)
    } finally {
      this.#depth--
    }
  }

  #follow<T>(node: YamlAlias, decode: (node: Exclude<YamlNode, YamlAlias>) => T): T {
    if (this.#active.has(node)) throw new Fatal(`anchor '${node.name}' value contains itself`, node)
    this.#active.add(node)
    const result = this.#step(node.target, decode)
    this.#active.delete(node)
    return result
  }

  #refuse(node: Exclude<YamlNode, YamlAlias>, into: string): undefined {
    this.#addFault(`line ${node.line}: cannot unmarshal ${describe(node)} into ${into}`, node)
  }

  #addFault(message: string, node: YamlNode): void {
    if (this.faults.length === MAX_FAULTS) throw new Beyond('which of its many errors come first')
    this.faults.push({ message, node })
  }

  /** Undefined where it cannot be decoded. */
  #decode(node: YamlNode): Held | undefined {
    return this.#step(node, (target) => {
      const value = this.#decodeValue(target)
      return value === undefined ? undefined : { ...value, origin: this.#place(node) }
    })
  }

  #decodeValue(node: Exclude<YamlNode, YamlAlias>): HeldValue | undefined {
    switch (node.kind) {
      case 'scalar':
        return this.#resolve(node)
      case 'list': {
        const items = node.items.map((item) => this.#decode(item))
        const kept = items.filter((item) => item !== undefined)
        return { kind: 'list', type: '[]interface {}', items: kept }
      }
      case 'map': {
        const filling: Filling = { keys: hasTextKeys(node) ? 'text' : 'any', entries: new Map() }
        return this.#fill(node, filling) ? { kind: 'map', entries: filling.entries } : undefined
      }
    }
  }

  #resolve(node: YamlScalar): HeldValue {
    const resolved = resolveScalar(node)
    if (typeof resolved === 'string') throw new Fatal(resolved, node)
    const { tag, value } = resolved
    if (value === undefined) return { kind: 'nil' }
    if (typeof value === 'boolean') return { kind: 'bool', value }
    if (typeof value === 'number') return { kind: 'float', value }
    if (typeof value === 'bigint')
      return { kind: 'int', value, type: value < 2n ** 63n ? 'int' : 'uint64' }
    if (typeof value === 'object') return { kind: 'time', type: 'time.Time' }
    return { kind: 'string', value: tag === '!!binary' ? decodeBinary(value, node) : value }
  }

  /** Adds the pairs of `node`; false where a key stands there twice. */
  #fill(node: YamlCollection, into: Filling): boolean {
    if (this.#hasRepeatedKeys(node)) return false
    const merged = this.#merged
    this.#merged = undefined
    let merge: YamlNode | undefined
    for (const [key, value] of pairsOf(node)) {
      if (isMerge(key)) merge = value
      else this.#add(key, value, into, merged)
    }
    this.#merged = merged
    if (merge !== undefined) this.#merge(node, merge, into)
    return true
  }

  #add(key: YamlNode, value: YamlNode, into: Filling, merged: Set<string> | undefined): void {
    const found = this.#decodeKey(key, into.keys)
    if (found === undefined) return
    if (merged?.has(found.identity) === true) return
    merged?.add(found.identity)
    const held = this.#decode(value)
    if (held !== undefined) into.entries.set(found.name, { ...held, key: this.#place(key) })
  }

  #decodeKey(key: YamlNode, keys: KeyKind): Key | undefined {
    return this.#step(key, (node) => {
      if (node.kind === 'scalar') {
        const value = this.#resolve(node)
        if (keys === 'any') return keyOf(value, node)
        // A null is no text.
        if (value.kind === 'nil') return undefined
        const name = value.kind === 'string' ? value.value : node.value
        return { name, identity: `string:${name}` }
      }
      if (keys === 'text') return this.#refuse(node, 'string')
      const value = this.#decodeValue(node)
      if (value === undefined) return undefined
      throw new Fatal(`invalid map key: ${formatGo(value)}`, node)
    })
  }

  /** Tells of keys that are written alike; Go compares all of them in pairs. */
  #hasRepeatedKeys(node: YamlCollection): boolean {
    const keys = pairsOf(node).map(([key]) => key)
    const alike = new Map<string, YamlNode[]>()
    for (const key of keys) {
      const others = alike.get(writtenAs(key))
      if (others === undefined) alike.set(writtenAs(key), [key])
      else others.push(key)
    }
    if (alike.size === keys.length) return false
    for (const key of keys) {
      const others = alike.get(writtenAs(key)) ?? []
      others.shift()
      for (const other of others) {
        const name = quoteGo(other.kind === 'scalar' ? other.value : nameOf(other))
        const message = `mapping key ${name} already defined at line ${key.line}`
        this.#addFault(`line ${other.line}: ${message}`, other)
      }
    }
    return true
  }

  /** What `<<` brings in: keys that are there already win, and of several sources the first (decode.go, merge). */
  #merge(parent: YamlCollection, merge: YamlNode, into: Filling): void {
    const before = this.#merged
    if (before === undefined) {
      const own = new Set<string>()
      for (const [key] of pairsOf(parent)) {
        const found = this.#decodeAnyKey(key)
        if (found !== undefined) own.add(found.identity)
      }
      this.#merged = own
    }
    const sources = merge.kind === 'list' ? merge.items : [merge]
    for (const source of sources) {
      const target = source.kind === 'alias' ? source.target : source
      if (target.kind !== 'map')
        throw new Fatal('map merge requires map or sequence of maps as the value', source)
      this.#step(source, () => this.#fill(target, into))
    }
    this.#merged = before
  }

  /** A key of the map that something is merged into, whatever its type; lists and maps cannot be compared. */
  #decodeAnyKey(key: YamlNode): Key | undefined {
    return this.#step(key, (node) => {
      if (node.kind === 'scalar') return keyOf(this.#resolve(node), node)
      const value = this.#decodeValue(node)
      if (value === undefined) return undefined
      throw new Fatal(`runtime error: hash of unhashable type ${typeOf(value)}`, node)
    })
  }
}

function allowedRatio(count: number): number {
  if (count <= 400_000) return 0.99
  return count >= 4_000_000 ? 0.1 : 0.99 - (0.89 * (count - 400_000)) / 3_600_000
}

function pairsOf({ items }: YamlCollection): readonly (readonly [YamlNode, YamlNode])[] {
  return items.flatMap((key, index) => {
    const value = items[index + 1]
    return index % 2 === 0 && value !== undefined ? [[key, value] as const] : []
  })
}

function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.value === '<<' && shortTag(key) === '!!merge'
}

function hasTextKeys(node: YamlCollection): boolean {
  return pairsOf(node).every(([key]) => ['!!str', '!!merge'].includes(shortTag(key)))
}

function nameOf(key: YamlNode): string {
  return key.kind === 'alias' ? key.name : ''
}

function writtenAs(key: YamlNode): string {
  return `${key.kind}:${key.kind === 'scalar' ? key.value : nameOf(key)}`
}

/** The tag and the beginning of a scalar, as errors show it; Go cuts bytes. */
function describe(node: Exclude<YamlNode, YamlAlias>): string {
  const tag = shortTag(node)
  const value = node.kind === 'scalar' ? node.value : ''
  if (tag === '!!seq' || tag === '!!map') return tag + value
  const bytes = Buffer.from(value)
  const shown = bytes.length > 10 ? `${bytes.subarray(0, 7).toString()}...` : value
  return `${tag} \`${shown}\``
}

function decodeBinary(text: string, node: YamlNode): string {
  const read = decodeStandard(Buffer.from(text))
  if (read.ok) return Buffer.from(read.bytes).toString()
  throw new Fatal('!!binary value contains invalid base64 data', node)
}

function keyOf(value: HeldValue, node: YamlScalar): Key {
  const name = textOf(value) ?? node.value
  return { name, identity: `${value.kind}:${name}` }
}

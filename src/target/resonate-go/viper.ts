import type { Variable } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import type { Held } from './held.ts'

/** A flag bound to a key: its value, and whether the command line set it. */
export interface BoundFlag {
  readonly held: Held
  readonly changed: boolean
}

/** Everything viper looks a key up in; keys are in lower case. */
export interface Layers {
  readonly flags: ReadonlyMap<string, BoundFlag>
  readonly variables: readonly Variable[]
  /** The configuration file's keys in lower case. */
  readonly file: ReadonlyMap<string, Held>
}

/** One layer's value for a key, the strongest first. */
export interface Found {
  readonly held: Held
  readonly layer: 'flag' | 'variable' | 'file' | 'default'
}

/** The variable that sets `key`: upper case, dots become underscores, no prefix (v0.8.2 cmd/serve/serve.go:43-44). */
export function variableOf(key: string): string {
  return key.toUpperCase().replaceAll('.', '_')
}

/** Looks keys up as viper v1.21.0 does (viper.go, find): flag, variable, file, default; parents can hide a key. */
export class Viper {
  readonly layers: Layers
  readonly #variables: ReadonlyMap<string, Variable>

  constructor(layers: Layers) {
    this.layers = layers
    // An empty variable counts as unset; of a repeated name the first counts, as for os.LookupEnv.
    const set = layers.variables.filter(({ value }) => value !== '')
    this.#variables = new Map([...set].reverse().map((variable) => [variable.name, variable]))
  }

  /** The value of `key` (lower case); undefined = nil. */
  find(key: string): Found | undefined {
    const { flags, file } = this.layers
    const flag = flags.get(key)
    if (flag?.changed === true) return { held: flag.held, layer: 'flag' }
    const variable = this.variable(variableOf(key))
    if (variable !== undefined) return { held: variable, layer: 'variable' }
    const parents = parentsOf(key)
    if (parents.some((parent) => this.variable(variableOf(parent)) !== undefined)) return undefined
    const path = key.split('.')
    const held = searchByPrefixes(file, path)
    if (held !== undefined) return { held, layer: 'file' }
    if (isShadowed(file, path)) return undefined
    return flag === undefined ? undefined : { held: flag.held, layer: 'default' }
  }

  /** All layers that hold `key`, the strongest first, whether or not a parent hides them. */
  findAll(key: string): readonly Found[] {
    const { flags, file } = this.layers
    const flag = flags.get(key)
    const variable = this.variable(variableOf(key))
    const held = searchByPrefixes(file, key.split('.'))
    return [
      ...(flag?.changed === true ? [{ held: flag.held, layer: 'flag' } as const] : []),
      ...(variable === undefined ? [] : [{ held: variable, layer: 'variable' } as const]),
      ...(held === undefined ? [] : [{ held, layer: 'file' } as const]),
      ...(flag === undefined || flag.changed
        ? []
        : [{ held: flag.held, layer: 'default' } as const]),
    ]
  }

  variable(name: string): Held | undefined {
    const variable = this.#variables.get(name)
    if (variable === undefined) return undefined
    const { value, why = 'the files do not tell its value', origin } = variable
    return value === undefined
      ? { kind: 'unknown', why, origin }
      : { kind: 'string', value, origin }
  }

  /**
   * The settings as one tree of `keys` (viper.go, getSettings). A parent of one of them that the file holds as something
   * else than a map takes the place of all below it.
   */
  settings(keys: readonly string[]): Held & { readonly kind: 'map' } {
    const root: Branch = new Map()
    const parents = new Set(keys.flatMap(parentsOf))
    const leaves = [...parents].filter((parent) => isLeaf(this.layers.file, parent.split('.')))
    for (const key of [...leaves, ...keys]) {
      const held = this.find(key)?.held
      if (held !== undefined && held.kind !== 'nil') plant(root, key.split('.'), held)
    }
    return grow(root)
  }
}

type Branch = Map<string, Branch | Held>

function plant(root: Branch, path: readonly string[], held: Held): void {
  let branch = root
  for (const name of path.slice(0, -1)) {
    const next = branch.get(name)
    const child: Branch = next instanceof Map ? next : new Map()
    branch.set(name, child)
    branch = child
  }
  branch.set(path.at(-1) ?? '', held)
}

const NOWHERE: Origin = { kind: 'default' }

function grow(branch: Branch): Held & { readonly kind: 'map' } {
  const entries = new Map(
    [...branch].map(([name, child]) => [name, child instanceof Map ? grow(child) : child]),
  )
  return { kind: 'map', entries, origin: NOWHERE }
}

/** The dotted paths above `key`, the outermost first. */
export function parentsOf(key: string): readonly string[] {
  const path = key.split('.')
  return path.slice(1).map((_, index) => path.slice(0, index + 1).join('.'))
}

/** A key may be written whole or in parts that are joined by dots; the longest part is tried first. */
function searchByPrefixes(
  entries: ReadonlyMap<string, Held>,
  path: readonly string[],
): Held | undefined {
  for (let length = path.length; length > 0; length--) {
    const held = entries.get(path.slice(0, length).join('.'))
    if (held === undefined) continue
    if (length === path.length) {
      if (held.kind !== 'nil') return held
      continue
    }
    const found = searchBelow(held, path.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

function searchBelow(held: Held, path: readonly string[]): Held | undefined {
  if (held.kind === 'map') return searchByPrefixes(held.entries, path)
  if (held.kind !== 'list') return undefined
  const [first = '', ...rest] = path
  const item = /^\d{1,9}$/.test(first) ? held.items[Number(first)] : undefined
  return item === undefined || rest.length === 0 ? item : searchBelow(item, rest)
}

/** Whether the file holds something other than a map exactly at `path`, null included. */
function isLeaf(entries: ReadonlyMap<string, Held>, path: readonly string[]): boolean {
  return path.some((_, index) => {
    const held = entries.get(path.slice(0, index + 1).join('.'))
    if (held === undefined) return false
    const rest = path.slice(index + 1)
    if (rest.length === 0) return held.kind !== 'map'
    return held.kind === 'map' && isLeaf(held.entries, rest)
  })
}

/** Whether a parent of `path` is there and neither a map nor null (viper.go, isPathShadowedInDeepMap). */
function isShadowed(entries: ReadonlyMap<string, Held>, path: readonly string[]): boolean {
  let level = entries
  for (const name of path.slice(0, -1)) {
    const held = level.get(name)
    if (held === undefined || held.kind === 'nil') return false
    if (held.kind !== 'map') return true
    level = held.entries
  }
  return false
}

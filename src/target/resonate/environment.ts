import type { Variable } from '../../config/configuration.ts'
import { mergeLayers } from '../../config/merge.ts'
import type { Node, Origin, Value } from '../../config/setting.ts'
import { readEnvironmentValue } from './environment-value.ts'
import { trimText } from './rust-text.ts'

/** The prefix of the server's variables (Env::prefixed in src/config.rs); upper and lower case are the same. */
const PREFIX = 'RESONATE_'
const SERVER_VARIABLE = /^RESONATE_/i

/** What one variable sets; `node` is its value alone, without the tables around it. */
export interface Assignment {
  readonly name: string
  /** The parts of the key, e.g. `['auth', 'publickey']`. */
  readonly path: readonly string[]
  readonly node: Node
}

export type Environment =
  | {
      readonly ok: true
      /** One table of everything, in which a later variable has won over an earlier one. */
      readonly node: Node
      readonly assignments: readonly Assignment[]
      /** Variables with the prefix whose name has an empty part: the server drops them unread. */
      readonly dropped: readonly Variable[]
      /** Variables nested so deeply that the server's stack may overflow (exit 134), which depends on the machine. */
      readonly deep: readonly Variable[]
    }
  | { readonly ok: false; readonly panic: string; readonly origin: Origin }

/** Release builds with the usual 8 MiB of stack overflow at 1443 nested lists; figment's reader is recursive. */
const DEEP = 1000

/** Why a value is not known where nobody says more. */
export const UNTOLD = 'the files do not tell its value'

/** A table without entries, below all layers. */
export const EMPTY: Node = {
  value: { kind: 'table', entries: new Map() },
  origin: { kind: 'default' },
}

/** Whether the server's environment reader looks at a variable called `name` at all. */
export function isServerVariable(name: string): boolean {
  return SERVER_VARIABLE.test(trimText(name))
}

/**
 * The key that a variable's name sets, by its parts: the prefix taken off, `__` and `.` part, white space around the
 * whole is nothing, ASCII letters become small. `dropped` when a part is empty, undefined without the prefix
 * (figment src/providers/env.rs).
 */
export function readEnvironmentName(name: string): readonly string[] | 'dropped' | undefined {
  if (!isServerVariable(name)) return undefined
  const key = trimText(trimText(name).slice(PREFIX.length).replaceAll('__', '.'))
  const parts = key.split('.')
  if (parts.includes('')) return 'dropped'
  return parts.map((part) => part.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()))
}

/** Reads the variables in the order of the environment; the first value that makes the server panic ends it. */
export function readEnvironment(variables: readonly Variable[]): Environment {
  const assignments: Assignment[] = []
  const dropped: Variable[] = []
  const deep: Variable[] = []
  for (const variable of variables) {
    const path = readEnvironmentName(variable.name)
    if (path === undefined) continue
    if (path === 'dropped') {
      dropped.push(variable)
      continue
    }
    const read = readValue(variable)
    if (!read.ok) return { ok: false, panic: read.panic, origin: variable.origin }
    if (Math.max(path.length, read.depth) > DEEP) {
      deep.push(variable)
      continue
    }
    const assigned = { value: read.value, origin: variable.origin }
    assignments.push({ name: variable.name, path, node: assigned })
  }
  const layers = assignments.map(({ path, node }) => nest(path, node))
  return { ok: true, node: mergeLayers(EMPTY, layers), assignments, dropped, deep }
}

function readValue({ value, origin, why }: Variable): ReturnType<typeof readEnvironmentValue> {
  if (value !== undefined) return readEnvironmentValue(value, origin)
  return { ok: true, value: { kind: 'unknown', why: why ?? UNTOLD }, depth: 0 }
}

/** `node` inside one table for each part of `path`, the outermost first. */
export function nest(path: readonly string[], node: Node): Node {
  return path.reduceRight<Node>((inner, part) => {
    const value: Value = { kind: 'table', entries: new Map([[part, inner]]) }
    return { value, origin: node.origin }
  }, node)
}

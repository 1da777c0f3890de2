import type { SettingValue } from '../../config/configuration.ts'
import type { Node, Origin, Value } from '../../config/setting.ts'
import { parseToml } from '../../config/toml.ts'
import type { Assignment } from './environment.ts'
import type { FlagUse } from './flags.ts'
import { PLUGINS } from './settings-plugins.ts'

export type Overrides =
  | { readonly ok: true; readonly assignments: readonly Assignment[] }
  | { readonly ok: false; readonly message: string; readonly origin: Origin }

/** What the flags of the plugin layout set, in the order in which each wins over the one before (src/serve.rs). */
export function readOverrides(uses: readonly FlagUse[], command: 'serve' | 'dev'): Overrides {
  const reader = new OverrideReader(uses)
  reader.readNamed()
  const failure = reader.readSets()
  if (failure !== undefined) return failure
  reader.readSqlitePath(command)
  return { ok: true, assignments: reader.assignments }
}

class OverrideReader {
  readonly assignments: Assignment[] = []
  readonly #uses: readonly FlagUse[]

  constructor(uses: readonly FlagUse[]) {
    this.#uses = uses
  }

  #find(name: string): FlagUse | undefined {
    return this.#uses.find(({ row }) => row.flag.name === name)
  }

  #assign(key: string, value: Value, { row, origin }: FlagUse): void {
    const path = key.split('.')
    this.assignments.push({ name: row.flag.name, path, node: { value, origin } })
  }

  readNamed(): void {
    for (const use of this.#uses) {
      const { key, type } = use.row
      if (key.startsWith('--') || key === SQLITE_PATH) continue
      if (type !== 'strings') this.#assign(key, typedValue(use.value), use)
    }
    this.#readOrigins()
    this.#readStorage()
    this.#readServers()
    this.#readBind()
  }

  #readOrigins(): void {
    const own = this.#uses.filter(({ row }) => row.key === ORIGINS)
    const last = own.at(-1)
    if (last === undefined) return
    const items = own.map(({ value, origin }): Node => ({ value: typedValue(value), origin }))
    this.#assign(ORIGINS, { kind: 'array', items }, last)
  }

  #readStorage(): void {
    const use = this.#find('--storage-type')
    if (use === undefined) return
    const name = String(use.value)
    const value = name.startsWith('server_') ? name : `server_${name}`
    this.#assign('servers.active', { kind: 'string', value }, use)
  }

  /** What is about the server is written to every one that the binary carries. */
  #readServers(): void {
    const host = this.#find('--server-host')
    const port = this.#find('--server-port')
    const url = this.#find('--server-url')
    const said = url ?? port ?? host
    const retry = this.#find('--tasks-retry-timeout')
    for (const id of PLUGINS.servers) {
      if (said !== undefined) {
        const value = url?.value ?? `http://${host?.value ?? 'localhost'}:${port?.value ?? 8001}`
        this.#assign(`servers.${id}.server_url`, typedValue(value), said)
      }
      if (retry !== undefined)
        this.#assign(`servers.${id}.retry_timeout`, typedValue(retry.value), retry)
    }
  }

  /** One address of two flags: the missing half is a default, never the file's. */
  #readBind(): void {
    const bind = this.#find('--server-bind')
    const port = this.#find('--server-port')
    const said = bind ?? port
    if (said === undefined) return
    const value = `${bind?.value ?? '0.0.0.0'}:${port?.value ?? 8001}`
    this.#assign('gateways.gateway_http.bind', { kind: 'string', value }, said)
  }

  /** `--set KEY=VALUE`: the value as TOML if it is some, else as a text. */
  readSets(): Overrides | undefined {
    for (const use of this.#uses.filter(({ row }) => row.key === '--set')) {
      const text = Array.isArray(use.value) ? String(use.value[0]) : ''
      const equals = text.indexOf('=')
      const key = (equals === -1 ? text : text.slice(0, equals)).trim()
      const value = equals === -1 ? 'true' : text.slice(equals + 1)
      const toml = parseToml(`${key} = ${value}`, '--set')
      const read = toml.ok ? toml : parseToml(`${key} = ${quoteToml(value)}`, '--set')
      if (!read.ok)
        return { ok: false, message: `${key}: ${read.message} (from --set)`, origin: use.origin }
      for (const [path, node] of leavesOf(read.root))
        this.assignments.push({ name: '--set', path, node: placeAt(use.origin, node) })
    }
    return undefined
  }

  /** Applied last of all; `dev` always does (src/serve.rs, `DevArgs::options`). */
  readSqlitePath(command: 'serve' | 'dev'): void {
    const use = this.#find('--storage-sqlite-path')
    if (use !== undefined) this.#assign(SQLITE_PATH, typedValue(use.value), use)
    else if (command === 'dev')
      this.assignments.push({
        name: 'dev',
        path: SQLITE_PATH.split('.'),
        node: { value: { kind: 'string', value: ':memory:' }, origin: { kind: 'default' } },
      })
  }
}

const SQLITE_PATH = 'servers.server_sqlite.path'
const ORIGINS = 'gateways.gateway_http.cors_allow_origins'

function typedValue(value: SettingValue): Value {
  switch (typeof value) {
    case 'bigint':
      return { kind: 'int', value }
    case 'boolean':
      return { kind: 'bool', value }
    case 'string':
      return { kind: 'string', value }
    default:
      break
  }
  if (Array.isArray(value)) return { kind: 'string', value: String(value[0]) }
  const why = typeof value === 'object' && 'unknown' in value ? value.unknown : 'it is not known'
  return { kind: 'unknown', why }
}

function quoteToml(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The values that stand at the ends of the tables of an assignment. */
function* leavesOf(
  { value }: Node,
  path: readonly string[] = [],
): Generator<readonly [readonly string[], Node]> {
  if (value.kind !== 'table') return
  for (const [name, node] of value.entries) {
    const place = [...path, name]
    // A table with a place of its own was written as a value, the others are parts of the key.
    const isPart = node.value.kind === 'table' && node.key !== undefined && sameSpan(node)
    if (isPart) yield* leavesOf(node, place)
    else yield [place, node]
  }
}

/** A value with all that stands in it, written at `origin`. */
function placeAt(origin: Origin, { value }: Node): Node {
  switch (value.kind) {
    case 'array': {
      const items = value.items.map((item) => placeAt(origin, item))
      return { value: { kind: 'array', items }, origin }
    }
    case 'table': {
      const entries = [...value.entries].map(
        ([name, node]) => [name, placeAt(origin, node)] as const,
      )
      return { value: { kind: 'table', entries: new Map(entries) }, origin }
    }
    default:
      return { value, origin }
  }
}

function sameSpan({ key, origin }: Node): boolean {
  return (
    key?.kind === 'file' &&
    origin.kind === 'file' &&
    key.span.start === origin.span.start &&
    key.span.end === origin.span.end
  )
}

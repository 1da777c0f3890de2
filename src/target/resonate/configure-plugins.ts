import type {
  Configuration,
  ConfigurationSource,
  SettingValue,
  Start,
} from '../../config/configuration.ts'
import { mergeLayers } from '../../config/merge.ts'
import type { Node, Origin, Setting } from '../../config/setting.ts'
import { EMPTY, type Environment, nest, readEnvironment } from './environment.ts'
import { extractSettings } from './extract.ts'
import type { Extracted, Extraction, Refusal } from './extraction.ts'
import { type ArgumentsRead, readArguments } from './flags.ts'
import { ignoredName } from './ignored.ts'
import { type Layers, optionalTables, settle } from './layers.ts'
import { type Overrides, readOverrides } from './overrides.ts'
import { entriesAt, ignoredPlugins } from './plugin-sections.ts'
import { startPlugins } from './plugin-startup.ts'
import { nestSchema, type TableNode } from './schema.ts'
import { secretKeys, withSecrets } from './secrets.ts'
import { PLUGINS, SCHEMA_PLUGINS, TOP_LEVEL } from './settings-plugins.ts'
import {
  describeFile,
  faultOrigin,
  type RefusedFile,
  readSourceFile,
  type SourceFile,
} from './source-file.ts'
import { fatal, judgeInputs } from './start.ts'
import type { LoadKey } from './startup.ts'

/**
 * The same for the plugin layout of 0.10: flags are a layer like the others, each plugin reads its own section, and
 * keys that nobody reads stop the server.
 */
export function configurePlugins(source: ConfigurationSource, loadKey: LoadKey): Configuration {
  return new PluginReading(source, loadKey).run()
}

/** One section as its plugin reads it. */
interface Section {
  readonly key: string
  readonly extraction: Extraction
}

class PluginReading {
  readonly #source: ConfigurationSource
  readonly #loadKey: LoadKey
  readonly #root: TableNode = nestSchema(SCHEMA_PLUGINS)
  readonly #args: ArgumentsRead
  readonly #environment: Environment
  readonly #file: SourceFile
  readonly #overrides: Overrides
  readonly #merged: Node
  readonly #whole: Extraction
  readonly #layers: Layers
  readonly #settings: ReadonlyMap<string, Setting<SettingValue>>

  constructor(source: ConfigurationSource, loadKey: LoadKey) {
    this.#source = source
    this.#loadKey = loadKey
    this.#args = readArguments(source.arguments, SCHEMA_PLUGINS)
    const uses = this.#args.kind === 'flags' ? this.#args.uses : []
    const command = this.#args.kind === 'flags' ? this.#args.command : 'serve'
    const path = uses.find(({ row }) => row.key === '--config')?.value
    this.#environment = readEnvironment(source.variables ?? [])
    this.#file = readSourceFile(source, typeof path === 'string' ? path : undefined)
    this.#overrides = readOverrides(uses, command)
    const file = this.#file.kind === 'read' ? this.#file.root : undefined
    const variables = this.#environment.ok ? [this.#environment.node] : []
    const flags = this.#overrides.ok ? this.#overrides.assignments : []
    const layers = flags.map((assignment) => nest(assignment.path, assignment.node))
    const below = file === undefined ? variables : [file, ...variables]
    this.#merged = mergeLayers(EMPTY, [...below, ...layers])
    this.#whole = extractSettings(this.#merged, this.#root)
    const assigned = this.#environment.ok ? this.#environment.assignments : []
    const assignments = [...assigned, ...flags]
    this.#layers = { file, assignments, extraction: this.#whole, uses: [], command }
    this.#settings = settle(SCHEMA_PLUGINS, this.#root, this.#layers)
  }

  run(): Configuration {
    return {
      settings: this.#settings,
      tables: optionalTables(SCHEMA_PLUGINS, this.#layers),
      secrets: secretKeys(this.#root, this.#layers),
      ignored: [
        ...ignoredPlugins(this.#merged, this.#active()),
        ...(this.#environment.ok ? this.#environment.dropped.map(ignoredName) : []),
      ],
      start: withSecrets(this.#start(), this.#root, this.#layers),
      ...describeFile(this.#file),
    }
  }

  #start(): Start {
    const file = this.#file
    const stopped = judgeInputs(this.#args, this.#environment, file)
    if (stopped !== undefined) return stopped
    if (!this.#overrides.ok) return fatal(this.#overrides.message, this.#overrides.origin)
    if (file.kind === 'refused') return fileStart(file)
    return (
      this.#topLevelStart() ??
      this.#sectionsStart() ??
      startPlugins({
        settings: this.#settings,
        tables: this.#whole.tables,
        active: this.#active(),
        files: this.#source.files,
        loadKey: this.#loadKey,
      })
    )
  }

  /** The process's own keys, then those that nobody reads. */
  #topLevelStart(): Start | undefined {
    const own = new Map([...this.#root.children].filter(([, child]) => child.kind === 'setting'))
    const { refusal } = extractSettings(this.#merged, { ...this.#root, children: own })
    if (refusal !== undefined) return this.#refuse(refusal.path.join('.'), refusal)
    const unread = entriesAt(this.#merged, []).filter(([name]) => !TOP_LEVEL.includes(name))
    const [first] = unread
    if (first === undefined) return undefined
    const names = unread.map(([name]) => `\`${name}\``).sort()
    const taken = TOP_LEVEL.map((name) => `\`${name}\``).join(', ')
    const message = `unknown configuration: ${names.join(', ')} — the top level takes ${taken}`
    return fatal(message, first[1].key ?? first[1].origin)
  }

  #sectionsStart(): Start | undefined {
    const active = this.#active()
    const carried: readonly string[] = PLUGINS.servers
    if (!carried.includes(active)) {
      const list = carried.join(', ')
      const message = `server '${active}' is not compiled into this binary; it carries: ${list}`
      return fatal(message, this.#whole.values.get('servers.active')?.origin)
    }
    for (const { key, extraction } of this.#sections(active)) {
      const { refusal } = extraction
      if (refusal !== undefined) return this.#refuse(refusedKey(key, refusal), refusal)
      const low = lowest(key, extraction)
      if (low !== undefined) {
        const message = `must be at least ${low.least} (got ${low.written.value})`
        return this.#refuse(low.key, { message, path: [], origin: low.written.origin })
      }
    }
    return undefined
  }

  #active(): string {
    const active = this.#whole.values.get('servers.active')?.value
    return typeof active === 'string' ? active : 'server_sqlite'
  }

  /** What each plugin reads, in the server's order. */
  *#sections(active: string): Generator<Section> {
    const keys = [
      `servers.${active}`,
      ...PLUGINS.workers.map((id) => `workers.${id}`),
      ...PLUGINS.gateways.map((id) => `gateways.${id}`),
    ]
    for (const key of keys) {
      const [section = '', id = ''] = key.split('.')
      const parent = this.#root.children.get(section)
      const table = parent?.kind === 'table' ? parent.children.get(id) : undefined
      const node = entriesAt(this.#merged, [section]).find(([name]) => name === id)?.[1]
      if (table?.kind === 'table' && node !== undefined)
        yield { key, extraction: extractSettings(node, table) }
    }
  }

  #refuse(key: string, { message, origin }: Refusal): Start {
    return fatal(`${key}: ${message}${this.#from(origin)}`, origin)
  }

  #from(origin: Origin): string {
    switch (origin.kind) {
      case 'file':
        return ` (from TOML file ${this.#file.kind === 'read' ? this.#file.shown : origin.file})`
      case 'variable':
        return ' (from `RESONATE_` environment variable(s))'
      case 'argument':
        return ' (from TOML source string)'
      case 'default':
        return ''
    }
  }
}

function fileStart(file: RefusedFile): Start {
  const message = `configuration: ${file.message} (from TOML file ${file.shown})`
  return fatal(message, faultOrigin(file))
}

/** figment appends the section to the path of a wrong type, and the server writes it in front once more. */
function refusedKey(section: string, { path, unknownKey }: Refusal): string {
  if (path.length === 0) return section
  const inner = `${section}.${path.join('.')}`
  return unknownKey ? inner : `${inner}.${section}`
}

function lowest(
  section: string,
  { values }: Extraction,
): { readonly key: string; readonly least: bigint; readonly written: Extracted } | undefined {
  for (const [key, least] of SCHEMA_PLUGINS.minimums) {
    const written = key.startsWith(`${section}.`) ? values.get(key) : undefined
    if (typeof written?.value === 'bigint' && written.value < least) return { key, least, written }
  }
  return undefined
}

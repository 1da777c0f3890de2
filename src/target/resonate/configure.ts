import type {
  Configuration,
  ConfigurationSource,
  Ignored,
  SettingValue,
  Start,
  Variable,
} from '../../config/configuration.ts'
import { mergeLayers } from '../../config/merge.ts'
import type { Node, Setting } from '../../config/setting.ts'
import { debugText } from '../../token/rust-debug.ts'
import { configurePlugins } from './configure-plugins.ts'
import { EMPTY, type Environment, nest, readEnvironment, UNTOLD } from './environment.ts'
import { extractSettings } from './extract.ts'
import type { Extraction, Refusal } from './extraction.ts'
import { type ArgumentsRead, readArguments } from './flags.ts'
import { ignoredFlags, ignoredKeys, ignoredName, ignoredVariables } from './ignored.ts'
import { loadKey as readKey } from './keys.ts'
import { isForced, type Layers, optionalTables, settle } from './layers.ts'
import { nestSchema, type TableNode } from './schema.ts'
import { secretKeys, secretsIn, withSecrets } from './secrets.ts'
import type { Schema } from './settings.ts'
import { patchVersion, schemaOf09 } from './settings-09.ts'
import { SCHEMA_010 } from './settings-010.ts'
import {
  describeFile,
  faultOrigin,
  type RefusedFile,
  readSourceFile,
  type SourceFile,
} from './source-file.ts'
import { fatal, judgeInputs } from './start.ts'
import { checkMinimums, checkStorageType, judgeStart, type LoadKey } from './startup.ts'

/**
 * Reads file, variables and arguments as the Rust server of `version` (`0.9`, `0.9.0` to `0.9.8`, `0.10`, `0.10-plugins`) does at its start:
 * the effective settings, what is ignored, and whether it starts. Where it does not start, the settings tell what could
 * be read. Pure and total: nothing a user writes makes it throw.
 */
export function configure(
  version: string,
  source: ConfigurationSource,
  loadKey: LoadKey = readKey,
): Configuration {
  if (version === '0.10-plugins') return configurePlugins(source, loadKey)
  const schema = version.startsWith('0.10') ? SCHEMA_010 : schemaOf09(patchVersion(version))
  return new Startup(schema, source, loadKey).run()
}

const NO_FLAGS = { kind: 'flags', command: 'serve', uses: [] } as const

class Startup {
  readonly #schema: Schema
  readonly #root: TableNode
  readonly #source: ConfigurationSource
  readonly #loadKey: LoadKey
  readonly #args: ArgumentsRead
  readonly #environment: Environment
  readonly #file: SourceFile
  readonly #otlp: Node | undefined
  readonly #extraction: Extraction
  readonly #layers: Layers
  readonly #settings: ReadonlyMap<string, Setting<SettingValue>>

  constructor(schema: Schema, source: ConfigurationSource, loadKey: LoadKey) {
    this.#schema = schema
    this.#root = nestSchema(schema)
    this.#source = source
    this.#loadKey = loadKey
    this.#args = readArguments(source.arguments, schema)
    this.#environment = readEnvironment(source.variables ?? [])
    this.#file = readSourceFile(source)
    this.#otlp = readOtlp(source.variables ?? [])
    const file = this.#file.kind === 'read' ? this.#file.root : undefined
    const variables = this.#environment.ok ? [this.#environment.node] : []
    const otlp = this.#otlp === undefined ? [] : [nest(OTLP_KEY.split('.'), this.#otlp)]
    const merged = mergeLayers(EMPTY, [
      ...(file === undefined ? [] : [file]),
      ...variables,
      ...otlp,
    ])
    this.#extraction = extractSettings(merged, this.#root)
    const { command, uses } = this.#args.kind === 'flags' ? this.#args : NO_FLAGS
    const assigned = this.#environment.ok ? this.#environment.assignments : []
    const assignments =
      this.#otlp === undefined
        ? assigned
        : [...assigned, { name: OTLP_VARIABLE, path: OTLP_KEY.split('.'), node: this.#otlp }]
    this.#layers = { file, assignments, extraction: this.#extraction, uses, command }
    this.#settings = settle(schema, this.#root, this.#layers)
  }

  run(): Configuration {
    return {
      settings: this.#settings,
      tables: optionalTables(this.#schema, this.#layers),
      secrets: secretKeys(this.#root, this.#layers),
      ignored: this.#ignored(),
      start: withSecrets(this.#start(), this.#root, this.#layers),
      refused: this.#refused(),
      ...describeFile(this.#file),
    }
  }

  #start(): Start {
    const file = this.#file
    const stopped = judgeInputs(this.#args, this.#environment, file)
    if (stopped !== undefined) return stopped
    if (file.kind === 'refused') return fileStart(file)
    const { refusal } = this.#extraction
    if (refusal !== undefined)
      return fatal(`Configuration error: ${describeRefusal(refusal, file)}`, refusal.origin)
    return (
      this.#storageStart() ??
      judgeStart({
        settings: this.#settings,
        files: this.#source.files,
        loadKey: this.#loadKey,
      })
    )
  }

  #storageStart(): Start | undefined {
    const type = this.#extraction.values.get('storage.type')
    const known = this.#schema.tables
      .map(({ key }) => key.split('.'))
      .flatMap(([parent, name]) => (parent === 'storage' && name !== undefined ? [name] : []))
    return checkStorageType(type, known) ?? checkMinimums(this.#extraction, this.#schema)
  }

  /** What comes after the first refusal; messages with a secret in them are told without it. */
  #refused(): NonNullable<Configuration['refused']> {
    return this.#extraction.refusals.slice(1).map(({ message, origin }) => ({
      message: secretsIn(message, this.#root, this.#layers).reduce(
        (text, secret) => text.replaceAll(secret, '‹redacted›'),
        message,
      ),
      origin,
    }))
  }

  #ignored(): readonly Ignored[] {
    const { file, assignments, uses } = this.#layers
    return [
      ...(file === undefined ? [] : ignoredKeys(file, this.#root, this.#schema)),
      ...ignoredVariables(assignments, this.#root, this.#schema),
      ...(this.#environment.ok ? this.#environment.dropped.map(ignoredName) : []),
      ...ignoredFlags(uses),
      ...this.#forced(),
    ]
  }

  /** `dev` reads and then replaces the SQLite path of file and variables. */
  #forced(): readonly Ignored[] {
    return [...this.#settings].flatMap(([key, { origin, shadows }]) => {
      const lost = shadows[0]
      if (!isForced(key, this.#layers) || origin.kind !== 'default' || lost === undefined) return []
      const isFile = lost.origin.kind === 'file'
      const what = lost.origin.kind === 'variable' ? lost.origin.name : key
      const why = '"dev" keeps its data in memory unless --storage-sqlite-path is given'
      return [{ kind: isFile ? 'key' : 'variable', what, origin: lost.origin, why }]
    })
  }
}

const OTLP_VARIABLE = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const OTLP_KEY = 'observability.otlp_endpoint'

/** OpenTelemetry's own variable: its text, not typed, beats the server's variable (src/config.rs). */
function readOtlp(variables: readonly Variable[]): Node | undefined {
  const variable = variables.find(({ name }) => name === OTLP_VARIABLE)
  if (variable === undefined) return undefined
  const { value, origin } = variable
  if (value === undefined)
    return { value: { kind: 'unknown', why: variable.why ?? UNTOLD }, origin }
  return { value: { kind: 'string', value }, origin }
}

function fileStart(file: RefusedFile): Start {
  const message = `Configuration error: ${file.message} in ${file.shown} TOML file`
  return fatal(message, faultOrigin(file))
}

/** The refusal as figment prints it (src/error.rs): where the key stands, in the words of its layer. */
function describeRefusal({ message, path, origin }: Refusal, file: SourceFile): string {
  if (origin.kind === 'file') {
    const shown = file.kind === 'read' ? file.shown : origin.file
    return `${message} for key ${debugText(`default.${path.join('.')}`)} in ${shown} TOML file`
  }
  const key = path.map((part) => part.replace(/[a-z]/g, (letter) => letter.toUpperCase())).join('.')
  return `${message} for key ${debugText(key)} in \`RESONATE_\` environment variable(s)`
}

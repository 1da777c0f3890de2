import type {
  Configuration,
  ConfigurationSource,
  SettingValue,
  Start,
} from '../../config/configuration.ts'
import type { Origin, Setting } from '../../config/setting.ts'
import { type ConfigFile, readConfigFile } from './config-file.ts'
import { partsOf, structOf, withParts } from './config-struct.ts'
import { type Decoded, type Decoding, decodeInto } from './decode.ts'
import { type ArgumentsRead, readArguments } from './flags.ts'
import { formatDuration } from './go-duration.ts'
import { castBool } from './go-value.ts'
import { type Held, plainOf } from './held.ts'
import { listIgnored } from './ignored.ts'
import { secretsOf } from './secrets.ts'
import { type GoVersion, SETTINGS, type SettingRow } from './settings.ts'
import {
  type FailedStart,
  failStart,
  panicStart,
  refuseStart,
  type StartSetting,
} from './start-outcome.ts'
import { judgeStart } from './startup.ts'
import { Viper } from './viper.ts'

/**
 * Reads file, variables and arguments as the Go server does at its start: the effective settings, what is ignored, and
 * whether it starts. The users of a basic-auth map stand below its key, one setting each (`….auth.alice`). Pure and
 * total: nothing a user writes makes it throw.
 */
export function configure(version: GoVersion, source: ConfigurationSource): Configuration {
  return new Startup(version, source).run()
}

const NOTHING: Origin = { kind: 'default' }

class Startup {
  readonly #version: GoVersion
  readonly #source: ConfigurationSource
  readonly #rows: readonly SettingRow[]
  readonly #args: ArgumentsRead
  readonly #file: ConfigFile
  readonly #viper: Viper
  readonly #decoding: Decoding = { values: new Map(), faults: [] }
  /** Where the decoding of v0.8.2 panics. */
  readonly #panic: boolean

  constructor(version: GoVersion, source: ConfigurationSource) {
    this.#version = version
    this.#source = source
    this.#rows = SETTINGS[version]
    this.#args = readArguments(source.arguments, this.#rows)
    const server = this.#args.kind === 'server' ? this.#args : withoutArguments(this.#rows)
    this.#file = readConfigFile(source, server.command, server.config)
    this.#viper = new Viper({
      flags: server.flags,
      variables: source.variables ?? [],
      file: this.#file.kind === 'read' ? this.#file.entries : new Map(),
    })
    this.#panic = version === '0.7' ? this.#decodeWhole() : this.#decodeParts()
  }

  run(): Configuration {
    const file = this.#file
    const settings = this.#settings()
    return {
      settings,
      secrets: this.#secretKeys(settings),
      tables: new Map(),
      ignored: listIgnored(this.#version, this.#source, this.#args, file),
      start: this.#start(),
      ...((file.kind === 'read' || file.kind === 'refused') && {
        file: {
          path: file.path,
          text: file.text ?? '',
          ...(file.kind === 'read' && file.grammar !== undefined && { grammar: file.grammar }),
        },
      }),
    }
  }

  /** v0.7.24: the whole configuration in one go, weakly typed. */
  #decodeWhole(): boolean {
    const keys = this.#rows.map(({ key }) => key.toLowerCase())
    const root = this.#viper.settings(keys)
    decodeInto(structOf(this.#rows, ''), root, '', true, this.#decoding)
    return false
  }

  /** v0.8.2: what is not a part weakly typed, then every part by itself and strictly (cmd/serve/serve.go:61-71). */
  #decodeParts(): boolean {
    const keys = this.#rows.map(({ key }) => key.toLowerCase())
    const root = this.#viper.settings(keys)
    const roots = partsOf(this.#rows)
    const own = this.#rows.filter(({ key }) => !roots.some((part) => key.startsWith(`${part}.`)))
    decodeInto(withParts(structOf(own, '')), root, '', true, this.#decoding)
    if (this.#decoding.faults.length > 0) return false
    for (const part of roots) {
      const key = `${part}.enabled`
      this.#decoding.values.set(key, castBool(this.#viper.find(key.toLowerCase())?.held))
      const config = `${part}.config`
      const held = descend(root, config.toLowerCase())
      if (held === undefined) return true
      decodeInto(structOf(this.#rows, config), held, '', false, this.#decoding)
      if (this.#decoding.faults.length > 0) return false
    }
    return false
  }

  #start(): Start {
    const args = this.#args
    if (args.kind === 'unknown')
      return { starts: 'unknown', decides: args.decides, origin: args.origin }
    if (args.kind === 'exit') return this.#hide(failStart(args.exit, args.message, args.origin))
    const file = this.#file
    if (file.kind === 'unknown') return { starts: 'unknown', decides: file.decides }
    if (file.kind === 'refused') return this.#hide(refuseStart(file.message, file.origin))
    const { faults } = this.#decoding
    const [first] = faults
    if (first !== undefined) {
      const list = faults.map(({ message }) => message).join('\n')
      // A value that is no map at all is one error; the fields of a map are a list of them.
      const message = list.startsWith("''") ? list : DECODING_FAILED + list
      return this.#hide(refuseStart(message, first.culprit.origin))
    }
    if (this.#panic) return panicStart('plugin config not found')
    return judgeStart({
      version: this.#version,
      setting: (key) => this.#startSetting(key),
      files: this.#source.files,
    })
  }

  #hide(start: FailedStart): Start {
    return { ...start, secrets: secretsOf(start.message, this.#source, this.#rows) }
  }

  #startSetting(key: string): StartSetting {
    return { value: this.#decoding.values.get(key), origin: this.#originOf(key) }
  }

  #originOf(key: string): Origin {
    return this.#viper.find(key.toLowerCase())?.held.origin ?? NOTHING
  }

  /** The keys whose values must not be shown, each user's password among them. */
  #secretKeys(settings: ReadonlyMap<string, unknown>): ReadonlySet<string> {
    const secret = this.#rows.filter((row) => row.secret === true)
    return new Set(
      [...settings.keys()].filter((name) =>
        secret.some(({ key }) => name === key || name.startsWith(`${key}.`)),
      ),
    )
  }

  #settings(): ReadonlyMap<string, Setting<SettingValue>> {
    const settings = new Map<string, Setting<SettingValue>>()
    for (const row of this.#rows) {
      const value = this.#decoding.values.get(row.key)
      const winner = this.#viper.find(row.key.toLowerCase())
      const shadows = this.#viper
        .findAll(row.key.toLowerCase())
        .filter(({ layer }) => layer !== winner?.layer)
        .map(({ held }) => ({ value: plainOf(held), origin: held.origin }))
      const origin = winner?.held.origin ?? NOTHING
      settings.set(row.key, { value: shownValue(row, value), origin, shadows })
      if (value instanceof Map)
        for (const [user, password] of value)
          settings.set(`${row.key}.${user}`, {
            value: password,
            origin: memberOrigin(winner?.held, user) ?? origin,
            shadows: [],
          })
    }
    return settings
  }
}

const DECODING_FAILED = 'decoding failed due to the following error(s):\n\n'

function withoutArguments(
  rows: readonly SettingRow[],
): ArgumentsRead & { readonly kind: 'server' } {
  const read = readArguments([], rows)
  if (read.kind !== 'server') throw new Error('no arguments mean serve')
  return read
}

function descend(root: Held, key: string): Held | undefined {
  let held: Held | undefined = root
  for (const name of key.split('.'))
    held = held?.kind === 'map' ? held.entries.get(name) : undefined
  return held
}

function memberOrigin(held: Held | undefined, name: string): Origin | undefined {
  return held?.kind === 'map' ? held.entries.get(name)?.origin : undefined
}

/** A decoded value as settings show it: a map by its names, a duration as Go prints it. */
function shownValue(row: SettingRow, value: Decoded | undefined): SettingValue {
  if (value instanceof Map) return [...value.keys()]
  if (row.type === 'duration' && typeof value === 'bigint') return formatDuration(value)
  // Only a map is an instance of Map, which the compiler does not conclude from a read-only one.
  if (value !== undefined) return value as Exclude<Decoded, ReadonlyMap<string, string>>
  return { string: '', bool: false, int: 0n, duration: '0s', strings: [], map: [] }[row.type]
}

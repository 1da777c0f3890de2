import type { Argument } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import { commandIndex, type ProcessExit, readRoot } from './commands.ts'
import { fallbackOf, listOf, mapOf, readPairs } from './flag-values.ts'
import { parseGoDuration, quoteTime } from './go-duration.ts'
import { parseBool, parseGoInteger } from './go-number.ts'
import { quoteFirstByte, quoteGo } from './go-text.ts'
import type { Held } from './held.ts'
import type { SettingRow, SettingType } from './settings.ts'
import type { BoundFlag } from './viper.ts'

export type ServerCommand = 'serve' | 'dev'

/** The command line as cobra v1.10.1 and pflag v1.0.10 read it. */
export type ArgumentsRead =
  | {
      readonly kind: 'server'
      readonly command: ServerCommand
      /** By viper key, in lower case; every key has one. */
      readonly flags: ReadonlyMap<string, BoundFlag>
      /** `--config`, where it is given and not empty. */
      readonly config?: { readonly path: string; readonly origin: Origin }
      /** Arguments that stand there for nothing. */
      readonly idle: readonly Argument[]
    }
  | ProcessExit
  | { readonly kind: 'unknown'; readonly decides: string; readonly origin: Origin }

/** Reads the arguments after the server's name; none at all means `serve`. */
export function readArguments(
  args: readonly Argument[],
  rows: readonly SettingRow[],
): ArgumentsRead {
  const unknown = args.find(({ text }) => text === undefined)
  if (unknown !== undefined)
    return {
      kind: 'unknown',
      decides: unknown.why ?? 'an argument that the files do not tell',
      origin: unknown.origin,
    }
  if (args.length === 0) return new FlagReader('serve', [], rows).read()
  const at = commandIndex(args)
  const name = at === undefined ? undefined : args[at]?.text
  if (name === 'serve' || name === 'dev')
    return new FlagReader(
      name,
      args.filter((_, index) => index !== at),
      rows,
    ).read()
  return readRoot(args, name)
}

interface FlagRow {
  readonly name: string
  readonly type: SettingType
  readonly shorthand?: string
  /** Absent for flags that set no key. */
  readonly key?: string
}

const SERVE_FLAGS: readonly FlagRow[] = [{ name: 'ignore-asserts', type: 'bool' }]

const COMMON_FLAGS: readonly FlagRow[] = [
  { name: 'config', type: 'string', shorthand: 'c' },
  { name: 'help', type: 'bool', shorthand: 'h' },
]

/** A flag as given: its text once more, and what it amounts to so far. */
interface Use {
  readonly held: Held
  readonly pairs?: ReadonlyMap<string, string>
  readonly texts?: readonly string[]
}

/** An error of pflag on its way to the function that reports it. */
class Refused extends Error {
  readonly origin: Origin | undefined

  constructor(message: string, origin: Origin | undefined) {
    super(message)
    this.origin = origin
  }
}

class FlagReader {
  readonly #command: ServerCommand
  readonly #rows: readonly SettingRow[]
  readonly #flags: readonly FlagRow[]
  readonly #uses = new Map<string, Use>()
  readonly #idle: Argument[] = []
  readonly #args: readonly Argument[]
  #at = 0

  constructor(command: ServerCommand, args: readonly Argument[], rows: readonly SettingRow[]) {
    this.#command = command
    this.#rows = rows
    this.#args = args
    this.#flags = [
      ...COMMON_FLAGS,
      ...(command === 'serve' ? SERVE_FLAGS : []),
      ...rows.map(({ flag, type, key }) => ({ name: flag, type, key })),
    ]
  }

  read(): ArgumentsRead {
    try {
      while (this.#at < this.#args.length) if (!this.#readNext()) break
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { message, origin } = error
      const where = origin === undefined ? {} : { origin }
      return { kind: 'exit', exit: 1, message: `Error: ${message}`, ...where }
    }
    const help = this.#uses.get('help')?.held
    if (help?.kind === 'bool' && help.value) return { kind: 'exit', exit: 0, message: '' }
    const config = this.#uses.get('config')?.held
    return {
      kind: 'server',
      command: this.#command,
      flags: this.#bind(),
      idle: this.#idle,
      ...(config?.kind === 'string' &&
        config.value !== '' && { config: { path: config.value, origin: config.origin } }),
    }
  }

  /** Reads one argument; false after `--`, which ends the flags. */
  #readNext(): boolean {
    const argument = this.#args[this.#at++]
    const text = argument?.text ?? ''
    if (argument === undefined) return false
    if (text === '--') {
      this.#idle.push(...this.#args.slice(this.#at))
      return false
    }
    if (text.startsWith('--')) this.#readLong(text, argument)
    else if (text.startsWith('-') && text.length > 1) this.#readShort(text.slice(1), argument)
    else this.#idle.push(argument)
    return true
  }

  #readLong(text: string, argument: Argument): void {
    const body = text.slice(2)
    if (/^[-=]/.test(body)) throw new Refused(`bad flag syntax: ${text}`, argument.origin)
    const equals = body.indexOf('=')
    const name = equals < 0 ? body : body.slice(0, equals)
    const flag = this.#flags.find((row) => row.name === name)
    if (flag === undefined) throw new Refused(`unknown flag: --${name}`, argument.origin)
    if (equals >= 0) this.#set(flag, body.slice(equals + 1), argument.origin)
    else if (flag.type === 'bool') this.#set(flag, 'true', argument.origin)
    else this.#setNext(flag, `--${name}`, argument)
  }

  /** Gives `flag` the next argument. */
  #setNext(flag: FlagRow, shown: string, argument: Argument): void {
    const value = this.#args[this.#at++]
    if (value === undefined) throw new Refused(`flag needs an argument: ${shown}`, argument.origin)
    this.#set(flag, value.text ?? '', value.origin)
  }

  #readShort(letters: string, argument: Argument): void {
    for (let rest = letters; rest !== ''; ) {
      const letter = rest.charAt(0)
      const shown = `${quoteFirstByte(rest)} in -${rest}`
      const flag = this.#flags.find(({ shorthand }) => shorthand === letter)
      if (flag === undefined) throw new Refused(`unknown shorthand flag: ${shown}`, argument.origin)
      const equals = rest.length > 2 && rest.charAt(1) === '='
      const isSwitch = !equals && flag.type === 'bool'
      if (equals) this.#set(flag, rest.slice(2), argument.origin)
      else if (isSwitch) this.#set(flag, 'true', argument.origin)
      else if (rest.length > 1) this.#set(flag, rest.slice(1), argument.origin)
      else this.#setNext(flag, shown, argument)
      rest = isSwitch ? rest.slice(1) : ''
    }
  }

  #set(flag: FlagRow, text: string, origin: Origin): void {
    const refuse = (why: string): never => {
      const name = flag.shorthand === undefined ? '' : `-${flag.shorthand}, `
      throw new Refused(
        `invalid argument ${quoteGo(text)} for ${quoteGo(`${name}--${flag.name}`)} flag: ${why}`,
        origin,
      )
    }
    this.#uses.set(flag.name, this.#readValue(flag, text, origin, refuse))
  }

  #readValue(flag: FlagRow, text: string, origin: Origin, refuse: (why: string) => never): Use {
    switch (flag.type) {
      case 'string':
        return { held: { kind: 'string', value: text, origin } }
      case 'bool': {
        const value = parseBool(text)
        if (value === undefined)
          return refuse(`strconv.ParseBool: parsing ${quoteGo(text)}: invalid syntax`)
        return { held: { kind: 'bool', value, origin } }
      }
      case 'int': {
        const value = parseGoInteger(text)
        if (typeof value !== 'bigint')
          return refuse(`strconv.ParseInt: parsing ${quoteGo(text)}: ${value}`)
        return { held: { kind: 'int', value, type: 'int', origin } }
      }
      case 'duration': {
        const read = parseGoDuration(text)
        if (!read.ok) return refuse(`${read.message} ${quoteTime(text)}`)
        return { held: { kind: 'string', value: text, origin } }
      }
      case 'strings': {
        const texts = [...(this.#uses.get(flag.name)?.texts ?? []), text]
        return { held: listOf(texts, origin), texts }
      }
      case 'map': {
        const before = this.#uses.get(flag.name)?.pairs ?? new Map<string, string>()
        const pairs = new Map([...before, ...readPairs(text, refuse)])
        return { held: mapOf(pairs, origin), pairs }
      }
    }
  }

  #bind(): ReadonlyMap<string, BoundFlag> {
    return new Map(
      this.#rows.map((row): readonly [string, BoundFlag] => {
        const use = this.#uses.get(row.flag)
        const held = use?.held ?? fallbackOf(row, this.#command)
        return [row.key.toLowerCase(), { held, changed: use !== undefined }]
      }),
    )
  }
}

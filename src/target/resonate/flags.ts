import type { Argument, SettingValue } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import { UNTOLD } from './environment.ts'
import {
  complainOf,
  displayFlag,
  type FlaggedRow,
  possibleValues,
  typeFlagText,
} from './flag-value.ts'
import type { Schema, SettingRow } from './settings.ts'
import { findSimilar } from './similarity.ts'
import { readSubcommand } from './subcommand.ts'
import { similarTip, usageError } from './usage.ts'

/** One use of a flag on the command line, typed. */
export interface FlagUse {
  readonly row: FlaggedRow
  readonly value: SettingValue
  readonly origin: Origin
}

export type ArgumentsRead =
  | { readonly kind: 'flags'; readonly command: 'serve' | 'dev'; readonly uses: readonly FlagUse[] }
  /** The server says `message` on standard error and ends; 0 after a help or version text. */
  | {
      readonly kind: 'exit'
      readonly exit: number
      readonly message: string
      readonly origin?: Origin
    }
  | { readonly kind: 'unknown'; readonly decides: string; readonly origin?: Origin }

/**
 * Reads the server's command line after its name as clap 4.6 does (src/main.rs, src/cli.rs): no arguments are `serve`
 * without flags. Values are checked by type only; what they mean is not looked at.
 */
export function readArguments(args: readonly Argument[], schema: Schema): ArgumentsRead {
  const [first, ...rest] = args
  if (first === undefined) return { kind: 'flags', command: 'serve', uses: [] }
  if (first.text === undefined) return unknownArgument(first)
  if (first.text === 'serve' || first.text === 'dev')
    return new FlagReader(first.text, rest, schema).read()
  const flags = [...flaggedRows(schema).map(({ flag }) => flag.name), '--help']
  return readSubcommand(first, rest, flags)
}

function unknownArgument({ origin, why }: Argument): ArgumentsRead {
  return { kind: 'unknown', decides: why ?? 'an argument that the files do not tell', origin }
}

/** A flag whose value is still to come, or has come and is not looked at yet: clap does that at the next flag. */
interface Pending {
  readonly row: FlaggedRow
  readonly origin: Origin
  value: Argument | undefined
}

class Refused extends Error {
  readonly result: ArgumentsRead

  constructor(result: ArgumentsRead) {
    super()
    this.result = result
  }
}

class FlagReader {
  readonly #command: 'serve' | 'dev'
  readonly #args: readonly Argument[]
  readonly #rows: readonly FlaggedRow[]
  readonly #uses: FlagUse[] = []
  #pending: Pending | undefined

  constructor(command: 'serve' | 'dev', args: readonly Argument[], schema: Schema) {
    this.#command = command
    this.#args = args
    this.#rows = flaggedRows(schema)
  }

  read(): ArgumentsRead {
    try {
      this.#readAll()
      return { kind: 'flags', command: this.#command, uses: this.#uses }
    } catch (error) {
      if (error instanceof Refused) return error.result
      throw error
    }
  }

  #readAll(): void {
    let afterEscape = false
    for (const arg of this.#args) {
      const { text } = arg
      const waiting = this.#pending !== undefined && this.#pending.value === undefined
      if (text === undefined) {
        if (!waiting || afterEscape) throw new Refused(unknownArgument(arg))
        this.#fill(arg)
      } else if (!afterEscape && text === '--') afterEscape = true
      else if (!afterEscape && text.startsWith('--')) this.#readLong(arg, text)
      else if (!afterEscape && text.startsWith('-') && text !== '-') this.#readShort(arg, text)
      else if (waiting && !afterEscape) this.#fill(arg)
      else this.#refuse(arg, `unexpected argument '${text}' found`, '[OPTIONS]')
    }
    this.#settle()
  }

  #fill(arg: Argument): void {
    if (this.#pending !== undefined) this.#pending.value = arg
  }

  #readLong(arg: Argument, text: string): void {
    const equals = text.indexOf('=')
    const name = equals === -1 ? text : text.slice(0, equals)
    const value = equals === -1 ? undefined : text.slice(equals + 1)
    const row = this.#rows.find(({ flag }) => flag.name === name)
    if (name === '--help' || (row !== undefined && row.flag.value === undefined)) {
      if (value !== undefined) this.#refuseAttached(arg, name, value)
      this.#settle()
      if (row === undefined) throw new Refused({ kind: 'exit', exit: 0, message: '' })
      this.#put(row, true, arg.origin)
    } else if (row === undefined) this.#refuseUnknown(arg, name)
    else {
      this.#settle()
      this.#pending = { row, origin: arg.origin, value: undefined }
      if (value === undefined) return
      this.#fill({ text: value, origin: arg.origin })
      this.#settle()
    }
  }

  #readShort(arg: Argument, text: string): void {
    const flag = [...text][1] ?? ''
    if (flag !== 'h') this.#refuse(arg, `unexpected argument '-${flag}' found`, '[OPTIONS]')
    this.#settle()
    throw new Refused({ kind: 'exit', exit: 0, message: '' })
  }

  /** Types and keeps the flag that waits. */
  #settle(): void {
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    const { row, origin, value } = pending
    if (value === undefined)
      this.#refuse(
        { text: row.flag.name, origin },
        `a value is required for '${displayFlag(row)}' but none was supplied${possibleValues(row)}`,
      )
    if (row.type !== 'strings') this.#refuseSecond(row, origin)
    if (value.text === undefined) {
      this.#put(row, { unknown: value.why ?? UNTOLD }, value.origin)
      return
    }
    const complaint = complainOf(row, value.text)
    if (complaint !== undefined) this.#refuse({ text: value.text, origin }, complaint)
    this.#put(row, typeFlagText(row.type, value.text), origin)
  }

  #put(row: FlaggedRow, value: SettingValue, origin: Origin): void {
    if (row.flag.value === undefined) this.#refuseSecond(row, origin)
    this.#uses.push({ row, value, origin })
  }

  #refuseSecond(row: FlaggedRow, origin: Origin): void {
    if (this.#uses.some((use) => use.row === row))
      this.#refuse(
        { text: row.flag.name, origin },
        `the argument '${displayFlag(row)}' cannot be used multiple times`,
        '[OPTIONS]',
      )
  }

  #refuse(arg: Argument, sentence: string, usage?: string, tip?: string): never {
    const details = {
      ...(tip !== undefined && { tip }),
      ...(usage !== undefined && { usage: `${this.#command} ${usage}` }),
    }
    const message = usageError(sentence, details)
    throw new Refused({ kind: 'exit', exit: 2, message, origin: arg.origin })
  }

  #refuseUnknown(arg: Argument, name: string): never {
    const used = this.#usedFlags()
    const names = [...this.#rows.map(({ flag }) => flag.name), '--help'].map((flag) =>
      flag.slice(2),
    )
    const similar = findSimilar(name.slice(2), names).at(-1)
    const row = this.#rows.find(({ flag }) => flag.name === `--${similar}`)
    const shown = row === undefined ? undefined : displayFlag(row)
    if (shown !== undefined && !used.includes(shown)) used.push(shown)
    if (similar === 'help') used.push('--help')
    const usage = used.length === 0 ? '[OPTIONS]' : used.join(' ')
    const tip = similar === undefined ? undefined : similarTip('argument', [`--${similar}`])
    this.#refuse(arg, `unexpected argument '${name}' found`, usage, tip)
  }

  /** The flags that clap names in a usage line: those seen, less one given twice, with the waiting one. */
  #usedFlags(): string[] {
    const rows = this.#uses.map((use) => use.row)
    const waiting = this.#pending
    if (waiting?.value !== undefined) {
      const twice = waiting.row.type !== 'strings' && rows.includes(waiting.row)
      if (!twice) rows.push(waiting.row)
      else rows.splice(rows.indexOf(waiting.row), 1)
    }
    return [...new Set(rows)].map(displayFlag)
  }

  #refuseAttached(arg: Argument, name: string, value: string): never {
    const rows = [...new Set(this.#uses.map((use) => use.row))]
    const own = rows.filter((row) => !isCommon(row)).map(displayFlag)
    const group = this.#rows.filter(isCommon).map(displayFlag).join('|')
    const grouped = rows.some(isCommon)
    const single = grouped && name !== '--help' ? [] : [name]
    const usage = [...own, ...single, ...(grouped ? [`<${group}>`] : [])].join(' ')
    const sentence = `unexpected value '${value}' for '${name}' found; no more were expected`
    this.#refuse(arg, sentence, usage)
  }
}

/** Whether serve and dev share the flag; each declares the SQLite path itself (src/cli.rs). */
function isCommon(row: SettingRow): boolean {
  return row.key !== 'storage.sqlite.path'
}

/** The rows with a flag, in the order in which clap declares the flags: it decides between equal suggestions. */
function flaggedRows(schema: Schema): readonly FlaggedRow[] {
  const rows = [...schema.rows, ...(schema.flags ?? [])].flatMap((row) =>
    row.flag === undefined ? [] : [{ ...row, flag: row.flag }],
  )
  return rows.toSorted((left, right) => declarationRank(left) - declarationRank(right))
}

function declarationRank({ key }: SettingRow): number {
  if (key === 'storage.sqlite.path') return 3
  if (key.startsWith('transports.http_push.auth.')) return 1
  return /^(?:transports\.(?:gcps|bash_exec)|observability)\./.test(key) ? 2 : 0
}

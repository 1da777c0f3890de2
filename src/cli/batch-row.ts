import { InvalidArgumentError } from 'commander'
import { AuthError } from '../errors.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { type Column, claimOf, type FieldName } from './batch-columns.ts'
import { resolveWhen, when } from './options.ts'

/** What holds for all rows of a batch. */
export interface RowFrame {
  readonly now: NumericDate
  /** Claims that flags fix, as JSON texts. */
  readonly fixed: ReadonlyMap<string, string>
  /** Claims of rows that set them nowhere; a function makes a new one for every row. */
  readonly defaults: ReadonlyMap<string, string | (() => string)>
  /** Whether a flag says that a token may open nothing. */
  readonly opensNothing: boolean
}

/** One row ready to be signed. */
export interface Row {
  readonly id: string | undefined
  readonly kid: string | undefined
  /** The token id that the row brought itself. */
  readonly jti: string | undefined
  readonly claims: string
  /** Whether it asked for a token that opens nothing. */
  readonly opensNothing: boolean
  /** JSON texts of what goes out beside the token. */
  readonly shown: { readonly jti: string | undefined; readonly exp: string | undefined }
}

/** The text of each column in one row; undefined where the row gives none. */
export type Cells = readonly (string | undefined)[]

/** A claim's place in the claims set, and what it is in a row as JSON. */
interface Slot {
  readonly head: string
  json(cells: Cells): string | undefined
}

/** RFC 7519 §4.1, then what Resonate servers read: the order of a single token. */
const ORDER = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'role', 'prefix'] as const

/** Instants that are remembered. */
const INSTANTS = 64

/** Reads rows that have the same columns. */
export class RowReader {
  readonly #columns: readonly Column[]
  readonly #frame: RowFrame
  /** The first column of each field. */
  readonly #fields = new Map<FieldName, number>()
  readonly #slots: readonly Slot[]
  /** What texts mean as instants: mostly the same few in all rows. */
  readonly #instants = new Map<string, string>()
  /** Whether a claim of any name says what the token opens, so that nobody is asked. */
  readonly #reachClaimed: boolean

  /** Throws AuthError ERR_INPUT_FORM when two columns set the same thing. */
  constructor(columns: readonly Column[], frame: RowFrame) {
    this.#columns = columns
    this.#frame = frame
    refuseTwice(columns)
    for (const [at, column] of columns.entries())
      if (column.kind === 'field' && !this.#fields.has(column.name))
        this.#fields.set(column.name, at)
    const claimed = columns.flatMap((column) => (column.kind === 'claim' ? [column.name] : []))
    const others = [...frame.fixed.keys(), ...claimed].filter((name) => !isOrdered(name))
    this.#slots = [...ORDER, ...others].map((name) => this.#slot(name))
    const reach = [...claimed, ...frame.fixed.keys()]
    this.#reachClaimed = reach.includes('prefix') || reach.includes('role')
  }

  /** The row with these cells. Throws AuthError saying what is wrong with it. */
  read(cells: Cells): Row {
    const values = this.#slots.map((slot) => slot.json(cells))
    const opensNothing = this.#frame.opensNothing || this.#isOn(cells, 'no-prefix')
    const [, , , exp, , , jti, role, prefix] = values
    if (prefix !== undefined && opensNothing && !this.#frame.opensNothing)
      throw invalid('"no-prefix" and a prefix contradict each other')
    const reaches = prefix !== undefined || this.#reachClaimed || role?.toLowerCase() === '"admin"'
    if (!reaches && !opensNothing)
      throw invalid('nothing says what the token opens: give prefix, role, all-ids or no-prefix')
    return {
      id: this.#text(cells, 'id'),
      kid: this.#text(cells, 'kid'),
      jti: this.#text(cells, 'jti'),
      claims: this.#serialize(values),
      opensNothing: opensNothing && prefix === undefined && role === undefined,
      shown: { jti, exp },
    }
  }

  #serialize(values: readonly (string | undefined)[]): string {
    let text = ''
    for (const [at, value] of values.entries())
      if (value !== undefined) text += `${text === '' ? '{' : ','}${this.#slots[at]?.head}${value}`
    return `${text}}`
  }

  #text(cells: Cells, name: FieldName): string | undefined {
    const at = this.#fields.get(name)
    return at === undefined ? undefined : cells[at]
  }

  #isOn(cells: Cells, name: FieldName): boolean {
    const text = this.#text(cells, name)
    if (text === undefined || /^false$/i.test(text)) return false
    if (/^true$/i.test(text)) return true
    throw invalid(`"${name}" is neither true nor false`)
  }

  #slot(name: string): Slot {
    const own = this.#own(name)
    const other = this.#frame.fixed.get(name) ?? this.#frame.defaults.get(name)
    const off = name === 'iat' ? 'no-iat' : name === 'jti' ? 'no-jti' : undefined
    return {
      head: `${JSON.stringify(name)}:`,
      json: (cells) => {
        const json = own(cells)
        if (off === undefined || !this.#isOn(cells, off))
          return json ?? (typeof other === 'function' ? other() : other)
        if (json !== undefined) throw invalid(`"${off}" and "${name}" contradict each other`)
        return undefined
      },
    }
  }

  /** What the columns say about a claim. */
  #own(name: string): Slot['json'] {
    if (name === 'prefix' && this.#fields.has('all-ids')) return (cells) => this.#prefix(cells)
    const places = [...this.#columns.keys()].filter((at) => {
      const column = this.#columns[at]
      return column !== undefined && claimOf(column) === name
    })
    const [at] = places
    const column = at === undefined ? undefined : this.#columns[at]
    if (at === undefined || column === undefined) return () => undefined
    if (column.kind === 'claim')
      return column.json ? (cells) => validJson(name, cells[at]) : (cells) => textJson(cells[at])
    if (name === 'aud') return (cells) => audienceJson(places, cells)
    if (name === 'exp' || name === 'nbf' || name === 'iat')
      return (cells) => this.#instant(name, cells[at])
    return (cells) => textJson(cells[at])
  }

  #prefix(cells: Cells): string | undefined {
    const prefix = this.#text(cells, 'prefix')
    if (!this.#isOn(cells, 'all-ids')) return textJson(prefix)
    if (prefix === undefined) return '""'
    throw invalid('"all-ids" and "prefix" contradict each other')
  }

  #instant(name: string, text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const known = this.#instants.get(text)
    if (known !== undefined) return known
    try {
      const json = String(resolveWhen(when(text), this.#frame.now))
      if (this.#instants.size >= INSTANTS) this.#instants.clear()
      this.#instants.set(text, json)
      return json
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
      const [head = '', ...rest] = error.message.replace(/\.$/, '')
      throw invalid(`"${name}" is ${JSON.stringify(text)}: ${head.toLowerCase()}${rest.join('')}`)
    }
  }
}

function audienceJson(places: readonly number[], cells: Cells): string | undefined {
  const given = places.flatMap((at) => cells[at] ?? [])
  return given.length === 0 ? undefined : JSON.stringify(given)
}

function textJson(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text)
}

function validJson(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    JSON.parse(text)
  } catch {
    throw invalid(`"claim-json.${name}" is not JSON; for a string use "claim.${name}"`)
  }
  return text.trim()
}

function isOrdered(name: string): boolean {
  return ORDER.some((known) => known === name)
}

/** Only `aud` may have several columns, and a switch stands beside the claim that it switches. */
function refuseTwice(columns: readonly Column[]): void {
  const seen = new Map<string, Column>()
  for (const column of columns) {
    const { name } = column
    const other = seen.get(name)
    const repeatable = column.kind === 'field' && name === 'aud' && other?.kind === 'field'
    if (other !== undefined && !repeatable) throw invalid(`"${name}" is given twice`)
    seen.set(name, column)
  }
}

function invalid(message: string): AuthError {
  return new AuthError('ERR_INPUT_FORM', message)
}

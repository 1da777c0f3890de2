import type { Assignment } from './environment.ts'
import { type Passage, PassageWriter, passageAt, slicePassage } from './passage.ts'
import { placeAt, type SourceText } from './source-text.ts'

type State =
  | 'before'
  | 'key'
  | 'lead'
  | 'value'
  | 'escape'
  | 'single'
  | 'double'
  | 'double-escape'
  | 'comment'
  | 'comment-escape'

const NEWLINE = /[\n\r]/
const BLANK = /[ \t\n\r]/

/**
 * Reads an `EnvironmentFile=` (systemd env-file.c): quotes may begin anywhere before the value's first plain unit and
 * be several, a backslash takes the next unit as it is or joins lines, in double quotes it does so only before
 * `"`, `\`, `` ` `` and `$`; comments stand on lines of their own; nothing is substituted. Names that are no variable
 * names (`export X`) are dropped, as systemd does.
 */
export function readSystemdEnvFile(source: SourceText): Assignment[] {
  const reader = new EnvFileReader(source)
  for (let at = 0; at < source.text.length; at++) reader.take(source.text.charAt(at), at)
  return reader.finish()
}

class EnvFileReader {
  readonly #source: SourceText
  readonly #assignments: Assignment[] = []
  #state: State = 'before'
  #key = ''
  #value = new PassageWriter()
  /** The length of the value without the blanks that end it. */
  #kept = 0
  #start = 0

  constructor(source: SourceText) {
    this.#source = source
  }

  take(unit: string, at: number): void {
    switch (this.#state) {
      case 'before':
        if (/[#;]/.test(unit)) this.#state = 'comment'
        else if (!BLANK.test(unit)) {
          this.#state = 'key'
          this.#key = unit
        }
        break
      case 'key':
        if (NEWLINE.test(unit)) this.#state = 'before'
        else if (unit === '=') this.#begin(at + 1)
        else this.#key += unit
        break
      case 'lead':
        if (unit === "'") this.#state = 'single'
        else if (unit === '"') this.#state = 'double'
        else if (NEWLINE.test(unit)) this.#end()
        else if (unit === '\\') this.#state = 'escape'
        else if (!BLANK.test(unit)) this.#plain(unit, at)
        break
      case 'value':
        if (NEWLINE.test(unit)) this.#end()
        else if (unit === '\\') {
          this.#state = 'escape'
          this.#kept = this.#value.length
        } else this.#plain(unit, at)
        break
      case 'escape':
        this.#state = 'value'
        if (!NEWLINE.test(unit)) this.#put(unit, at)
        break
      case 'single':
        if (unit === "'") this.#state = 'lead'
        else this.#put(unit, at)
        break
      case 'double':
        if (unit === '"') this.#state = 'lead'
        else if (unit === '\\') this.#state = 'double-escape'
        else this.#put(unit, at)
        break
      case 'double-escape':
        this.#state = 'double'
        if (!/["\\`$\n]/.test(unit)) this.#put('\\', at - 1)
        if (unit !== '\n') this.#put(unit, at)
        break
      case 'comment':
        if (unit === '\\') this.#state = 'comment-escape'
        else if (NEWLINE.test(unit)) this.#state = 'before'
        break
      case 'comment-escape':
        this.#state = 'comment'
        break
    }
  }

  finish(): Assignment[] {
    if (/^(?:lead|value|escape|single|double|double-escape)$/.test(this.#state)) this.#end()
    return this.#assignments
  }

  #begin(at: number): void {
    this.#state = 'lead'
    this.#value = new PassageWriter()
    this.#kept = 0
    this.#start = at
  }

  #put(unit: string, at: number): void {
    this.#value.write(unit, { start: at, end: at + 1 })
    this.#kept = this.#value.length
  }

  #plain(unit: string, at: number): void {
    const kept = this.#kept
    this.#state = 'value'
    this.#put(unit, at)
    if (BLANK.test(unit)) this.#kept = kept
  }

  #end(): void {
    const name = this.#key.trimEnd()
    const whole = this.#value.finish(placeAt(this.#source, this.#start, this.#start))
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      this.#assignments.push({ name, value: trim(whole, this.#kept, this.#start) })
    this.#state = 'before'
  }
}

function trim(whole: Passage, length: number, start: number): Passage {
  return length === 0 ? passageAt(whole.file, '', start) : slicePassage(whole, 0, length)
}

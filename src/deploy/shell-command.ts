import { type Found, MAX_VALUE } from './interpolation.ts'
import { type Passage, PassageWriter, slicePassage } from './passage.ts'

/** A simple command of a shell: its leading assignments, then its words. */
export interface ShellCommand {
  readonly assignments: readonly { readonly name: string; readonly value: Passage }[]
  readonly words: readonly Passage[]
}

const PARAMETER =
  /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^$`"'\\{}*?[~]*))?\})/y
const BLANK = /[ \t]/

/**
 * Splits the script of `sh -c` where it is one simple command (POSIX XCU 2.9.1): quotes, backslashes, `$NAME`,
 * `${NAME}` and `${NAME:-text}`. Undefined when there is more to it: operators, redirections, patterns, a substitution
 * by a command, several lines, a word that is longer than any argument.
 */
export function splitShellCommand(
  script: Passage,
  find: (name: string) => Exclude<Found, undefined>,
): ShellCommand | undefined {
  const reader = new ShellReader(script, find)
  while (!reader.done) if (!reader.step()) return undefined
  return reader.finish()
}

class ShellReader {
  readonly #script: Passage
  readonly #find: (name: string) => Exclude<Found, undefined>
  readonly #words: Passage[] = []
  #out = new PassageWriter()
  #start: number | undefined
  #quote = ''
  #at = 0
  readonly #end: number

  constructor(script: Passage, find: (name: string) => Exclude<Found, undefined>) {
    this.#script = script
    this.#find = find
    this.#end = script.text.trimEnd().length
  }

  get done(): boolean {
    return this.#at >= this.#end
  }

  /** Reads one unit or one escape or parameter; false when this is no simple command. */
  step(): boolean {
    if (this.#out.length > MAX_VALUE) return false
    const unit = this.#script.text.charAt(this.#at)
    if (this.#quote === "'") return this.#quoted(unit)
    if (unit === '\\') return this.#escape()
    if (unit === '$') return this.#parameter()
    if (unit === '`') return false
    if (this.#quote === '"') return this.#quoted(unit)
    if (unit === '"' || unit === "'") {
      this.#quote = unit
      this.#start ??= this.#at
      this.#at++
      return true
    }
    if (BLANK.test(unit)) return this.#endWord()
    if (/[;&|<>()\n\r*?[]/.test(unit)) return unit === '\n' && this.#atFirst()
    if (this.#start === undefined && /[#~{}!]/.test(unit)) return false
    return this.#keep(this.#at, this.#at + 1)
  }

  finish(): ShellCommand | undefined {
    if (this.#quote !== '') return undefined
    this.#endWord()
    const words = [...this.#words]
    const assignments: { name: string; value: Passage }[] = []
    for (let word = words[0]; word !== undefined; word = words[0]) {
      const name = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(word.text)?.[1]
      if (name === undefined) break
      assignments.push({ name, value: slicePassage(word, name.length + 1) })
      words.shift()
    }
    return { assignments, words }
  }

  #atFirst(): boolean {
    this.#at++
    return this.#start === undefined && this.#words.length === 0
  }

  #quoted(unit: string): boolean {
    if (unit !== this.#quote) return this.#keep(this.#at, this.#at + 1)
    this.#quote = ''
    this.#at++
    return true
  }

  #escape(): boolean {
    const next = this.#script.text.charAt(this.#at + 1)
    if (next === '\n') {
      this.#at += 2
      return true
    }
    // Within double quotes a backslash is one unless it stands before these (POSIX XCU 2.2.3).
    const plain = this.#quote === '"' && !/[$`"\\]/.test(next)
    return this.#keep(plain ? this.#at : this.#at + 1, this.#at + 2)
  }

  #parameter(): boolean {
    PARAMETER.lastIndex = this.#at
    const match = PARAMETER.exec(this.#script.text)
    if (match === null) {
      const literal = !/[({0-9@*#?$!A-Za-z_-]/.test(this.#script.text.charAt(this.#at + 1))
      return literal && this.#keep(this.#at, this.#at + 1)
    }
    const { span } = slicePassage(this.#script, this.#at, this.#at + match[0].length)
    const found = this.#find(match[1] ?? match[2] ?? '')
    const fallback = match[3]
    const text = 'value' in found ? found.value : ''
    const value = text === '' && fallback !== undefined ? fallback : text
    if ('unknown' in found) this.#out.unknown(found.unknown, span)
    else if (this.#quote === '"') this.#out.write(value, span)
    else if (/[\s*?[\\]/.test(value))
      this.#out.unknown('the shell would split or expand the value of a variable here', span)
    else this.#out.write(value, span)
    if (this.#quote === '"' || value !== '' || 'unknown' in found) this.#start ??= this.#at
    this.#at += match[0].length
    return true
  }

  #keep(from: number, to: number): boolean {
    this.#out.copy(this.#script, from, to)
    this.#start ??= this.#at
    this.#at = to
    return true
  }

  #endWord(): boolean {
    if (this.#start !== undefined)
      this.#words.push(this.#out.finish(slicePassage(this.#script, this.#start, this.#at)))
    this.#out = new PassageWriter()
    this.#start = undefined
    this.#at++
    return true
  }
}

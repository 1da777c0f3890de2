import { type Passage, PassageWriter, slicePassage } from './passage.ts'

/** A command line that compose refuses to split. */
export class CommandLineError extends Error {}

/**
 * Splits a `command` or `entrypoint` given as one string as compose does (mattn/go-shellwords, without variables and
 * backticks): blanks, quotes and backslashes as in a shell, and everything from an unquoted `;`, `&`, `|`, `<` or `>` on
 * is dropped. Throws CommandLineError for what it refuses, e.g. an open quote.
 */
export function splitComposeCommand(line: Passage): Passage[] {
  const splitter = new Splitter(line)
  for (let at = 0; at < line.text.length; at++) if (splitter.take(at) === 'end') break
  return splitter.finish()
}

type Open = 'double' | 'single' | 'back' | 'dollar'

class Splitter {
  readonly #line: Passage
  readonly #words: Passage[] = []
  readonly #open = new Set<Open>()
  #out = new PassageWriter()
  #text = ''
  #start: number | undefined
  #escaped = false

  constructor(line: Passage) {
    this.#line = line
  }

  /** Takes the unit at `at`; `end` when the command ends before it. */
  take(at: number): 'end' | undefined {
    const unit = this.#line.text.charAt(at)
    const open = this.#open
    if (this.#escaped) {
      this.#escaped = false
      this.#append(at)
    } else if (unit === '\\' && !open.has('single')) {
      this.#escaped = true
    } else if (/[ \t\r\n]/.test(unit)) {
      if (open.size > 0) this.#keep(at)
      else this.#endWord(at)
    } else if (/[;&|<>]/.test(unit) && open.size === 0) {
      if (unit === '>' && /^[0-9]/.test(this.#text)) this.#start = undefined
      return 'end'
    } else if (!this.#quote(unit, at)) {
      this.#append(at)
    }
    return undefined
  }

  finish(): Passage[] {
    if (this.#escaped || this.#open.size > 0) throw new CommandLineError('a quote is left open')
    this.#endWord(this.#line.text.length)
    return this.#words
  }

  /** Whether the unit at `at` is a quote that is not part of the word. */
  #quote(unit: string, at: number): boolean {
    const open = this.#open
    if (unit === '"' && !open.has('single') && !open.has('dollar')) {
      if (open.has('double')) this.#start ??= at
      return this.#toggle('double')
    }
    if (unit === "'" && !open.has('double') && !open.has('dollar')) {
      if (open.has('single')) this.#start ??= at
      return this.#toggle('single')
    }
    const bare = !open.has('single') && !open.has('double')
    if (unit === '`' && bare && !open.has('dollar')) this.#toggle('back')
    if (unit === ')' && bare && !open.has('back')) this.#toggle('dollar')
    if (unit === '(' && bare && !open.has('back')) {
      if (open.has('dollar') || !this.#text.endsWith('$'))
        throw new CommandLineError('a "(" that is not quoted')
      open.add('dollar')
    }
    return false
  }

  #toggle(kind: Open): true {
    if (!this.#open.delete(kind)) this.#open.add(kind)
    return true
  }

  #keep(at: number): void {
    this.#text += this.#line.text.charAt(at)
    this.#out.copy(this.#line, at, at + 1)
  }

  #append(at: number): void {
    this.#keep(at)
    this.#start ??= at
  }

  #endWord(at: number): void {
    if (this.#start === undefined) return
    this.#words.push(this.#out.finish(slicePassage(this.#line, this.#start, at)))
    this.#out = new PassageWriter()
    this.#text = ''
    this.#start = undefined
  }
}

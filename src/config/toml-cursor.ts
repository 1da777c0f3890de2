import type { Span } from './setting.ts'
import { TomlFailure } from './toml-failure.ts'

/** A place in a TOML text that moves forward; `depth` counts the lists and inline tables around it. */
export class TomlCursor {
  readonly text: string
  readonly comments: Span[] = []
  at = 0
  depth = 0

  constructor(text: string) {
    this.text = text
  }

  /** The code unit here, '' at the end. */
  get next(): string {
    return this.text.charAt(this.at)
  }

  get atEnd(): boolean {
    return this.at >= this.text.length
  }

  /** Steps over `literal` if it stands here. */
  eat(literal: string): boolean {
    const found = this.text.startsWith(literal, this.at)
    if (found) this.at += literal.length
    return found
  }

  /** Steps over what the sticky `pattern` matches here, '' if nothing. */
  take(pattern: RegExp): string {
    const taken = this.peek(pattern)
    this.at += taken.length
    return taken
  }

  /** What the sticky `pattern` matches here, '' if nothing. */
  peek(pattern: RegExp): string {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)?.[0] ?? ''
  }

  /** Goes back to `at`, and forgets the comments from there on. */
  rewind(at: number): void {
    this.at = at
    while ((this.comments.at(-1)?.start ?? -1) >= at) this.comments.pop()
  }

  skipBlanks(): void {
    this.take(/[ \t]*/y)
  }

  eatNewline(): boolean {
    return this.take(/\r?\n/y) !== ''
  }

  /** Steps over a comment up to its line's end, if one begins here; control characters end it. */
  eatComment(): boolean {
    const start = this.at
    // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML's non-eol is defined by them
    if (this.take(/#[^\x00-\x08\x0a-\x1f\x7f]*/y) === '') return false
    this.comments.push({ start, end: this.at })
    return true
  }

  /** Steps over blanks, line ends and comments; a failure where a comment or a CR is not followed by a line end. */
  skipLines(): TomlFailure | undefined {
    for (;;) {
      this.skipBlanks()
      const comment = this.eatComment()
      if (this.eatNewline()) continue
      if (comment || this.next === '\r') return new TomlFailure(this.#afterNext(), '')
      return undefined
    }
  }

  /** The offset after one more code unit, as toml_edit has it once it has looked for a line end in vain. */
  #afterNext(): number {
    return Math.min(this.at + 1, this.text.length)
  }
}

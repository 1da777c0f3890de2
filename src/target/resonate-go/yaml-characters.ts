/** A place in a YAML stream as yaml v3 counts: lines and columns from 0, in characters. */
export interface Mark {
  readonly index: number
  readonly line: number
  readonly column: number
}

/** An error of yaml v3's scanner or parser, by the lines it is told with. */
export class YamlProblem extends Error {
  /** The line of the text, from 1, as the message tells it; 0 = it tells none. */
  readonly line: number
  readonly mark: Mark

  constructor(problem: string, line: number, mark: Mark) {
    super(problem)
    this.line = line
    this.mark = mark
  }
}

/** A parser's error: unlike a scanner's, its line is not counted up from 0; `context` = where what it read began. */
export function failParsing(problem: string, context: Mark | undefined, mark: Mark): never {
  throw new YamlProblem(problem, context?.line || mark.line, mark)
}

/** Reads a text character by character; past the end every character is ''. */
export class Characters {
  readonly #characters: readonly string[]
  index = 0
  line = 0
  column = 0

  constructor(text: string) {
    this.#characters = [...text]
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column }
  }

  at(ahead = 0): string {
    return this.#characters[this.index + ahead] ?? ''
  }

  skip(count = 1): void {
    this.index += count
    this.column += count
  }

  /** Steps over a line's end, of which CR LF is one; U+2028 and U+2029 stay what they are, others are a line feed. */
  readLine(): string {
    const end = this.at()
    if (!isBreak(end)) return ''
    this.index += end === '\r' && this.at(1) === '\n' ? 2 : 1
    this.column = 0
    this.line++
    return end === '\u2028' || end === '\u2029' ? end : '\n'
  }

  skipBlanks(): void {
    while (isBlank(this.at())) this.skip()
  }

  /** Steps over a comment, up to the line's end. */
  skipComment(): void {
    if (this.at() === '#') while (!isBreakOrEnd(this.at())) this.skip()
  }

  /** Steps over letters as yaml v3 takes them (`isAlpha`), and gives them. */
  readWord(): string {
    const start = this.index
    while (isAlpha(this.at())) this.skip()
    return this.#characters.slice(start, this.index).join('')
  }

  /** Steps over the rest of a line that may hold a comment at most; `start` as for `fail`. */
  endLine(start: Mark): void {
    this.skipBlanks()
    this.skipComment()
    if (!isBreakOrEnd(this.at())) this.fail('did not find expected comment or line break', start)
    this.readLine()
  }

  /** Whether `---` or `...` stands here, at the start of a line. */
  atIndicator(dots: '---' | '...'): boolean {
    return (
      this.column === 0 &&
      [...dots].every((dot, ahead) => this.at(ahead) === dot) &&
      isBlankOrEnd(this.at(3))
    )
  }

  /** A scanner's error; `start` is where what it was scanning began. */
  fail(problem: string, start: Mark = this.mark): never {
    const line = start.line === 0 ? this.line : start.line
    throw new YamlProblem(problem, line === 0 ? 0 : line + 1, this.mark)
  }
}

/** Whether it is a space or a tab (YAML 1.1 §4.3). */
export function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

/** Whether it ends a line: yaml v3 also takes U+0085, U+2028 and U+2029; the end of the text does not count. */
export function isBreak(character: string): boolean {
  return character !== '' && '\r\n\u0085\u2028\u2029'.includes(character)
}

/** Whether a line ends here, be it by a break or with the text. */
export function isBreakOrEnd(character: string): boolean {
  return character === '' || isBreak(character)
}

/** Whether a word ends here: by a space, a tab, a break or the end of the text. */
export function isBlankOrEnd(character: string): boolean {
  return isBlank(character) || isBreakOrEnd(character)
}

/** What yaml v3 takes for a letter: names of anchors, handles and directives. */
export function isAlpha(character: string): boolean {
  return /^[0-9A-Za-z_-]$/.test(character)
}

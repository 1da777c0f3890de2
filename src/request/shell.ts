import { AuthError } from '../errors.ts'

/** The first command of a shell text: its words, and what it would read from standard input. */
export interface ShellCommand {
  readonly words: readonly string[]
  /** The text of a here-document or here-string; undefined = there is none. */
  readonly input: string | undefined
}

type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'input'; readonly text: string }

/**
 * Reads the first command of `text` as a POSIX shell would, with quotes, `$'…'`, line continuations and
 * here-documents, and runs nothing. What stands after the command (`| jq`, `&& …`) and where its output goes is left
 * out. Throws AuthError for an unclosed quote and for anything only a running shell could know (`$TOKEN`, `$(…)`).
 */
export function readShellCommand(text: string): ShellCommand {
  const words: string[] = []
  let input: string | undefined
  const tokens = new Scanner(text)
  for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
    if (token.kind === 'word') words.push(token.text)
    else if (token.kind === 'input') input = token.text
    else if (/^[<>]/.test(token.text)) tokens.next()
    else if (words.length > 0) break
  }
  tokens.finish()
  return { words, input: input ?? tokens.document }
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** One pass over the text; a here-document is taken from the lines after the one that announces it. */
class Scanner {
  readonly #text: string
  #at = 0
  #delimiter: { readonly word: string; readonly indented: boolean } | undefined
  document: string | undefined

  constructor(text: string) {
    this.#text = text.replace(/\r\n/g, '\n')
  }

  next(): Token | undefined {
    this.#skipBlanks()
    const rest = this.#text.slice(this.#at, this.#at + 4)
    if (rest === '') return undefined
    const operator = /^(?:\d?(?:<<<|<<-?|>>|>&|<&|&>|[<>])|[|&;()]|\n)/.exec(rest)?.[0]
    if (operator === undefined) return { kind: 'word', text: this.#word() }
    this.#at += operator.length
    if (operator === '\n') this.#takeDocument()
    if (operator === '<<<') {
      this.#skipBlanks()
      return { kind: 'input', text: `${this.#word()}\n` }
    }
    if (operator.startsWith('<<')) {
      this.#skipBlanks()
      this.#delimiter = { word: this.#word(), indented: operator === '<<-' }
      return this.next()
    }
    return { kind: 'operator', text: operator.replace(/^\d/, '') }
  }

  /** Takes a here-document that was announced and not reached, the command having ended on the same line. */
  finish(): void {
    if (this.#delimiter === undefined) return
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end === -1 ? this.#text.length : end + 1
    this.#takeDocument()
  }

  #skipBlanks(): void {
    // One run after the other: a repeated group takes stack for each of its rounds.
    const run = /[ \t]+|\\\n|#[^\n]*/y
    do run.lastIndex = this.#at
    while (this.#take(run))
  }

  #take(pattern: RegExp): boolean {
    const length = pattern.exec(this.#text)?.[0].length ?? 0
    this.#at += length
    return length > 0
  }

  #takeDocument(): void {
    if (this.#delimiter === undefined) return
    const { word, indented } = this.#delimiter
    this.#delimiter = undefined
    const lines: string[] = []
    while (this.#at < this.#text.length) {
      const end = this.#text.indexOf('\n', this.#at)
      const stop = end === -1 ? this.#text.length : end
      const line = this.#text.slice(this.#at, stop)
      this.#at = stop + 1
      const content = indented ? line.replace(/^\t+/, '') : line
      if (content === word) break
      lines.push(`${content}\n`)
    }
    this.document = lines.join('')
  }

  #word(): string {
    const parts: string[] = []
    for (let part = this.#part(); part !== undefined; part = this.#part()) parts.push(part)
    return parts.join('')
  }

  /** The next part of a word; undefined at its end. */
  #part(): string | undefined {
    const [char = '', following = ''] = this.#text.slice(this.#at, this.#at + 2)
    // Other white space ends no word in a shell.
    if (char === '' || /[ \t\n|&;()<>]/.test(char)) return undefined
    this.#at += 1
    if (char === "'") return this.#until("'")
    if (char === '"') return this.#doubleQuoted()
    if (char === '$' && following === "'") {
      this.#at += 1
      return this.#ansiQuoted()
    }
    if (char === '\\') {
      this.#at += 1
      return following === '\n' ? '' : following
    }
    if (char === '`' || (char === '$' && /[A-Za-z_{(0-9*@#?!]/.test(following)))
      throw onlyAShellKnows(this.#text.slice(this.#at - 1))
    return char
  }

  #until(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at)
    if (end === -1) throw unclosed(quote)
    const text = this.#text.slice(this.#at, end)
    this.#at = end + 1
    return text
  }

  #doubleQuoted(): string {
    const parts: string[] = []
    for (;;) {
      const char = this.#text[this.#at]
      const following = this.#text[this.#at + 1] ?? ''
      this.#at += 1
      if (char === undefined) throw unclosed('"')
      if (char === '"') return parts.join('')
      if (char === '\\' && /["\\$`\n]/.test(following)) {
        this.#at += 1
        if (following !== '\n') parts.push(following)
      } else if (char === '`' || (char === '$' && /[A-Za-z_{(0-9*@#?!]/.test(following))) {
        throw onlyAShellKnows(this.#text.slice(this.#at - 1))
      } else parts.push(char)
    }
  }

  #ansiQuoted(): string {
    const parts: string[] = []
    const unit =
      /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))|./sy
    for (;;) {
      unit.lastIndex = this.#at
      const match = unit.exec(this.#text)
      if (match === null) throw unclosed("$'")
      const [whole, byte, short, long, octal, escaped] = match
      this.#at += whole.length
      if (whole === "'") return parts.join('')
      const hex = byte ?? short ?? long
      if (hex !== undefined) parts.push(character(Number.parseInt(hex, 16)))
      else if (octal !== undefined) parts.push(character(Number.parseInt(octal, 8)))
      else parts.push(escaped === undefined ? whole : (ESCAPES[escaped] ?? escaped))
    }
  }
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\u{fffd}'
}

function unclosed(quote: string): AuthError {
  return new AuthError('ERR_INPUT_FORM', `the command line has an unclosed ${quote}`, {
    hints: ['give it in a file or on standard input as it was typed'],
  })
}

function onlyAShellKnows(rest: string): AuthError {
  const [shown = '$'] = /^(?:`|\$\(|\$\{?[A-Za-z0-9_]*\}?)/.exec(rest) ?? []
  return new AuthError(
    'ERR_INPUT_FORM',
    `the command line holds ${shown}, and what that stands for is known to the shell alone`,
    { hints: ['put the value itself in its place'] },
  )
}

import { AuthError } from '../errors.ts'
import type { HttpHeader } from '../target/request.ts'
import { basic, readHeader } from './curl-header.ts'
import { type CurlOption, readOption } from './curl-options.ts'

/** A curl command line as it was typed; what it reads from files is still to be read. */
export interface CurlCommand {
  readonly method: string | undefined
  readonly url: string
  readonly headers: readonly HttpHeader[]
  /** Files that hold more headers (`-H @FILE`). */
  readonly headerFiles: readonly string[]
  /** Headers of curl's own that `-H 'Name:'` takes away, lower case. */
  readonly without: readonly string[]
  readonly data: readonly CurlData[]
  /** `-G`: the data go into the query. */
  readonly asQuery: boolean
  /** The files that have to be read, `-` for standard input. */
  readonly files: readonly string[]
}

/** One piece of the body; pieces are joined with `&` unless the later one is JSON. */
export interface CurlData {
  readonly from: { readonly text: string } | { readonly file: string }
  readonly kind: 'data' | 'binary' | 'json'
  /** Set for `--data-urlencode`: what stands before the encoded content. */
  readonly encodedUnder?: string
}

/**
 * Reads the words after `curl`; runs nothing and asks nobody. Throws AuthError for an option it does not know, and
 * where there is no URL. Source: the manual of curl 8.
 */
export function readCurl(words: readonly string[]): CurlCommand {
  const [program, ...rest] = words
  if (program === undefined || !/(?:^|\/)curl(?:\.exe)?$/.test(program))
    throw new AuthError('ERR_INPUT_FORM', 'the command line does not begin with curl')
  const draft = new Draft()
  for (let at = 0; at < rest.length; ) {
    const word = rest[at] ?? ''
    const options = readOption(word, rest[at + 1])
    at += 1
    if (options === undefined) draft.url ??= word
    for (const option of options ?? []) {
      if (option.takesNext) at += 1
      draft.take(option)
    }
  }
  return draft.command()
}

class Draft {
  url: string | undefined
  #method: string | undefined
  #head = false
  #asQuery = false
  #json = false
  readonly #headers: HttpHeader[] = []
  readonly #headerFiles: string[] = []
  readonly #without: string[] = []
  readonly #data: CurlData[] = []
  #credentials: HttpHeader | undefined
  readonly #own = new Map<string, HttpHeader>()

  take({ name, value }: CurlOption): void {
    switch (name) {
      case 'url':
        this.url ??= value
        return
      case 'request':
        this.#method = value
        return
      case 'head':
        this.#head = true
        return
      case 'get':
        this.#asQuery = true
        return
      case 'header':
        this.#header(value)
        return
      case 'user':
        this.#credentials = ['Authorization', basic(value)]
        return
      case 'oauth2-bearer':
        this.#credentials = ['Authorization', `Bearer ${value}`]
        return
      case 'cookie':
        this.#own.set('cookie', ['Cookie', value])
        return
      case 'user-agent':
        this.#own.set('user-agent', ['User-Agent', value])
        return
      case 'referer':
        this.#own.set('referer', ['Referer', value])
        return
      case 'upload-file':
        this.#method ??= 'PUT'
        this.#data.push({ from: { file: value }, kind: 'binary' })
        return
      case 'json':
        this.#json = true
        this.#data.push(piece(value, 'json'))
        return
      case 'data-raw':
        this.#data.push({ from: { text: value }, kind: 'data' })
        return
      case 'data':
        this.#data.push(piece(value, 'data'))
        return
      case 'data-binary':
        this.#data.push(piece(value, 'binary'))
        return
      case 'data-urlencode':
        this.#data.push(encoded(value))
        return
      case 'ignored':
        return
    }
  }

  #header(line: string): void {
    if (line.startsWith('@')) {
      this.#headerFiles.push(line.slice(1))
      return
    }
    const header = readHeader(line)
    if (typeof header === 'string') this.#without.push(header)
    else this.#headers.push(header)
  }

  command(): CurlCommand {
    if (this.url === undefined)
      throw new AuthError('ERR_INPUT_FORM', 'the curl command line has no URL')
    const own = [...this.#ownHeaders()].filter(([name]) => !this.#replaces(name))
    return {
      method: this.#method ?? this.#defaultMethod(),
      url: this.url,
      headers: [...own, ...this.#headers],
      headerFiles: this.#headerFiles,
      without: this.#without,
      data: this.#data,
      asQuery: this.#asQuery,
      files: [
        ...this.#headerFiles,
        ...this.#data.flatMap(({ from }) => ('file' in from ? [from.file] : [])),
      ],
    }
  }

  #defaultMethod(): string | undefined {
    if (this.#head) return 'HEAD'
    return this.#data.length > 0 && !this.#asQuery ? 'POST' : undefined
  }

  /** What curl sends without being told; `-H` replaces each of them. */
  *#ownHeaders(): Iterable<HttpHeader> {
    if (this.#credentials !== undefined) yield this.#credentials
    yield ['Accept', this.#json ? 'application/json' : '*/*']
    yield* this.#own.values()
    if (this.#json) yield ['Content-Type', 'application/json']
    else if (this.#data.length > 0 && !this.#asQuery)
      yield ['Content-Type', 'application/x-www-form-urlencoded']
  }

  #replaces(name: string): boolean {
    const lower = name.toLowerCase()
    return (
      this.#without.includes(lower) || this.#headers.some(([own]) => own.toLowerCase() === lower)
    )
  }
}

function piece(value: string, kind: CurlData['kind']): CurlData {
  return { from: value.startsWith('@') ? { file: value.slice(1) } : { text: value }, kind }
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
function encoded(value: string): CurlData {
  const [, name = '', mark, content = ''] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? []
  if (mark === undefined) return { from: { text: value }, kind: 'data', encodedUnder: '' }
  return {
    from: mark === '@' ? { file: content } : { text: content },
    kind: 'data',
    encodedUnder: name === '' ? '' : `${name}=`,
  }
}

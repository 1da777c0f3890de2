import type { Span } from '../config/setting.ts'

/** The part of a name that says its value is a secret. */
const SECRET_NAME = 'token|secret|passw(?:or)?d|passphrase|credential|api[-_]?key|private[-_]?key'

/** The rest of such a name; bounded, so that a text of nothing but names is read in linear time. */
const NAME_REST = '[\\w-]{0,500}'

const ASSIGNMENT = new RegExp(`(?:${SECRET_NAME})${NAME_REST}["']?\\s*[=:]\\s*`, 'gi')
/** A whole table of push auth given as one value is a token that somebody put a level too high. */
const NAME = new RegExp(`${SECRET_NAME}|push[_.]+auth$`, 'i')

/**
 * Texts that are secrets wherever they stand, in group 1: a JWT, a private key's body, a bearer credential, a password
 * in a URL. Each takes what it looked through, or looks ahead a bounded way, and so is linear.
 */
const BY_FORM = [
  /\b(eyJ[\w-]{5,}\.[\w-]+\.[\w-]*)|\beyJ[\w-]*/dg,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----([\s\S]*?)(?:-----END|$(?![\s\S]))/dg,
  /\bBearer(?=\s+([\w.~+/=-]{6,}))/dgi,
  /:\/\/[^\s/@:"']*:(?=([^\s@"']{1,1000})@)/dg,
  // A flag and its value as words of a command line, or as items of a list in JSON or YAML.
  new RegExp(
    `(?:${SECRET_NAME})(?<=--${NAME_REST})${NAME_REST}["']?(?:\\s*,\\s*|\\s+)(?:-\\s+)?["']?(?=([^\\s"',\\]-][^\\s"',\\]]*))`,
    'dgi',
  ),
] as const

/** A word of this length may be a credential that stands where a name or a comment is expected. */
const LONG_WORD = /[\w-]{32,}/g

/** Stands for a secret in everything that is said about it: its length, never a part of it. */
export function redact(secret: string): string {
  return `‹redacted, ${secret.length} characters›`
}

/** Whether a setting, variable or flag of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return NAME.test(name)
}

/** Whether `text` looks like a pasted credential: long, without blanks, letters and digits mixed, or a JWT. */
export function looksLikeCredential(text: string): boolean {
  if (/^eyJ[\w-]+\.[\w-]+\./.test(text)) return true
  return text.length >= 24 && /^[\w+/=-]+$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text)
}

/** A name as it may be repeated: one that looks like a pasted credential is redacted. */
export function safeName(name: string): string {
  return looksLikeCredential(name) && !isPlainName(name) ? redact(name) : name
}

/** Words and numbers joined by marks, as names of settings and variables are; a credential mixes them within a part. */
function isPlainName(name: string): boolean {
  return /^[a-z]+(?:[_.-]+(?:[a-z]+|\d+))*$/i.test(name)
}

/**
 * The spans of `text` (TOML, an env file, YAML; whole or broken) that hold secrets, by the names before them and by
 * their form. It errs on the side of too much: an unterminated string is secret to its line's end.
 */
export function secretSpans(text: string): readonly Span[] {
  const spans: Span[] = []
  const search = new ForwardSearch(text)
  for (const match of text.matchAll(ASSIGNMENT)) {
    const start = match.index + match[0].length
    const end = valueEnd(text, start, search)
    if (end > start) spans.push({ start, end })
  }
  for (const pattern of BY_FORM)
    for (const { indices } of text.matchAll(pattern)) {
      const [start, end] = indices?.[1] ?? []
      if (start !== undefined && end !== undefined) spans.push({ start, end })
    }
  for (const { 0: word, index } of text.matchAll(LONG_WORD))
    if (looksLikeCredential(word) && !isPlainName(word))
      spans.push({ start: index, end: index + word.length })
  return spans
}

/** Finds what stands next in a text; asked from places in their order, it looks through the text once for each mark. */
class ForwardSearch {
  readonly #text: string
  readonly #found = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  /** Where `mark` stands next at or after `from`; undefined = nowhere. */
  next(mark: string, from: number): number | undefined {
    const known = this.#found.get(mark) ?? -1
    const at = known >= from ? known : this.#text.indexOf(mark, from)
    this.#found.set(mark, at === -1 ? Number.POSITIVE_INFINITY : at)
    return at === -1 || at === Number.POSITIVE_INFINITY ? undefined : at
  }
}

/** Where the value that begins at `start` ends; quotes are not part of the secret but of its span's surroundings. */
function valueEnd(text: string, start: number, search: ForwardSearch): number {
  for (const fence of ['"""', "'''"])
    if (text.startsWith(fence, start)) {
      const close = search.next(fence, start + 3)
      return close === undefined ? text.length : close + 3
    }
  if (text[start] === '[' || text[start] === '{') {
    const close = search.next(text[start] === '[' ? ']' : '}', start)
    return close === undefined ? text.length : close + 1
  }
  const ends = ['\n', '\r'].map((mark) => search.next(mark, start) ?? text.length)
  const lineEnd = Math.min(...ends)
  const quoted = text[start] === '"' || text[start] === "'" ? text[start] : undefined
  if (quoted === undefined) return lineEnd
  for (let at = start + 1; at < lineEnd; at++) {
    if (quoted === '"' && text[at] === '\\') at++
    else if (text[at] === quoted) return at + 1
  }
  return lineEnd
}

/** `text` with every character of `spans` but line breaks replaced by `•`: the same length, the same lines. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  let masked = ''
  let at = 0
  for (const { start, end } of sorted) {
    if (end <= at) continue
    masked += text.slice(at, Math.max(start, at))
    masked += text.slice(Math.max(start, at), end).replace(/[^\r\n]/g, '•')
    at = end
  }
  return masked + text.slice(at)
}

/** `text` as it may be shown: the same length and lines, every secret in it masked. */
export function maskSecrets(text: string): string {
  return maskSpans(text, secretSpans(text))
}

/** The value of a variable, setting or flag named `name` as it may be shown. */
export function showValue(name: string, value: string): string {
  return isSecretName(name) || looksLikeCredential(value) ? redact(value) : maskSecrets(value)
}

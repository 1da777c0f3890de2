import type { Variable } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import type { FormatRead } from './config-format.ts'
import { decodeUtf8 } from './go-text.ts'
import { type Held, lowerNames } from './held.ts'

/** A line longer than this stops Go's scanner (bufio.MaxScanTokenSize). */
const MAX_LINE = 64 * 1024

/** A name and what stands between it and its value. */
const HEAD = /^\s*(?:export\s+)?([\w.]+)(?:\s*=\s*|:\s)/

const REFERENCE = /(\\)?\$(?:\{?([A-Z0-9_]+)?\}?)/g

interface Line {
  readonly text: string
  readonly start: number
}

/** gotenv v1.6.0 (StrictParse): KEY=value lines, quotes over several lines, ${VAR} from the environment. */
export function readDotenv(
  bytes: Uint8Array,
  file: string,
  variables: readonly Variable[],
): FormatRead {
  const text = decodeUtf8(bytes)
  const refuse = (message: string): FormatRead => ({ kind: 'refused', text, message })
  const { lines, failure } = joinQuoted(splitLines(text.replace(/^\ufeff/, ' ')))
  const values = new Map<string, string>()
  const entries = new Map<string, Held>()
  const environment = new Map([...variables].reverse().map(({ name, value }) => [name, value]))
  for (const line of lines) {
    const assignment = splitLine(line.text)
    if (assignment === undefined) return refuse(complain(line.text, values))
    const { name, raw } = assignment
    const value = readValue(
      raw.trim(),
      (variable) => environment.get(variable) ?? values.get(variable) ?? '',
    )
    values.set(name, value)
    const span = { start: line.start, end: line.start + line.text.length }
    const origin: Origin = { kind: 'file', file, span }
    entries.set(name, { kind: 'string', value, origin, key: origin })
  }
  if (failure !== undefined) return refuse(failure)
  return { kind: 'read', text, entries: lowerNames(entries) }
}

/**
 * The name and the value of a line, the value still in its quotes; undefined where gotenv's pattern does not match. The
 * pattern is taken apart here, because a backtracking engine may need time beyond measure for the whole of it.
 */
function splitLine(text: string): { readonly name: string; readonly raw: string } | undefined {
  const match = HEAD.exec(text)
  if (match === null) return undefined
  const [head, name = ''] = match
  const value = text.slice(head.length)
  // A quote counts behind more than one blank after a colon only where the value is none without it.
  const raw = takeQuoted(value) ?? takePlain(value) ?? takeQuoted(value.trimStart())
  return raw === undefined ? undefined : { name, raw }
}

/** Up to the last of the quotes that the value may end with. */
function takeQuoted(value: string): string | undefined {
  const quote = value.charAt(0)
  if (quote !== '"' && quote !== "'") return undefined
  const lastLine = value.lastIndexOf('\n')
  for (let at = value.lastIndexOf(quote); at > 0; at = value.lastIndexOf(quote, at - 1))
    if (isOver(value, at + 1, lastLine)) return value.slice(0, at + 1)
  return undefined
}

/** Up to a comment or a line's end. */
function takePlain(value: string): string | undefined {
  const [plain = ''] = /^[^#\n]*/.exec(value) ?? []
  return isOver(value, plain.length, value.lastIndexOf('\n')) ? plain : undefined
}

/** Whether nothing but blanks and a comment on the last line, which begins at `lastLine`, follow from `at` on. */
function isOver(value: string, at: number, lastLine: number): boolean {
  const tail = /\s*(#|$)/y
  tail.lastIndex = at
  const end = tail.exec(value)?.[1]
  return end === '' || (end === '#' && tail.lastIndex > lastLine)
}

function complain(line: string, values: ReadonlyMap<string, string>): string {
  const exported = /^export[^ ]* (.*)$/s.exec(line)?.[1]
  if (exported !== undefined && !values.has(exported))
    return `line \`${line}\` has an unset variable`
  return `line \`${line}\` doesn't match format`
}

function splitLines(text: string): readonly Line[] {
  const lines: Line[] = []
  for (const match of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g))
    lines.push({ text: match[1] ?? '', start: match.index })
  return lines
}

/** What gotenv reads one after the other, up to the line that stops it and the failure that it then reports. */
interface Joined {
  readonly lines: readonly Line[]
  readonly failure?: string
}

/** Lines without blanks and comments; a quote that is not closed takes the following lines with it. */
function joinQuoted(lines: readonly Line[]): Joined {
  const joined: Line[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined) break
    if (line.text.length > MAX_LINE)
      return { lines: joined, failure: 'bufio.Scanner: token too long' }
    let text = line.text.trim()
    if (text === '' || text.startsWith('#')) continue
    let quote = openQuote(text)
    while (quote !== '' && at + 1 < lines.length) {
      const next = lines[++at]?.text ?? ''
      text += `\n${next}`
      const end = next.lastIndexOf(quote)
      if (end > 0 && next.charAt(end - 1) === '\\') continue
      if (end >= 0) quote = ''
    }
    if (quote !== '') return { lines: joined, failure: 'missing quotes' }
    joined.push({ text, start: line.start })
  }
  return { lines: joined }
}

/** The quote that a line opens and does not close. */
function openQuote(line: string): string {
  const equals = line.indexOf('=')
  const at = equals < 0 ? line.indexOf(':') : equals
  if (at <= 0 || at >= line.length - 1) return ''
  const value = line.slice(at + 1).trim()
  const quote = value.charAt(0)
  if (quote !== '"' && quote !== "'") return ''
  const end = value.slice(1).trim().lastIndexOf(quote)
  return end >= 0 && value.charAt(end) !== '\\' ? '' : quote
}

function readValue(raw: string, lookUp: (name: string) => string): string {
  const quoted = raw.length >= 2 && raw.startsWith(raw.charAt(raw.length - 1))
  const single = quoted && raw.startsWith("'")
  const double = quoted && raw.startsWith('"')
  if (single) return raw.slice(1, -1)
  const value = double ? unescapeDouble(raw.slice(1, -1)) : raw
  return value.replace(REFERENCE, (all: string, escaped: string | undefined, name?: string) => {
    if (escaped !== undefined) return all.slice(1)
    return name === undefined ? all : lookUp(name)
  })
}

function unescapeDouble(text: string): string {
  return text
    .replaceAll('\\n', '\n')
    .replaceAll('\\r', '\r')
    .replace(/\\([^$])/g, '$1')
}

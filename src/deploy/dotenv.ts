import { type Assignment, findAssigned, inherit } from './environment.ts'
import { type Found, interpolateIn, type Scope } from './interpolation.ts'
import { type Passage, PassageWriter, passageAt, slicePassage } from './passage.ts'
import { errorAt, placeAt, type SourceText, SPACE } from './source-text.ts'

// Blanks as godotenv knows them, which stay on one line.
const BLANK = /[\t\v\f\r \u0085\u00a0]/
const NAME_UNIT = /[\p{L}\p{N}_.[\]-]/u
const EXPORT = /export[\t\n\f\r ]/y

/**
 * Reads a dotenv file as compose reads `.env` and `env_file` (compose-go/v2 dotenv/parser.go): `export`, `NAME: value`,
 * single and double quotes over several lines, escapes in double quotes, ` #` comments, and substitution from `scope`,
 * then from `earlier` files and lines, everywhere but in single quotes. Later assignments of a name stand later. Throws
 * AuthError where compose refuses the file.
 */
export function readDotenv(
  source: SourceText,
  scope: Scope,
  earlier: ReadonlyMap<string, Assignment> = new Map(),
): Assignment[] {
  const assigned = new Map(earlier)
  const find = (name: string): Found => scope.find(name) ?? findAssigned(assigned, name)
  const reading: Reading = { source, scope: { ...scope, find } }
  const assignments: Assignment[] = []
  let at = source.text.startsWith('\u{feff}') ? 1 : 0
  for (;;) {
    at = skipToStatement(source.text, at)
    if (at >= source.text.length) return assignments
    const { assignment, next } = readStatement(reading, at)
    if (assignment !== undefined) {
      assignments.push(assignment)
      assigned.set(assignment.name, assignment)
    }
    at = next
  }
}

interface Reading {
  readonly source: SourceText
  readonly scope: Scope
}

function skip(text: string, at: number, pattern: RegExp): number {
  let next = at
  while (next < text.length && pattern.test(text.charAt(next))) next++
  return next
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

function skipToStatement(text: string, from: number): number {
  let at = skip(text, from, SPACE)
  while (text.charAt(at) === '#') at = skip(text, endOfLine(text, at), SPACE)
  return at
}

interface Statement {
  readonly assignment: Assignment | undefined
  readonly next: number
}

function readStatement(reading: Reading, from: number): Statement {
  const { source, scope } = reading
  const { text } = source
  EXPORT.lastIndex = from
  const start = EXPORT.test(text) ? skip(text, from + 'export'.length, BLANK) : from
  let end = start
  for (; end < text.length && !/[=:\n]/.test(text.charAt(end)); end++) {
    const unit = String.fromCodePoint(text.codePointAt(end) ?? 0)
    if (!BLANK.test(unit) && !NAME_UNIT.test(unit))
      throw errorAt(source, end, 'a character that cannot be in a variable name')
    end += unit.length - 1
  }
  const name = text.slice(start, end).trimEnd()
  if (name.includes(' '))
    throw errorAt(source, start, 'a blank in a variable name', {
      hints: ['write NAME=value; quote values that go over several lines'],
    })
  if (/[=:]/.test(text.charAt(end))) return readValue(reading, name, skip(text, end + 1, BLANK))
  const value = inherit(name, placeAt(source, start, start + name.length), scope)
  const assignment = value === undefined || name === '' ? undefined : { name, value }
  return { assignment, next: end + 1 }
}

function readValue({ source, scope }: Reading, name: string, start: number): Statement {
  const { file, text } = source
  const quote = text.charAt(start)
  if (quote === '"' || quote === "'") {
    const end = findQuote(source, quote, start + 1)
    const raw = unquote(passageAt(file, text.slice(start + 1, end), start + 1), quote)
    const value = quote === '"' ? substitute(source, expandEscapes(raw), scope) : raw
    return { assignment: { name, value }, next: end + 1 }
  }
  const end = endOfLine(text, start)
  const line = text.slice(start, end)
  const comment = line.indexOf(' #')
  let length = comment === -1 ? line.length : comment
  while (length > 0 && SPACE.test(line.charAt(length - 1))) length--
  const value = substitute(source, passageAt(file, line.slice(0, length), start), scope)
  return { assignment: { name, value }, next: end + 1 }
}

function substitute(source: SourceText, raw: Passage, scope: Scope): Passage {
  const hint = 'write $$ for a dollar sign, or put the value in single quotes'
  return interpolateIn(source, raw, scope, hint)
}

function findQuote(source: SourceText, quote: string, from: number): number {
  const { text } = source
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === quote) return at
    if (text.charAt(at) === '\\') at++
  }
  throw errorAt(source, from - 1, 'a quoted value without its closing quote')
}

/** Takes the backslash off escaped quotes of the kind the value stands in; every other one stays. */
function unquote(raw: Passage, quote: string): Passage {
  if (!raw.text.includes(`\\${quote}`)) return raw
  const out = new PassageWriter()
  for (let at = 0; at < raw.text.length; at++) {
    const escaped = raw.text.charAt(at) === '\\' && at + 1 < raw.text.length
    if (escaped && raw.text.charAt(at + 1) !== quote) out.copy(raw, at, at + 1)
    if (escaped) at++
    out.copy(raw, at, at + 1)
  }
  return out.finish(raw)
}

const ESCAPE = /\\(?:0\d{0,3}|[abcfnrtv$"\\])/g
const ESCAPED: Readonly<Record<string, string>> = {
  a: '\u{7}',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // The substitution that follows reads this as one dollar sign.
  $: '$$',
}

function expandEscapes(raw: Passage): Passage {
  const out = new PassageWriter()
  let at = 0
  for (const { 0: sequence, index } of raw.text.matchAll(ESCAPE)) {
    out.copy(raw, at, index)
    at = index + sequence.length
    out.write(decodeEscape(sequence.slice(1)), slicePassage(raw, index, at).span)
  }
  out.copy(raw, at)
  return out.finish(raw)
}

function decodeEscape(code: string): string {
  const digits = code.slice(1)
  if (!code.startsWith('0')) return ESCAPED[code] ?? `\\${code}`
  const value = /^[0-7]{3}$/.test(digits) ? Number.parseInt(digits, 8) : 256
  return value < 256 ? String.fromCharCode(value) : `\\${digits}`
}

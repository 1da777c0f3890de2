/** One record of a CSV text, or why it is none. */
export interface CsvRecord {
  readonly cells: readonly string[]
  /** Lines before its first one in the text. */
  readonly line: number
  /** A sentence without a full stop; the cells do not count then. */
  readonly fault?: string
}

const QUOTE = 0x22
const COMMA = 0x2c
const LINE_FEED = 0x0a
const RETURN = 0x0d

/** The records of `text` (RFC 4180: quotes, doubled quotes, line ends in quotes; CRLF or LF). Empty lines are passed over. */
export function* readCsv(text: string): Generator<CsvRecord> {
  let line = 0
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed === -1 ? text.length : feed
    const plain = text.slice(at, text.charCodeAt(end - 1) === RETURN && end > at ? end - 1 : end)
    if (!plain.includes('"')) {
      if (plain.includes('\r')) yield { cells: [], line, fault: LONE_RETURN }
      else if (plain !== '') yield { cells: plain.split(','), line }
      line++
      at = end + 1
      continue
    }
    const { record, next, lines } = readQuoted(text, at, line)
    yield record
    line += lines
    at = next
  }
}

const LONE_RETURN = 'a carriage return inside an unquoted field'

interface Quoted {
  readonly record: CsvRecord
  /** Where the next record begins. */
  readonly next: number
  /** Line ends up to there. */
  readonly lines: number
}

/** Reads one record with quotes in it from `start`; a fault ends it at the next line end. */
function readQuoted(text: string, start: number, line: number): Quoted {
  const cells: string[] = []
  let lines = 0
  let at = start
  const fail = (fault: string): Quoted => {
    const feed = text.indexOf('\n', at)
    const next = feed === -1 ? text.length : feed + 1
    return { record: { cells, line, fault }, next, lines: lines + 1 }
  }
  for (;;) {
    const field = text.charCodeAt(at) === QUOTE ? readQuotes(text, at) : readPlain(text, at)
    at = field.end
    lines += field.lines
    if (field.fault !== undefined) return fail(field.fault)
    cells.push(field.text)
    const byte = text.charCodeAt(at)
    if (byte === COMMA) {
      at++
      continue
    }
    const returned = byte === RETURN && text.charCodeAt(at + 1) === LINE_FEED
    if (returned || byte === LINE_FEED || at >= text.length)
      return { record: { cells, line }, next: at + (returned ? 2 : 1), lines: lines + 1 }
    return fail(byte === RETURN ? LONE_RETURN : 'text after a closing quote')
  }
}

interface Field {
  readonly text: string
  readonly end: number
  readonly lines: number
  readonly fault?: string
}

function readPlain(text: string, start: number): Field {
  let end = start
  for (; end < text.length; end++) {
    const byte = text.charCodeAt(end)
    if (byte === COMMA || byte === LINE_FEED || byte === RETURN) break
    if (byte === QUOTE)
      return {
        text: '',
        end,
        lines: 0,
        fault: 'a quote inside an unquoted field; quote the whole field and double the quote',
      }
  }
  return { text: text.slice(start, end), end, lines: 0 }
}

function readQuotes(text: string, start: number): Field {
  let close = start + 1
  for (;;) {
    close = text.indexOf('"', close)
    if (close === -1) break
    if (text.charCodeAt(close + 1) !== QUOTE) break
    close += 2
  }
  if (close === -1)
    return { text: '', end: text.length, lines: 0, fault: 'a quoted field that does not end' }
  const inner = text.slice(start + 1, close)
  const lines = inner.includes('\n') ? inner.split('\n').length - 1 : 0
  return { text: inner.includes('"') ? inner.replaceAll('""', '"') : inner, end: close + 1, lines }
}

export type CsvRead =
  | { readonly ok: true; readonly fields: readonly string[] }
  | { readonly ok: false; readonly message: string }

/** The first record of `text` as Go's encoding/csv reads it (reader.go), with its error texts; columns count bytes. */
export function readCsvRecord(text: string): CsvRead {
  const lines = splitLines(Buffer.from(text).toString('latin1'))
  const first = lines.findIndex((line) => line !== '\n')
  if (first < 0) return { ok: false, message: 'EOF' }
  const read = new RecordReader(lines, first).read()
  if (!read.ok) return read
  const fields = read.fields.map((field) => Buffer.from(field, 'latin1').toString())
  return { ok: true, fields }
}

/** Lines with their ends, `\r\n` made `\n`; a lone `\r` at the very end is dropped (reader.go, readLine). */
function splitLines(text: string): readonly string[] {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== '')
  return lines.map((line) =>
    line.endsWith('\r\n') ? `${line.slice(0, -2)}\n` : line.replace(/\r$/, ''),
  )
}

class RecordReader {
  readonly lines: readonly string[]
  readonly start: number
  number: number
  line: string
  column = 1

  constructor(lines: readonly string[], start: number) {
    this.lines = lines
    this.start = start
    this.number = start
    this.line = lines[start] ?? ''
  }

  read(): CsvRead {
    const fields: string[] = []
    for (;;) {
      const field = this.line.startsWith('"') ? this.readQuoted() : this.readPlain()
      if (typeof field !== 'string') return field
      fields.push(field)
      if (this.line === '' || this.line === '\n') return { ok: true, fields }
      this.advance(1)
      if (this.line === '' || this.line === '\n') return { ok: true, fields: [...fields, ''] }
    }
  }

  advance(count: number): void {
    this.line = this.line.slice(count)
    this.column += count
  }

  /** Up to the comma or the end, which stay in the line. */
  readPlain(): string | (CsvRead & { readonly ok: false }) {
    const comma = this.line.indexOf(',')
    const field = comma < 0 ? this.line.replace(/\n$/, '') : this.line.slice(0, comma)
    const quote = field.indexOf('"')
    if (quote >= 0) return this.fail(this.column + quote, 'bare " in non-quoted-field')
    this.advance(field.length)
    return field
  }

  readQuoted(): string | (CsvRead & { readonly ok: false }) {
    this.advance(1)
    const pieces: string[] = []
    for (;;) {
      const quote = this.line.indexOf('"')
      if (quote < 0) {
        if (this.line === '') return this.fail(this.column, UNQUOTED)
        pieces.push(this.line)
        this.nextLine()
        continue
      }
      pieces.push(this.line.slice(0, quote))
      this.advance(quote + 1)
      if (this.line.startsWith('"')) {
        pieces.push('"')
        this.advance(1)
      } else if (this.line === '' || this.line === '\n' || this.line.startsWith(',')) {
        return pieces.join('')
      } else {
        return this.fail(this.column - 1, UNQUOTED)
      }
    }
  }

  nextLine(): void {
    const next = this.lines[this.number + 1]
    if (next === undefined) {
      this.column += this.line.length
      this.line = ''
      return
    }
    this.number++
    this.line = next
    this.column = 1
  }

  fail(column: number, why: string): CsvRead & { readonly ok: false } {
    const [from, at] = [this.start + 1, this.number + 1]
    const record = from === at ? '' : `record on line ${from}; `
    return { ok: false, message: `${record}parse error on line ${at}, column ${column}: ${why}` }
  }
}

const UNQUOTED = 'extraneous or missing " in quoted-field'

/** `fields` as one record without its line end (encoding/csv, writer.go). */
export function writeCsvRecord(fields: readonly string[]): string {
  return fields.map((field) => (needsQuotes(field) ? quote(field) : field)).join(',')
}

function needsQuotes(field: string): boolean {
  return field === '\\.' || /[\n\r",]/.test(field) || /^[\s\u0085]/u.test(field)
}

function quote(field: string): string {
  return `"${field.replaceAll('"', '""')}"`
}

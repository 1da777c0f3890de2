import { type Passage, PassageWriter, passageAt, slicePassage } from './passage.ts'
import { type SourceText, splitLines } from './source-text.ts'

/** One `Key=value` of a unit file. */
export interface UnitEntry {
  readonly section: string
  readonly key: string
  readonly value: Passage
}

/**
 * The assignments of a unit file in order (systemd.syntax(7)): a line that ends in a backslash goes on in the next line
 * that is no comment, the backslash being a blank; comments begin with `#` or `;`; blanks around `=` and at the ends are
 * dropped. Lines that are none of it are left out, as systemd does with a warning.
 */
export function readUnitEntries({ file, text }: SourceText): UnitEntry[] {
  const entries: UnitEntry[] = []
  let section = ''
  let pending: PassageWriter | undefined
  for (const { start, text: line } of splitLines(text)) {
    if (/^[ \t]*[#;]/.test(line) || (pending === undefined && line.trim() === '')) continue
    pending ??= new PassageWriter()
    if (line.endsWith('\\')) {
      pending.copy(passageAt(file, line.slice(0, -1), start))
      pending.write(' ', { start: start + line.length - 1, end: start + line.length })
    } else {
      pending.copy(passageAt(file, line, start))
      const whole = pending.finish({ file, span: { start, end: start } })
      pending = undefined
      section = readHeader(whole) ?? section
      const entry = readEntry(whole, section)
      if (entry !== undefined) entries.push(entry)
    }
  }
  const rest = pending?.finish({ file, span: { start: text.length, end: text.length } })
  const last = rest && readEntry(rest, section)
  return last === undefined ? entries : [...entries, last]
}

function readHeader({ text }: Passage): string | undefined {
  const line = text.trim()
  return line.startsWith('[') && line.endsWith(']') ? line.slice(1, -1) : undefined
}

function readEntry(line: Passage, section: string): UnitEntry | undefined {
  const equals = line.text.indexOf('=')
  const key = line.text.slice(0, Math.max(equals, 0)).trim()
  if (key === '' || key.startsWith('[')) return undefined
  const value = slicePassage(line, equals + 1)
  const lead = value.text.length - value.text.trimStart().length
  const end = Math.max(lead, value.text.trimEnd().length)
  return { section, key, value: slicePassage(value, lead, end) }
}

import type { Origin } from '../config/setting.ts'
import { printableCells } from '../lint/printable.ts'
import { describeOrigin, placeOfOrigin, type Report } from './report.ts'
import { lineText, type Place, type Source } from './source.ts'

/** What the terminal can do. */
export interface FrameStyle {
  /** Columns to write for; lines are cut around the marked text. */
  readonly width: number
  readonly unicode: boolean
  /** Paint for the marks. */
  readonly mark: (text: string) => string
  readonly dim: (text: string) => string
  /** A place as a terminal's hyperlink to its file (OSC 8); absent where there are none. */
  readonly link?: Hyperlink
}

/** `text` so that a terminal opens the file at `path` from it. */
export type Hyperlink = (text: string, path: string) => string

/** The lines that show a place: where it is, its text, a mark under it with `note`. */
export function frame(
  report: Report,
  origin: Origin,
  note: string | undefined,
  style: FrameStyle,
): readonly string[] {
  const place = placeOfOrigin(report.sources, origin)
  const source = place === undefined ? undefined : report.sources.get(place.file)
  if (place !== undefined && source !== undefined)
    return fileFrame(source, place, origin, note, style)
  switch (origin.kind) {
    case 'variable': {
      const value = report.variables.get(origin.name) ?? ''
      const text = `${origin.name}=${value}`
      const start = origin.name.length + 1
      return [
        head('environment', style),
        ...marked('', text, value === '' ? 0 : start, text.length, note, style),
      ]
    }
    case 'argument': {
      const before = report.arguments.slice(0, origin.index).map((text) => `${text} `)
      const start = before.join('').length
      const text = report.arguments.join(' ')
      const end = start + (report.arguments[origin.index]?.length ?? 0)
      return [
        head(`command line, argument ${origin.index + 1}`, style),
        ...marked('', text, start, end, note, style),
      ]
    }
    case 'file':
      return [head(origin.file, style), ...noteLine(note, style)]
    case 'default':
      return noteLine(note, style)
  }
}

function noteLine(note: string | undefined, style: FrameStyle): readonly string[] {
  return note === undefined ? [] : [`  ${style.dim(style.unicode ? '│' : '|')} ${note}`]
}

function head(where: string, { unicode, dim }: FrameStyle): string {
  return `  ${dim(unicode ? '──▶' : '-->')} ${where}`
}

function fileFrame(
  source: Source,
  place: Place,
  origin: Origin,
  note: string | undefined,
  style: FrameStyle,
): readonly string[] {
  const { start, end } = place
  const text = lineText(source, start.line)
  const last = end.line === start.line ? end.column - 1 : text.length
  const name = `${printableCells(place.file)}:${start.line}:${start.column}`
  const shown = style.link?.(name, place.file) ?? name
  const layer = origin.kind === 'file' ? '' : ` (${describeOrigin(origin)})`
  return [
    head(`${shown}${layer}`, style),
    ...marked(String(start.line), text, start.column - 1, last, note, style),
    ...(end.line > start.line + 1 || (end.line > start.line && end.column > 1)
      ? [
          `${' '.repeat(String(start.line).length + 2)}${style.dim(style.unicode ? '┆' : ':')} … to line ${end.line}`,
        ]
      : []),
  ]
}

/** A line of text and the mark under `from` to `to` (UTF-16 offsets into it). */
function marked(
  number: string,
  text: string,
  from: number,
  to: number,
  note: string | undefined,
  style: FrameStyle,
): readonly string[] {
  const bar = style.dim(style.unicode ? '│' : '|')
  const gutter = ' '.repeat(number.length)
  const window = cut(text, from, to, Math.max(style.width - number.length - 5, 20))
  const blank = ' '.repeat(cells(window.before))
  const mark = (style.unicode ? '━' : '^').repeat(Math.max(cells(window.marked), 1))
  const line = printableCells(window.before + window.marked + window.after)
  return [
    ` ${style.dim(number)} ${bar} ${line}`.trimEnd(),
    ` ${gutter} ${bar} ${blank}${style.mark(mark)}${note === undefined ? '' : ` ${style.mark(note)}`}`,
  ]
}

/** The part of `text` around `from` to `to` that fits into `width` cells, cut ends shown as `…`. */
function cut(
  text: string,
  from: number,
  to: number,
  width: number,
): { readonly before: string; readonly marked: string; readonly after: string } {
  // What is far from the mark is not shown, and counting it would take longer the longer the line is.
  const near = 4 * width
  const end = Math.max(to, from)
  const before = text.slice(Math.max(from - near, 0), from)
  const middle = text.slice(from, Math.min(end, from + near))
  const after = text.slice(end, end + near)
  if (before.length + middle.length + after.length === text.length && cells(text) <= width)
    return { before, marked: middle, after }
  const room = Math.max(width - 2, 10)
  const shown = cells(middle) > room ? `${take(middle, room - 1)}…` : middle
  const left = Math.min(cells(before), Math.floor((room - cells(shown)) / 2))
  const head = cells(before) > left ? `…${takeLast(before, left)}` : before
  const right = room - cells(shown) - cells(head)
  const tail = cells(after) > right ? `${take(after, Math.max(right, 0))}…` : after
  return { before: head, marked: shown, after: tail }
}

function take(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const char of text) {
    used += cells(char)
    if (used > width) break
    taken += char
  }
  return taken
}

function takeLast(text: string, width: number): string {
  return [...take([...text].reverse().join(''), width)].reverse().join('')
}

/** East Asian wide and full-width characters and emoji take two cells (UAX 11), combining marks none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** How many terminal cells `text` takes. */
export function cells(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  const combining = /\p{Mn}|\p{Me}/u
  let count = 0
  for (const char of text) count += combining.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return count
}

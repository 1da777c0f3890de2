import { utf8Length, utf8Width } from './rust-text.ts'

/**
 * A TOML syntax error as the server prints it: place, the line itself, a caret, `message` (toml_edit 0.22 src/error.rs).
 * Columns count characters, but bytes where the caret stands under a non-ASCII character; `at` is a UTF-16 offset.
 */
export function reportTomlError(text: string, at: number, message: string): string {
  const atEnd = at >= text.length
  const last = atEnd ? text.length - 1 : at
  const lineStart = last <= 0 ? 0 : text.lastIndexOf('\n', last - 1) + 1
  const line = countLines(text, lineStart)
  const before = text.slice(lineStart, at)
  const character = atEnd ? '' : String.fromCodePoint(text.codePointAt(at) ?? 0)
  const width = atEnd ? 0 : utf8Width(character)
  const column = width > 1 ? utf8Length(before) : [...before].length
  const lineEnd = text.indexOf('\n', lineStart)
  const content = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd)
  const carets = Math.max(1, Math.min(width, utf8Length(content) - column))
  const gutter = ' '.repeat(String(line).length + 1)
  return [
    `TOML parse error at line ${line}, column ${column + 1}`,
    `${gutter}|`,
    `${line} | ${content}`,
    `${gutter}|${' '.repeat(column + 1)}${'^'.repeat(carets)}`,
    message,
    '',
  ].join('\n')
}

function countLines(text: string, end: number): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

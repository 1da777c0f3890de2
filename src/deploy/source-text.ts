import type { FileRead } from '../config/file.ts'
import type { Grammar } from '../config/outline.ts'
import { AuthError, type ErrorCode } from '../errors.ts'
import type { Place } from './passage.ts'

/** A file that was read, decoded; offsets count its UTF-16 units, a byte order mark included. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/**
 * Asks for a file by its path, and says how it will be read where it is read as part of the deployment; undefined = the
 * edge does not have it.
 */
export type FileLookup = (path: string, grammar?: Grammar) => FileRead | undefined

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a file's bytes; what is not UTF-8 becomes U+FFFD, as in the values the server reads. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** `file:line:column` of an offset, lines and columns counted from 1. */
export function describePosition({ file, text }: SourceText, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${file}:${line}:${offset - before.lastIndexOf('\n')}`
}

/** An AuthError that names the place: `file:line:column: message`. */
export function errorAt(
  source: SourceText,
  offset: number,
  message: string,
  { code = 'ERR_INPUT_FORM', hints = [] }: { code?: ErrorCode; hints?: readonly string[] } = {},
): AuthError {
  return new AuthError(code, `${describePosition(source, offset)}: ${message}`, { hints })
}

/** The place of one thing in a file. */
export function placeAt({ file }: SourceText, start: number, end: number): Place {
  return { file, span: { start, end } }
}

/** One line of a text, without its LF or CR LF. */
export interface Line {
  /** Where it begins in the text. */
  readonly start: number
  readonly text: string
}

/** The lines of `text`; a byte order mark before the first is left out. */
export function splitLines(text: string): Line[] {
  let start = text.startsWith('\u{feff}') ? 1 : 0
  return text
    .slice(start)
    .split('\n')
    .map((line) => {
      const read = { start, text: line.endsWith('\r') ? line.slice(0, -1) : line }
      start += line.length + 1
      return read
    })
}

/** A unit that is white space to Go (unicode.IsSpace); JavaScript adds the byte order mark and leaves U+0085 out. */
export const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

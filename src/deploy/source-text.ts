import type { FileRead } from '../config/file.ts'
import { AuthError, type ErrorCode } from '../errors.ts'
import type { Place } from './passage.ts'

/** A file that was read, decoded; offsets count its UTF-16 units, a byte order mark included. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/** Asks for a file by its path; undefined = the edge does not have it. */
export type FileLookup = (path: string) => FileRead | undefined

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a file's bytes; what is not UTF-8 becomes U+FFFD, as in the values the server reads. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** An AuthError that names the place, `file:line:column: message`, lines and columns counted from 1. */
export function errorAt(
  { file, text }: SourceText,
  offset: number,
  message: string,
  details: { readonly code?: ErrorCode; readonly hints?: readonly string[] } = {},
): AuthError {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - (before.lastIndexOf('\n') + 1) + 1
  const hints = details.hints ?? []
  return new AuthError(details.code ?? 'ERR_INPUT_FORM', `${file}:${line}:${column}: ${message}`, {
    hints,
  })
}

/** The place of one thing in a file. */
export function placeAt({ file }: SourceText, start: number, end: number): Place {
  return { file, span: { start, end } }
}

/** A unit that is white space to Go (unicode.IsSpace); JavaScript adds the byte order mark and leaves U+0085 out. */
export const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

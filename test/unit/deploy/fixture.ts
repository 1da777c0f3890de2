import { readFileSync } from 'node:fs'
import type { FileFailure, FileRead } from '../../../src/config/file.ts'
import type { Deployment } from '../../../src/deploy/deployment.ts'
import type { Place } from '../../../src/deploy/passage.ts'
import { decodeText, type SourceText } from '../../../src/deploy/source-text.ts'

const root = new URL('files/', import.meta.url)

/** A file below test/unit/deploy/files, by its path from there. */
export function open(file: string): SourceText {
  return { file, text: decodeText(readFileSync(new URL(file, root))) }
}

/** The files below test/unit/deploy/files, as a host gives them. */
export function host(path: string): FileRead {
  try {
    return { ok: true, bytes: readFileSync(new URL(path, root)) }
  } catch (error) {
    // Every error of node:fs has its errno name as its code.
    const { code } = error as { code: string }
    return { ok: false, failure: FAILURES[code] ?? 'other', message: code }
  }
}

const FAILURES: Readonly<Record<string, FileFailure>> = {
  ENOENT: 'missing',
  EISDIR: 'directory',
  ENOTDIR: 'not-a-directory',
}

/** `file:line:written`, what stands at a place. */
export function written({ file, span }: Place, read: (file: string) => SourceText = open): string {
  const { text } = read(file)
  const line = text.slice(0, span.start).split('\n').length
  return `${file.split('/').at(-1)}:${line}:${text.slice(span.start, span.end)}`
}

/** The variables as rows `[name, value, file:line:written]`; an unknown value is undefined. */
export function variableRows(
  { variables }: Deployment,
  read?: (file: string) => SourceText,
): readonly (readonly [string, string | undefined, string])[] {
  return variables.map(({ name, value, origin }) => [
    name,
    value,
    origin.kind === 'variable' && origin.at !== undefined ? written(origin.at, read) : 'nowhere',
  ])
}

/** The arguments as rows `[text, file:line:written]`. */
export function argumentRows(
  deployment: Deployment,
  read?: (file: string) => SourceText,
): readonly (readonly [string | undefined, string])[] {
  return deployment.arguments.map(({ text, origin }) => [
    text,
    origin.kind === 'argument' && origin.at !== undefined ? written(origin.at, read) : 'nowhere',
  ])
}

/** What the server finds at a path: its text, or why it finds none; undefined = not to be known. */
export function found({ files }: Deployment, path: string): string | undefined {
  const read = files(path)
  if (read === undefined) return undefined
  return read.ok ? decodeText(read.bytes) : read.failure
}

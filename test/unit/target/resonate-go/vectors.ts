import { readFileSync } from 'node:fs'
import type { FileFailure, FileRead } from '../../../../src/config/file.ts'

export const VECTORS = new URL('../../../vectors', import.meta.url).pathname

/** The rows of a vector file. */
export function readRows<Row>(file: string): readonly Row[] {
  return readFileSync(`${VECTORS}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

const FAILURES: Readonly<Record<string, FileFailure>> = {
  EISDIR: 'directory',
  ENOENT: 'missing',
  ENAMETOOLONG: 'name-too-long',
}

/** A file of the vectors as the edge reads it. */
export function readVector(path: string): FileRead {
  try {
    return { ok: true, bytes: readFileSync(`${VECTORS}/${path}`) }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return { ok: false, failure: FAILURES[code] ?? 'other', message: String(error) }
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigurationSource } from '../../src/config/configuration.ts'
import type { FileFailure, FileRead } from '../../src/config/file.ts'
import type { GoVersion } from '../../src/target/resonate-go/settings.ts'
import { readRows, VECTORS } from './rows.ts'

/** One row of the Go servers' configs.jsonl (go-0.8/README.md). */
export interface GoConfigRow {
  readonly id: string
  readonly yaml: string | null
  readonly files?: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  readonly starts: boolean
  readonly exit?: number
  readonly stderr?: string
  readonly auth_on: boolean | null
  readonly probes?: Readonly<Record<string, number | boolean | string>>
}

export function goConfigRows(version: GoVersion): readonly GoConfigRow[] {
  return readRows(`go-${version}/configs.jsonl`)
}

/** The texts of the row's files by path, its resonate.yaml among them. */
export function filesOf({ yaml, files }: GoConfigRow): Readonly<Record<string, string>> {
  return { ...files, ...(yaml !== null && { 'resonate.yaml': yaml }) }
}

/** What the row's server found in its directory, where `keys/` lies too. */
export function readRowFile(row: GoConfigRow, path: string): FileRead {
  const files = filesOf(row)
  const text = Object.hasOwn(files, path) ? files[path] : undefined
  if (text !== undefined) return { ok: true, bytes: Buffer.from(text) }
  return readVector(path.startsWith('keys/') ? path : `absent-${path}`)
}

/** What the row's server was started with. */
export function sourceOf(row: GoConfigRow): ConfigurationSource {
  return {
    cwd: '$DIR',
    files: (path) => readRowFile(row, path),
    variables: [['HOME', '$HOME'] as const, ...Object.entries(row.env)].map(([name, value]) => ({
      name,
      value,
      origin: { kind: 'variable', name },
    })),
    arguments: row.args.map((text, index) => ({
      text,
      origin: { kind: 'argument', name: text, index },
    })),
  }
}

const FAILURES: Readonly<Record<string, FileFailure>> = {
  EISDIR: 'directory',
  ENOENT: 'missing',
  ENAMETOOLONG: 'name-too-long',
}

/** A file of the vectors as the edge reads it. */
export function readVector(path: string): FileRead {
  try {
    return { ok: true, bytes: readFileSync(join(VECTORS, path)) }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return { ok: false, failure: FAILURES[code] ?? 'other', message: String(error) }
  }
}

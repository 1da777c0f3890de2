import type { Configuration, ConfigurationSource } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import type { Node, Origin } from '../../config/setting.ts'
import { parseToml } from '../../config/toml.ts'
import { reportTomlError } from './toml-report.ts'

/** The name that every release looks for; the plugin layout's --config names another (src/config.rs). */
export const FILE_NAME = 'resonate.toml'

/** Larger files are not read by this tool: real ones have a few kilobytes, and the limit keeps reading quick. */
export const FILE_LIMIT = 256 * 1024

/** The server stops with `message`, a line of its own; `at` is the offset of a syntax error. */
export interface RefusedFile {
  readonly kind: 'refused'
  readonly path: string
  readonly shown: string
  readonly text?: string
  readonly at?: number
  readonly message: string
}

export type SourceFile =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'read'
      readonly path: string
      /** The path as the server's messages show it. */
      readonly shown: string
      readonly text: string
      readonly root: Node
    }
  | RefusedFile
  | { readonly kind: 'unknown'; readonly path: string; readonly decides: string }

/**
 * The file the server reads: `resonate.toml` in its working directory, else in the nearest parent that has one;
 * directories and files it cannot see are passed over (figment src/providers/data.rs).
 */
export function readSourceFile(
  { cwd, files, named }: ConfigurationSource,
  name = FILE_NAME,
): SourceFile {
  if (named !== undefined) return readCandidate(named.file, named.path, name) ?? { kind: 'none' }
  for (const { path, shown } of candidatePaths(cwd, name)) {
    const read = readCandidate(files(path), path, shown)
    if (read !== undefined) return read
  }
  return { kind: 'none' }
}

/** The file as the configuration names it, whether the server could read on in it or not. */
export function describeFile(file: SourceFile): Pick<Configuration, 'file'> {
  if (file.kind !== 'read' && file.kind !== 'refused') return {}
  return { file: { path: file.path, text: file.text ?? '', grammar: 'toml' } }
}

/** Where a file is wrong that the server refuses, or that was not read. */
export function faultOrigin({ path, at = 0 }: Pick<RefusedFile, 'path' | 'at'>): Origin {
  return { kind: 'file', file: path, span: { start: at, end: at } }
}

/** Undefined where the server finds no file and looks on. */
function readCandidate(
  file: FileRead | undefined,
  path: string,
  shown: string,
): SourceFile | undefined {
  if (file === undefined) return undefined
  if (file.ok) return parseFile(file.bytes, path, shown)
  if (file.failure === 'denied' && file.hidden !== true)
    return { kind: 'refused', path, shown, message: `${file.message}\n` }
  if (file.failure === 'too-large')
    return { kind: 'unknown', path, decides: `${path}: more than ${FILE_LIMIT} bytes` }
  return undefined
}

function parseFile(bytes: Uint8Array, path: string, shown: string): SourceFile {
  if (bytes.length > FILE_LIMIT)
    return { kind: 'unknown', path, decides: `${path}: more than ${FILE_LIMIT} bytes` }
  const text = decodeUtf8(bytes)
  if (text === undefined)
    return { kind: 'refused', path, shown, message: 'stream did not contain valid UTF-8\n' }
  const toml = parseToml(text, path)
  if (toml.ok) return { kind: 'read', path, shown, text, root: toml.root }
  const report = reportTomlError(text, toml.at, toml.message)
  return { kind: 'refused', path, shown, text, at: toml.at, message: report }
}

/** The text of `bytes` with a byte order mark kept; undefined when they are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Where the file may lie, the nearest first: as a path relative to `cwd`, and as the server's messages show it,
 * relative only where that has fewer parts than the absolute path (figment src/metadata.rs).
 */
export function candidatePaths(
  cwd: string,
  name: string,
): readonly { path: string; shown: string }[] {
  if (name.startsWith('/')) return [{ path: name, shown: name }]
  const parts = cwd.split('/').filter((part) => part !== '')
  return Array.from({ length: parts.length + 1 }, (_, up) => {
    const path = `${'../'.repeat(up)}${name}`
    const above = parts.slice(0, parts.length - up)
    const absolute = `/${[...above, name].join('/')}`
    const absoluteParts = above.length + 2
    return { path, shown: up + 1 < absoluteParts ? path : absolute }
  })
}

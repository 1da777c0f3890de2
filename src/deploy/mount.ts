import { posix } from 'node:path'
import type { FileRead } from '../config/file.ts'
import type { Place } from './passage.ts'
import type { FileLookup } from './source-text.ts'

/** Something of a container's file system that does not come from its base image. */
export interface Mount {
  /** An absolute path in the container, without a trailing slash (`/` apart). */
  readonly target: string
  readonly source: MountSource
  readonly place: Place
}

export type MountSource =
  | {
      readonly kind: 'host'
      /** Absolute, or relative to the directory the edge works in. */
      readonly path: string
      /** What is there when the host has nothing at `path`: Docker makes an empty directory of it, or nobody knows. */
      readonly absent: 'directory' | 'unknown'
    }
  /** `copy SOURCE… DIRECTORY`: the directory holds each source that is a file, and what is in each that is one. */
  | { readonly kind: 'copied'; readonly paths: readonly string[] }
  | { readonly kind: 'content'; readonly bytes: Uint8Array }
  /** A directory whose entries are all known; an undefined one exists but cannot be read from here. */
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Uint8Array | undefined> }
  | { readonly kind: 'unknown'; readonly why: string }

/** What the system says where a path leads to nothing, to a directory, or through a file. */
export const MISSING: FileRead = {
  ok: false,
  failure: 'missing',
  message: 'No such file or directory (os error 2)',
}
export const DIRECTORY: FileRead = {
  ok: false,
  failure: 'directory',
  message: 'Is a directory (os error 21)',
}
const NOT_A_DIRECTORY: FileRead = {
  ok: false,
  failure: 'not-a-directory',
  message: 'Not a directory (os error 20)',
}

/** The path without `.`, `..` and a trailing slash. */
export function cleanPath(path: string): string {
  const clean = posix.normalize(path)
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}

/**
 * The path from the mount's target to `path`, without a leading slash: empty for the target itself, undefined for a
 * path outside.
 */
function restOf(target: string, path: string): string | undefined {
  if (path === target) return ''
  const prefix = target === '/' ? '/' : `${target}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

/**
 * What a container finds at the absolute `path`: the mount with the longest target holds, of equal ones the last.
 * `unmounted` answers for paths that no mount covers.
 */
export function readMounted(
  mounts: readonly Mount[],
  path: string,
  host: FileLookup,
  unmounted: (path: string) => FileRead | undefined,
): FileRead | undefined {
  const clean = cleanPath(path)
  const covering = mounts
    .filter(({ target }) => restOf(target, clean) !== undefined)
    .sort((one, other) => one.target.length - other.target.length)
  for (const { target, source } of covering.reverse()) {
    const read = readSource(source, restOf(target, clean) ?? '', host)
    if (read !== 'elsewhere') return read
  }
  if (mounts.some(({ target }) => restOf(clean, target) !== undefined)) return DIRECTORY
  return unmounted(clean)
}

/** `elsewhere`: a copied directory that does not hold the path lies over what was there before. */
function readSource(
  source: MountSource,
  rest: string,
  host: FileLookup,
): FileRead | undefined | 'elsewhere' {
  switch (source.kind) {
    case 'host': {
      const read = host(rest === '' ? source.path : posix.join(source.path, rest))
      if (read === undefined || read.ok || read.failure !== 'missing') return known(read)
      if (source.absent === 'unknown') return undefined
      return rest === '' ? DIRECTORY : MISSING
    }
    case 'copied':
      return readCopied(source.paths, rest, host)
    case 'content':
      return rest === '' ? { ok: true, bytes: source.bytes } : NOT_A_DIRECTORY
    case 'entries':
      return readEntry(source.entries, rest)
    case 'unknown':
      return undefined
  }
}

/** A failure that says something about the host alone (no permission for us) says nothing about the container. */
function known(read: FileRead | undefined): FileRead | undefined {
  if (read === undefined || read.ok) return read
  return read.failure === 'denied' || read.failure === 'other' ? undefined : read
}

function readEntry(
  entries: ReadonlyMap<string, Uint8Array | undefined>,
  rest: string,
): FileRead | undefined {
  if (rest === '') return DIRECTORY
  if (!entries.has(rest)) {
    for (const name of entries.keys()) {
      if (name.startsWith(`${rest}/`)) return DIRECTORY
      if (rest.startsWith(`${name}/`)) return NOT_A_DIRECTORY
    }
    return MISSING
  }
  const bytes = entries.get(rest)
  return bytes === undefined ? undefined : { ok: true, bytes }
}

function readCopied(
  paths: readonly string[],
  rest: string,
  host: FileLookup,
): FileRead | undefined | 'elsewhere' {
  if (rest === '') return DIRECTORY
  for (const path of paths.toReversed()) {
    const within = host(posix.join(path, rest))
    if (within?.ok === true) return within
    if (isNamed(path, rest)) {
      const itself = host(posix.join(posix.dirname(path), rest))
      if (itself === undefined || itself.ok) return itself
    }
    if (within === undefined) return undefined
  }
  return 'elsewhere'
}

/** Whether a copied source, the last part of which may hold `*` and `?`, makes a file of the name `rest`. */
function isNamed(path: string, rest: string): boolean {
  if (rest.includes('/')) return false
  const pattern = posix.basename(path)
  let patternAt = 0
  let at = 0
  let star: { patternAt: number; at: number } | undefined
  while (at < rest.length) {
    const unit = pattern.charAt(patternAt)
    if (unit === '*') {
      star = { patternAt: ++patternAt, at }
    } else if (unit === '?' || unit === rest.charAt(at)) {
      patternAt++
      at++
    } else if (star === undefined) {
      return false
    } else {
      patternAt = star.patternAt
      at = ++star.at
    }
  }
  return /^\**$/.test(pattern.slice(patternAt))
}

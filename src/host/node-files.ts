import {
  closeSync,
  constants,
  createReadStream,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { FileRead } from '../config/file.ts'
import { AuthError } from '../errors.ts'
import { readDescriptor } from './descriptor.ts'
import { writeError } from './file-failure.ts'
import type { FileStat, Files, NewFile } from './files.ts'
import { growFile, scratchFile, streamFile } from './growing-file.ts'
import { readFailure, readStream, TOO_LARGE } from './read-stream.ts'

/**
 * The files as seen from `cwd`, through node:fs. Regular files are handled synchronously: it is quicker for the few
 * small ones a command touches, and an interrupt cannot fall between the two halves of a key pair.
 */
export function nodeFiles(cwd: string): Files {
  const at = (path: string): string => placeOf(cwd, path)
  return {
    read: (path, limit) => readFile(at(path), limit),
    readDescriptor,
    stat: async (path) => statFile(at(path)),
    list: async (path) => listDirectory(at(path)),
    realPath: async (path) => resolveLinks(at(path)),
    write: async (files, force) => writeFiles(files, at, force),
    stream: (path) => streamFile(path, at(path)),
    grow: (path, start) => growFile(path, at(path), start),
    scratch: scratchFile,
  }
}

/**
 * Where `path` leads from `cwd`. What stands in it is left to the system, which knows links and tells a file from a
 * directory: `a/../b` needs `a`, and `file/` is none. An empty path stays empty and leads nowhere.
 */
export function placeOf(cwd: string, path: string): string {
  return path === '' || isAbsolute(path) ? path : `${cwd}/${path}`
}

async function readFile(path: string, limit: number): Promise<FileRead> {
  if (path.includes('\0'))
    return { ok: false, failure: 'other', message: 'file name contained an unexpected NUL byte' }
  try {
    const { mode, size } = statSync(path)
    const type = mode & constants.S_IFMT
    // A pipe or a device may wait for its other end: only an asynchronous read can be interrupted then.
    if (type !== constants.S_IFREG && type !== constants.S_IFDIR)
      return await readStream(createReadStream(path), limit)
    return size > limit ? TOO_LARGE : { ok: true, bytes: readFileSync(path) }
  } catch (error) {
    return readFailure(error)
  }
}

function statFile(path: string): FileStat | undefined {
  try {
    const { mode, uid } = statSync(path)
    const type = mode & constants.S_IFMT
    const kind =
      type === constants.S_IFREG ? 'file' : type === constants.S_IFDIR ? 'directory' : 'other'
    return { kind, mode: mode & 0o777, uid }
  } catch {
    return undefined
  }
}

function resolveLinks(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path).sort()
  } catch {
    return []
  }
}

/** One file on its way to its place, with what undoes it. */
interface Placed {
  readonly path: string
  readonly undo: () => void
  readonly settle: () => void
}

function writeFiles(files: readonly NewFile[], at: (path: string) => string, force: boolean): void {
  for (const { path } of files) refuseOccupied(path, at(path), force)
  const placed: Placed[] = []
  try {
    for (const file of files) placed.push(placeFile(file, at(file.path)))
  } catch (error) {
    for (const { undo } of placed.reverse()) undo()
    throw error
  }
  for (const { settle } of placed) settle()
}

function refuseOccupied(name: string, path: string, force: boolean): void {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there === undefined) return
  if (there.isDirectory())
    throw new AuthError('ERR_FILE_KIND', `${name}: is a directory`, {
      hints: ['name a file in it'],
    })
  if (!force)
    throw new AuthError('ERR_FILE_EXISTS', `${name}: already exists, nothing was written`, {
      hints: ['name another file, or replace it with --force'],
    })
  if (!there.isFile() && !there.isSymbolicLink())
    throw new AuthError('ERR_FILE_KIND', `${name}: not a regular file`, {
      hints: ['use - for standard output'],
    })
}

function placeFile(file: NewFile, path: string): Placed {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`)
  const previous = join(dirname(path), `.${basename(path)}.${process.pid}.old`)
  try {
    const there = lstatSync(path, { throwIfNoEntry: false })
    if (there === undefined) {
      createFile(path, file)
      return { path, undo: () => unlinkSync(path), settle: () => undefined }
    }
    const { mode = there.isFile() ? there.mode & 0o777 : undefined } = file
    createFile(temporary, { ...file, ...(mode !== undefined && { mode }) })
    linkSync(path, previous)
    renameSync(temporary, path)
    return { path, undo: () => renameSync(previous, path), settle: () => unlinkSync(previous) }
  } catch (error) {
    for (const left of [temporary, previous]) removeQuietly(left)
    throw writeError(file.path, error)
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was never made.
  }
}

function createFile(path: string, { content, mode, unsynced }: NewFile): void {
  const descriptor = openSync(path, 'wx', mode)
  try {
    // The process's umask may take bits that a public key needs; a private one never gains any.
    if (mode !== undefined) fchmodSync(descriptor, mode)
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
    if (unsynced !== true) fsyncSync(descriptor)
  } catch (error) {
    closeSync(descriptor)
    unlinkSync(path)
    throw error
  }
  closeSync(descriptor)
}

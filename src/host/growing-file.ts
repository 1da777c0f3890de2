import {
  closeSync,
  constants,
  createReadStream,
  fsyncSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AuthError } from '../errors.ts'
import { codeOf, writeError } from './file-failure.ts'
import type { GrowingFile, GrowthStart, ScratchFile } from './files.ts'

/** The bytes of the file at `path`, called `name` in errors, as they come. Throws AuthError when it cannot be read. */
export async function* streamFile(name: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    // Without an encoding a stream gives bytes.
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array
  } catch (error) {
    throw readError(name, error)
  }
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is not a directory',
}

function readError(name: string, error: unknown): AuthError {
  const code = codeOf(error) === 'ENOENT' ? 'ERR_FILE_MISSING' : 'ERR_FILE_DENIED'
  return new AuthError(code, `${name}: ${READ_FAILURES[codeOf(error)] ?? codeOf(error)}`, {
    cause: error,
  })
}

/** Begins the growing file at `path`, called `name` in errors. */
export function growFile(name: string, path: string, start: GrowthStart): GrowingFile {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`)
  const place = start.how === 'replace' ? temporary : path
  let descriptor: number | undefined
  let length = start.how === 'continue' ? start.keep : 0
  const remove = (): void => {
    try {
      unlinkSync(temporary)
    } catch {
      // It was never made.
    }
  }
  const open = (): number => {
    if (start.how === 'replace') process.once('exit', remove)
    if (start.how !== 'continue') return openSync(place, 'wx', 0o600)
    const known = openSync(place, constants.O_RDWR)
    ftruncateSync(known, length)
    return known
  }
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      throw writeError(name, error)
    }
  }
  return {
    append: (piece) =>
      attempt(() => {
        descriptor ??= open()
        length += writeWhole(descriptor, Buffer.from(piece), length)
      }),
    finish: () =>
      attempt(() => {
        descriptor ??= open()
        fsyncSync(descriptor)
        close()
        if (start.how !== 'replace') return
        renameSync(temporary, path)
        process.off('exit', remove)
      }),
    stop: () => {
      close()
      if (start.how !== 'replace') return
      remove()
      process.off('exit', remove)
    },
  }
}

/** Writes all of `bytes` at `position`, or leaves the file as long as it was and throws. */
function writeWhole(descriptor: number, bytes: Uint8Array, position: number): number {
  let written = 0
  try {
    while (written < bytes.length)
      written += writeSync(descriptor, bytes, written, bytes.length - written, position + written)
  } catch (error) {
    ftruncateSync(descriptor, position)
    throw error
  }
  return written
}

/** A file in the system's temporary directory that has no name any more where the system allows that. */
export function scratchFile(): ScratchFile {
  const folder = mkdtempSync(join(tmpdir(), 'resonate-auth-'))
  const path = join(folder, 'input')
  const descriptor = openSync(path, 'wx+', 0o600)
  const remove = (): void => {
    try {
      unlinkSync(path)
      rmdirSync(folder)
    } catch {
      // Gone already, or open on a system that keeps the names of open files.
    }
  }
  remove()
  process.once('exit', remove)
  let length = 0
  return {
    append: (bytes) => {
      try {
        length += writeWhole(descriptor, bytes, length)
      } catch (error) {
        throw writeError('the temporary directory', error)
      }
    },
    stream: () => createReadStream('', { fd: descriptor, start: 0, autoClose: false }),
    end: () => {
      closeSync(descriptor)
      remove()
      process.off('exit', remove)
    },
  }
}

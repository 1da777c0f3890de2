import type { Readable } from 'node:stream'
import type { FileFailure, FileRead } from '../config/file.ts'
import { codeOf } from './file-failure.ts'

const FAILURES: Readonly<Record<string, { failure: FileFailure; text: string }>> = {
  ENOENT: { failure: 'missing', text: 'No such file or directory (os error 2)' },
  EACCES: { failure: 'denied', text: 'Permission denied (os error 13)' },
  EPERM: { failure: 'denied', text: 'Operation not permitted (os error 1)' },
  EISDIR: { failure: 'directory', text: 'Is a directory (os error 21)' },
  ENOTDIR: { failure: 'not-a-directory', text: 'Not a directory (os error 20)' },
  ENAMETOOLONG: { failure: 'name-too-long', text: 'File name too long (os error 36)' },
  ELOOP: { failure: 'loop', text: 'Too many levels of symbolic links (os error 40)' },
}

/** What a failed read of a file says, with the words of the Rust server for the usual ones. */
export function readFailure(error: unknown): FileRead {
  const known = FAILURES[codeOf(error)]
  return known === undefined
    ? { ok: false, failure: 'other', message: `${codeOf(error)}` }
    : { ok: false, failure: known.failure, message: known.text }
}

/** What is said of a file that has more bytes than it may have. */
export const TOO_LARGE: FileRead = { ok: false, failure: 'too-large', message: 'File too large' }

/** All bytes of `stream`, or `too-large` as soon as there are more than `limit`. */
export async function readStream(stream: Readable, limit: number): Promise<FileRead> {
  const chunks: Uint8Array[] = []
  let total = 0
  try {
    for await (const chunk of stream) {
      const bytes =
        typeof chunk === 'string'
          ? Buffer.from(chunk)
          : // A stream without an encoding gives bytes.
            (chunk as Uint8Array)
      total += bytes.length
      if (total > limit) return TOO_LARGE
      chunks.push(bytes)
    }
  } catch (error) {
    return readFailure(error)
  }
  return { ok: true, bytes: Buffer.concat(chunks, total) }
}

import type { FileFailure } from '../config/file.ts'
import { AuthError, type ErrorCode } from '../errors.ts'
import type { Conversation } from './conversation.ts'

export interface InputRequest {
  /** What the bytes are for, e.g. `the private key`. */
  readonly purpose: string
  readonly limit: number
  /** The code when there are more bytes than `limit`. */
  readonly tooLarge?: ErrorCode
  readonly hints?: readonly string[]
}

const CODES: Readonly<Record<FileFailure, ErrorCode>> = {
  missing: 'ERR_FILE_MISSING',
  denied: 'ERR_FILE_DENIED',
  directory: 'ERR_FILE_KIND',
  'not-a-directory': 'ERR_FILE_KIND',
  'name-too-long': 'ERR_FILE_KIND',
  loop: 'ERR_FILE_KIND',
  'too-large': 'ERR_FILE_SIZE',
  other: 'ERR_FILE_KIND',
}

const SENTENCES: Readonly<Record<FileFailure, string>> = {
  missing: 'no such file',
  denied: 'permission denied',
  directory: 'is a directory',
  'not-a-directory': 'a part of the path is not a directory',
  'name-too-long': 'the name is too long',
  loop: 'too many levels of symbolic links',
  'too-large': 'too large',
  other: 'cannot be read',
}

/** The bytes of `path`, or of standard input for `-`. Throws AuthError naming the file and what went wrong. */
export async function readInput(
  path: string,
  talk: Conversation,
  { purpose, limit, tooLarge, hints = [] }: InputRequest,
): Promise<Uint8Array> {
  if (path === '-') return talk.readStdin(purpose, limit)
  const read = await talk.host.files.read(path, limit)
  if (read.ok) return read.bytes
  const sentence =
    read.failure === 'too-large'
      ? `more than ${limit} bytes, too large for ${purpose}`
      : SENTENCES[read.failure]
  const code =
    read.failure === 'too-large' && tooLarge !== undefined ? tooLarge : CODES[read.failure]
  throw new AuthError(code, `${path}: ${sentence}`, { hints })
}

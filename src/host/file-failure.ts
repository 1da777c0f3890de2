import { AuthError } from '../errors.ts'

/** The errno name of an error of node:fs, e.g. `ENOENT`. */
export function codeOf(error: unknown): string {
  // Every error of node:fs carries its errno name in `code`.
  return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
}

const WRITE_FAILURES: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ['no such directory', 'create the directory first'],
  ENOTDIR: ['a part of the path is not a directory', 'name a file in a directory'],
  EACCES: ['permission denied', 'choose a directory you may write to'],
  EPERM: ['not permitted', 'choose a directory you may write to'],
  EROFS: ['the file system is read-only', 'choose another directory'],
  ENOSPC: ['no space left on the device', 'free some space; nothing was written'],
  EDQUOT: ['the disk quota is used up', 'free some space; nothing was written'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
}

/** The AuthError for a failed write to `name` (a path, or `standard output`). */
export function writeError(name: string, error: unknown): AuthError {
  if (codeOf(error) === 'EEXIST')
    return new AuthError('ERR_FILE_EXISTS', `${name}: already exists, nothing was written`, {
      hints: ['name another file, or replace it with --force'],
      cause: error,
    })
  const [message, hint] = WRITE_FAILURES[codeOf(error)] ?? [codeOf(error), 'try another place']
  const code = codeOf(error) === 'EACCES' ? 'ERR_FILE_DENIED' : 'ERR_FILE_WRITE'
  return new AuthError(code, `${name}: ${message}`, { hints: [hint], cause: error })
}

import type { FileRead } from '../config/file.ts'

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other'
  /** Permission bits, e.g. 0o600. */
  readonly mode: number
  readonly uid: number
}

export interface NewFile {
  readonly path: string
  readonly content: string | Uint8Array
  /** Permission bits, e.g. 0o600 for secrets. */
  readonly mode: number
}

/** What the tool does with files; nothing else touches the disk. Paths are relative to the host's cwd. */
export interface Files {
  /** The bytes of a file, pipe or device of at most `limit` bytes; a failure is a value, never thrown. */
  read(path: string, limit: number): Promise<FileRead>
  /** The bytes that an open file descriptor of this process gives, at most `limit`. */
  readDescriptor(descriptor: number, limit: number): Promise<FileRead>
  /** Like stat(2); undefined when there is nothing at `path` or it may not be seen. */
  stat(path: string): Promise<FileStat | undefined>
  /** The names in a directory in the order of their code units; none where there is no directory or it may not be read. */
  list(path: string): Promise<readonly string[]>
  /** The path without links (realpath(3)); undefined when there is nothing or it may not be seen. */
  realPath(path: string): Promise<string | undefined>
  /**
   * Writes all the files or none: a new one is created with O_EXCL and its mode, with `force` an existing one is
   * replaced by a rename from beside it. Throws AuthError ERR_FILE_EXISTS, ERR_FILE_KIND, ERR_FILE_DENIED or
   * ERR_FILE_WRITE; then every old file is intact and no half file is left.
   */
  write(files: readonly NewFile[], force: boolean): Promise<void>
}

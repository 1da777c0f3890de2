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
  /**
   * Permission bits whatever the umask says, e.g. 0o600 for secrets; absent for an ordinary file, which gets what the
   * umask leaves of 0o666, or keeps the bits of the file it replaces.
   */
  readonly mode?: number
  /** Set where thousands are written and waiting for the disk after each would take minutes. */
  readonly unsynced?: true
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
  /** The bytes of a file, pipe or device as they come. Throws AuthError when it cannot be read. */
  stream(path: string): AsyncIterable<Uint8Array>
  /** Begins a private file (0600) that grows; nothing is on the disk before the first piece. See GrowingFile. */
  grow(path: string, start: GrowthStart): GrowingFile
  /** A place for one run's own bytes that no name leads to and that is gone with the process. */
  scratch(): ScratchFile
}

/** What a growing file begins with; `replace` builds beside the old file, which stays until the end. */
export type GrowthStart =
  | { readonly how: 'new' | 'replace' }
  /** Goes on with the file, of which only the first `keep` bytes count. */
  | { readonly how: 'continue'; readonly keep: number }

/** A file that grows by whole pieces, so that what is there is whole at any moment. */
export interface GrowingFile {
  /** Adds all of `piece`, or nothing of it and throws AuthError ERR_FILE_WRITE, ERR_FILE_EXISTS or ERR_FILE_DENIED. */
  append(piece: string): void
  /** It is complete and in its place, on the disk. */
  finish(): void
  /** Stops where it is; a `replace` leaves the old file. */
  stop(): void
}

/** Bytes put aside, to be read as often as one likes. */
export interface ScratchFile {
  append(bytes: Uint8Array): void
  stream(): AsyncIterable<Uint8Array>
  end(): void
}

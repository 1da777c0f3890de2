/** Why a file could not be read. */
export type FileFailure =
  | 'missing'
  | 'denied'
  | 'directory'
  | 'not-a-directory'
  | 'name-too-long'
  | 'loop'
  | 'too-large'
  | 'other'

/** A file as the edge read it; `message` is the operating system's own text, e.g. `No such file or directory (os error 2)`. */
export type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false
      readonly failure: FileFailure
      readonly message: string
      /** Not even stat(2) sees it: a directory above may not be entered. */
      readonly hidden?: true
    }

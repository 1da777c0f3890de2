/** How sure a statement about a server is: seen on a running one, read in its source, or concluded. */
export type Certainty = 'recorded' | 'source' | 'inferred'

/** A public-key file as the target's own reader sees it; `message` is the server's text without `Fatal: `. */
export type KeyLoad<Key> =
  | { readonly starts: true; readonly key: Key }
  | { readonly starts: false; readonly exit: number; readonly message: string }

/** What the server is configured with, as far as a token is concerned; undefined = not configured, '' = configured empty. */
export interface AuthSettings<Key> {
  /** 'none' = the server's unsigned mode. */
  readonly key: Key | 'none'
  readonly iss?: string | undefined
  readonly aud?: string | undefined
}

/** One row of a target's closed set of reasons; everything that is said about a refusal comes from here. */
export interface ReasonRow {
  readonly id: string
  readonly status: 200 | 400 | 401 | 403
  /** The server's own log text, `message error=…`; `{…}` marks a part that varies. Undefined when it logs nothing. */
  readonly log: string | undefined
  readonly claim?: string
  readonly meaning: string
  readonly mending: string
  readonly certainty: Certainty
}

import type { Span } from './setting.ts'

/** How a file is written, as far as that decides what in it is a comment; a format without comments has none. */
export type Grammar =
  | 'toml'
  | 'yaml'
  | 'docker-env'
  | 'dotenv'
  | 'systemd-env'
  | 'systemd'
  | 'dockerfile'

/** The comments of a file, and what a comment can be about. */
export interface Outline {
  /** Each from its mark to the end of its line, in order. */
  readonly comments: readonly Span[]
  /** Keys with their values, tables, list items, assignments and instructions: in order, outer ones before inner ones. */
  readonly statements: readonly Span[]
}

/** The outline of `statements` and `comments` in any order. */
export function createOutline(comments: readonly Span[], statements: readonly Span[]): Outline {
  return {
    comments: [...comments].sort((a, b) => a.start - b.start),
    statements: [...statements].sort((a, b) => a.start - b.start || b.end - a.end),
  }
}

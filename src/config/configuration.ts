import type { FileRead } from './file.ts'
import type { Grammar } from './outline.ts'
import type { Origin, Setting } from './setting.ts'

/** Everything a server could read at its start, gathered by the edge; pure data. */
export interface ConfigurationSource {
  /** The server's working directory as its messages show it; paths of `files` are relative to it or absolute. */
  readonly cwd: string
  /**
   * The files the server would look at, by the path it would open: the configuration file candidates (`resonate.toml`,
   * then `../resonate.toml` …) and the key files the settings name. A path that is not here is unknown to the edge.
   */
  readonly files: (path: string) => FileRead | undefined
  /** The configuration file where the user named one: it stands for the file the server would find first. */
  readonly named?: { readonly path: string; readonly file: FileRead }
  /** The environment in its own order; undefined = the environment was not asked for. */
  readonly variables: readonly Variable[] | undefined
  /** The server's command line after its name, e.g. `serve --auth-aud x`; empty = `serve` without flags. */
  readonly arguments: readonly Argument[]
}

/** One environment variable; `value` is undefined where it cannot be known from the files (valueFrom, an unset ${VAR}). */
export interface Variable {
  readonly name: string
  readonly value: string | undefined
  readonly origin: Origin
  /** Why the value cannot be known, a sentence without a full stop; only beside an undefined value. */
  readonly why?: string
}

/** One argument of the server; `text` is undefined where it cannot be known from the files. */
export interface Argument {
  readonly text: string | undefined
  readonly origin: Origin
  /** Why the text cannot be known, as for a variable. */
  readonly why?: string
}

/** What a typed setting may hold; undefined = an optional setting that nobody set, `unknown` = not to be known. */
export type SettingValue =
  | string
  | bigint
  | number
  | boolean
  | readonly string[]
  | undefined
  | { readonly unknown: string }

/** The configuration as the server holds it after its start, or as far as it came. */
export interface Configuration {
  /** Every key of the target in its documented order, by dotted path (`auth.publickey`), defaults included. */
  readonly settings: ReadonlyMap<string, Setting<SettingValue>>
  /** Whether the optional table (`auth`, `transports.http_push.auth`) exists at all; it may, with every key absent. */
  readonly tables: ReadonlyMap<string, Origin>
  /** The keys whose values must not be shown. */
  readonly secrets?: ReadonlySet<string>
  readonly ignored: readonly Ignored[]
  readonly start: Start
  /** Values the server refuses once the one that its start names is mended, in its order. */
  readonly refused?: readonly { readonly message: string; readonly origin: Origin }[]
  /** The file that was read, the text of which spans point into; undefined when there was none. */
  readonly file?: {
    readonly path: string
    readonly text: string
    /** Absent where it is written in a format without comments. */
    readonly grammar?: Grammar
  }
}

/** Something written that has no effect. */
export interface Ignored {
  readonly kind: 'key' | 'variable' | 'flag' | 'file' | 'element'
  /** As written: a dotted path, a variable's name, a flag, a file's path. */
  readonly what: string
  readonly origin: Origin
  /** Why it has no effect, a sentence without a full stop; never a secret. */
  readonly why: string
  /** What was probably meant, in the same form as `what`. */
  readonly meant?: string
}

/** The start-up verdict. */
export type Start =
  | { readonly starts: true }
  | {
      readonly starts: false
      readonly exit: number
      /** The server's whole standard error, to the letter; secrets in it are listed in `secrets`. */
      readonly message: string
      /** The value to blame, where there is one. */
      readonly origin?: Origin
      readonly secrets: readonly string[]
    }
  | { readonly starts: 'unknown'; readonly decides: string; readonly origin?: Origin }

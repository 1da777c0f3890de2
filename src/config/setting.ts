/** UTF-16 offsets into a decoded text: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a value stands: a place in a file, a variable, an argument, or nowhere (a default). */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly span: Span }
  | {
      readonly kind: 'variable'
      readonly name: string
      /** The line of the env file, compose file … that sets it; absent for the process environment. */
      readonly at?: { readonly file: string; readonly span: Span }
    }
  | {
      readonly kind: 'argument'
      readonly name: string
      /** Index into the server's own arguments (those after `--`). */
      readonly index: number
      readonly at?: { readonly file: string; readonly span: Span }
    }
  | { readonly kind: 'default' }

/** A typed value before any server's rules meet it; 64-bit integers are bigint. */
export type Value =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'char'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'uint'; readonly value: bigint }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'datetime'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly Node[] }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, Node> }
  /** A value that the files do not tell (valueFrom, an unset ${VAR}); `why` is a phrase for people. */
  | { readonly kind: 'unknown'; readonly why: string }

/** A value with the place it came from; `key` is the place of the name that introduces it. */
export interface Node {
  readonly value: Value
  readonly origin: Origin
  readonly key?: Origin
}

/** One effective setting: what won, where from, and the lower layers that lost (nearest first). */
export interface Setting<T> {
  readonly value: T
  readonly origin: Origin
  readonly shadows: readonly { readonly value: unknown; readonly origin: Origin }[]
}

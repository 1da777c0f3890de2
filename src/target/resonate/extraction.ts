import type { SettingValue } from '../../config/configuration.ts'
import type { Node, Origin } from '../../config/setting.ts'

/** A typed value and where it stands. */
export interface Extracted {
  readonly value: SettingValue
  readonly origin: Origin
}

/** Why the server refuses the merged configuration; `path` and `origin` tell where, in the layer that wrote it. */
export interface Refusal {
  readonly message: string
  readonly path: readonly string[]
  readonly origin: Origin
  /** A key that a strict table does not have. */
  readonly unknownKey?: true
}

export interface Extraction {
  /** The keys that somebody wrote, by dotted path; those with a wrong type are missing. */
  readonly values: ReadonlyMap<string, Extracted>
  /** The optional tables that exist, by path. */
  readonly tables: ReadonlyMap<string, Origin>
  /** The first refusal, in the server's order; undefined when it takes the configuration. */
  readonly refusal: Refusal | undefined
  /** All of them: the server tells the first alone, and the next when that one is mended. */
  readonly refusals: readonly Refusal[]
  /** Elements of a table written as a list for which the table has no key. */
  readonly surplus: readonly { readonly table: string; readonly node: Node }[]
}

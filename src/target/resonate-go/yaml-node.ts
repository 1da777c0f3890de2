/** A node of a YAML document as yaml v3 composes it, nothing decoded yet; indices count characters. */
export type YamlNode = YamlScalar | YamlCollection | YamlAlias

interface Place {
  /** From 1, with the tag and the anchor. */
  readonly line: number
  /** Without the tag and the anchor. */
  readonly start: number
  readonly end: number
}

export interface YamlScalar extends Place {
  readonly kind: 'scalar'
  readonly value: string
  /** `marked` = in quotes or with a block header. */
  readonly style: 'plain' | 'marked'
  /** As written, `!!` for the prefix of YAML's own; undefined = none, or `!` alone. */
  readonly tag?: string
}

export interface YamlCollection extends Place {
  readonly kind: 'list' | 'map'
  /** Those of a map are its keys and values in turn. */
  readonly items: readonly YamlNode[]
  readonly tag?: string
}

export interface YamlAlias extends Place {
  readonly kind: 'alias'
  readonly name: string
  readonly target: Exclude<YamlNode, YamlAlias>
}

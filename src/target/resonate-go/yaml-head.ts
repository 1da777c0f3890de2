import { failParsing, type Mark } from './yaml-characters.ts'
import type { TagToken } from './yaml-properties.ts'
import type { YamlScanner, YamlToken } from './yaml-scanner.ts'

const YAML_PREFIX = 'tag:yaml.org,2002:'

/** What the handles of tags stand for. */
export type TagPrefixes = ReadonlyMap<string, string>

/** The prefixes of a document without directives (yaml v3.0.4 parserc.go, default_tag_directives). */
export const DEFAULT_PREFIXES: TagPrefixes = new Map([
  ['!', '!'],
  ['!!', YAML_PREFIX],
])

/** Reads the directives in front of a document (parserc.go, yaml_parser_process_directives). Throws YamlProblem. */
export function readDirectives(scanner: YamlScanner): TagPrefixes {
  const prefixes = new Map<string, string>()
  let version = false
  for (;;) {
    const { directive, mark } = scanner.peek()
    if (directive === undefined) return new Map([...DEFAULT_PREFIXES, ...prefixes])
    if (directive.kind === 'version') {
      if (version) failParsing('found duplicate %YAML directive', undefined, mark)
      if (directive.version !== '1.1')
        failParsing('found incompatible YAML document', undefined, mark)
      version = true
    } else {
      if (prefixes.has(directive.handle))
        failParsing('found duplicate %TAG directive', undefined, mark)
      prefixes.set(directive.handle, directive.prefix)
    }
    scanner.skip()
  }
}

/** What stands before a node. */
export interface Properties {
  /** The line of the first of them; undefined where there is none. */
  readonly line?: number
  /** As written, with its prefix; `!!` for YAML's own. */
  readonly tag?: string
  readonly anchor?: string
}

/** Reads an anchor and a tag, in either order. Throws YamlProblem. */
export function readProperties(scanner: YamlScanner, prefixes: TagPrefixes): Properties {
  const start = scanner.peek().mark
  const found: YamlToken[] = []
  for (
    let { kind } = scanner.peek();
    (kind === 'anchor' || kind === 'tag') && !found.some((token) => token.kind === kind);
    kind = scanner.peek().kind
  )
    found.push(scanner.skip())
  const tagged = found.find(({ tag }) => tag !== undefined)
  const tag = tagged?.tag === undefined ? '!' : expandTag(tagged.tag, prefixes, start, tagged.mark)
  const anchor = found.find(({ name }) => name !== undefined)?.name
  return {
    ...(found.length > 0 && { line: start.line + 1 }),
    ...(tag !== '!' && { tag }),
    ...(anchor !== undefined && { anchor }),
  }
}

function expandTag(
  { handle, suffix }: TagToken,
  prefixes: TagPrefixes,
  start: Mark,
  mark: Mark,
): string {
  const prefix = handle === '' ? '' : prefixes.get(handle)
  if (prefix === undefined) failParsing('found undefined tag handle', start, mark)
  const tag = prefix + suffix
  return tag.startsWith(YAML_PREFIX) ? `!!${tag.slice(YAML_PREFIX.length)}` : tag
}

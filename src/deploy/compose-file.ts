import { posix } from 'node:path'
import type { YamlMap, YamlNode, YamlScalar } from '../config/yaml.ts'
import { interpolateIn, type Scope } from './interpolation.ts'
import type { Passage } from './passage.ts'
import { decodeText, errorAt, type FileLookup, type SourceText } from './source-text.ts'
import { asMap, asScalar, member, passageOf, readYaml, wordOf } from './yaml-source.ts'

/** A compose file, and the directory its relative paths start from. */
export interface ComposeFile {
  readonly source: SourceText
  readonly base: string
  readonly root: YamlMap | undefined
}

/** One file's part of a service; a service is a stack of them, the later over the earlier. */
export interface ServiceLayer {
  readonly file: ComposeFile
  readonly service: YamlMap
}

/** Reads a compose file. Throws AuthError for what is no YAML mapping. */
export function readComposeFile(source: SourceText, base: string): ComposeFile {
  const [first] = readYaml(source)
  const empty = first === undefined || (first.kind === 'scalar' && first.value === undefined)
  return { source, base, root: empty ? undefined : asMap(source, first, 'the compose file') }
}

/** The services of a file by name. */
export function servicesOf({ source, root }: ComposeFile): YamlMap | undefined {
  return asMap(source, member(root, 'services'), '"services"')
}

const MAX_EXTENDS = 20

/** The layers of a service over all files, each with what it extends below it (compose-go/v2 loader/extends.go). */
export function layersOf(
  files: readonly ComposeFile[],
  name: string,
  host: FileLookup,
  scope: Scope,
): ServiceLayer[] {
  return files.flatMap((file) => extendedLayers(file, name, host, scope))
}

function extendedLayers(
  first: ComposeFile,
  firstName: string,
  host: FileLookup,
  scope: Scope,
): ServiceLayer[] {
  const layers: ServiceLayer[] = []
  let file = first
  let name = firstName
  for (;;) {
    const { source } = file
    const service = asMap(source, member(servicesOf(file), name), `the service "${name}"`)
    if (service === undefined) return layers
    layers.unshift({ file, service })
    const extended = member(service, 'extends')
    if (extended === undefined) return layers
    if (layers.length > MAX_EXTENDS)
      throw errorAt(source, extended.span.start, 'services extend each other without an end')
    const base = wordOf(extended) ?? wordOf(member(extended, 'service'))
    const path = asScalar(source, member(extended, 'file'), 'the file of "extends"')
    if (base === undefined) throw errorAt(source, extended.span.start, '"extends" names no service')
    if (path !== undefined) file = openExtended(file, path, host, scope)
    if (member(servicesOf(file), base) === undefined)
      throw errorAt(source, extended.span.start, `there is no service "${base}" to extend`)
    name = base
  }
}

function openExtended(
  from: ComposeFile,
  node: YamlScalar,
  host: FileLookup,
  scope: Scope,
): ComposeFile {
  const { source } = from
  const path = joinPath(from.base, interpolateScalar(source, node, scope).text)
  const read = host(path, 'yaml')
  if (read === undefined || !read.ok)
    throw errorAt(source, node.span.start, `the file it extends, ${path}, cannot be read`, {
      code: 'ERR_FILE_MISSING',
    })
  return readComposeFile({ file: path, text: decodeText(read.bytes) }, posix.dirname(path))
}

/** A path of a compose file as the edge opens it. */
export function joinPath(base: string, path: string): string {
  return posix.isAbsolute(path) ? posix.normalize(path) : posix.join(base, path)
}

/** A scalar with its variables substituted. Throws AuthError for a malformed `${`. */
export function interpolateScalar(source: SourceText, scalar: YamlScalar, scope: Scope): Passage {
  return interpolateIn(source, passageOf(source, scalar), scope, 'write $$ for a dollar sign')
}

/** A key's values over the layers, lowest first; `!reset` forgets what is below, `!override` replaces it. */
export function layeredNodes(
  layers: readonly ServiceLayer[],
  key: string,
): { readonly file: ComposeFile; readonly node: YamlNode }[] {
  let nodes: { file: ComposeFile; node: YamlNode }[] = []
  for (const { file, service } of layers) {
    const node = service.pairs.get(key)?.value
    if (node === undefined) continue
    if (node.tag === '!reset') nodes = []
    else nodes = [...(node.tag === '!override' ? [] : nodes), { file, node }]
  }
  return nodes
}

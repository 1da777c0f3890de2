import { posix } from 'node:path'
import type { YamlNode } from '../config/yaml.ts'
import {
  type ComposeFile,
  interpolateScalar,
  joinPath,
  layeredNodes,
  type ServiceLayer,
} from './compose-file.ts'
import type { Scope } from './interpolation.ts'
import { cleanPath, type Mount, type MountSource } from './mount.ts'
import { knownText, type Passage } from './passage.ts'
import { errorAt } from './source-text.ts'
import { asMap, member, placeOf, wordOf } from './yaml-source.ts'

const EMPTY: MountSource = { kind: 'entries', entries: new Map() }

/**
 * What a service finds in its file system besides its image: volumes in both forms (compose-go/v2 format/volume.go),
 * configs, secrets and tmpfs. Of two mounts at one path the later layer's is the last.
 */
export function serviceMounts(
  files: readonly ComposeFile[],
  layers: readonly ServiceLayer[],
  scope: Scope,
): Mount[] {
  const mounts: Mount[] = []
  for (const { file, node } of layeredNodes(layers, 'tmpfs'))
    for (const item of node.kind === 'list' ? node.items : [node]) {
      const target = textAt(file, item, scope)?.split(':')[0]
      if (target !== undefined) addMount(mounts, target, EMPTY, file, item)
    }
  for (const { file, node } of layeredNodes(layers, 'volumes'))
    for (const item of itemsOf(file, node, 'volumes')) addVolume(mounts, file, item, scope)
  for (const kind of ['configs', 'secrets'] as const)
    for (const { file, node } of layeredNodes(layers, kind))
      for (const item of itemsOf(file, node, kind))
        addGrant(mounts, { files, file, item, kind }, scope)
  return mounts
}

function itemsOf({ source }: ComposeFile, node: YamlNode, key: string): readonly YamlNode[] {
  if (node.kind === 'list') return node.items
  if (node.kind === 'scalar' && node.value === undefined) return []
  throw errorAt(source, node.span.start, `"${key}" is not a list`)
}

/** The substituted text of a scalar where it is known. */
function textAt(file: ComposeFile, node: YamlNode | undefined, scope: Scope): string | undefined {
  if (node?.kind !== 'scalar') return undefined
  return knownText(interpolateScalar(file.source, node, scope))
}

function addMount(
  mounts: Mount[],
  target: string,
  source: MountSource,
  file: ComposeFile,
  node: YamlNode,
): void {
  if (!posix.isAbsolute(target)) return
  mounts.push({ target: cleanPath(target), source, place: placeOf(file.source, node) })
}

function addVolume(mounts: Mount[], file: ComposeFile, item: YamlNode, scope: Scope): void {
  const volume =
    item.kind === 'scalar'
      ? splitVolume(interpolateScalar(file.source, item, scope), file)
      : readVolume(file, item, scope)
  if (volume === undefined)
    throw errorAt(file.source, item.span.start, 'a volume with an empty part or too many colons')
  addMount(mounts, volume.target, volume.source, file, item)
}

interface Volume {
  readonly target: string
  readonly source: MountSource
}

function readVolume(file: ComposeFile, item: YamlNode, scope: Scope): Volume {
  const type = wordOf(member(item, 'type'))
  const target = textAt(file, member(item, 'target'), scope) ?? ''
  const path = textAt(file, member(item, 'source'), scope)
  const made = wordOf(member(member(item, 'bind'), 'create_host_path')) !== 'false'
  if (type === 'tmpfs') return { target, source: EMPTY }
  if (type === 'bind') return { target, source: volumeSource(path, file, made) }
  return { target, source: notSeen('the contents of a volume') }
}

function notSeen(what: string): MountSource {
  return { kind: 'unknown', why: `${what} cannot be known from the files` }
}

/** `[SOURCE:]TARGET[:OPTIONS]`, where a drive letter's colon separates nothing. */
function splitVolume(spec: Passage, file: ComposeFile): Volume | undefined {
  const parts = spec.text.split(':')
  const [drive = '', rest] = parts
  if (/^[A-Za-z]$/.test(drive) && rest !== undefined) parts.splice(0, 2, `${drive}:${rest}`)
  const [first = '', second] = parts
  if (parts.length > 3 || parts.includes('')) return undefined
  if (second === undefined) return { target: first, source: notSeen('the contents of a volume') }
  const unknown = spec.marks.slice(0, first.length).some((mark) => mark.unknown !== undefined)
  return { target: second, source: volumeSource(unknown ? undefined : first, file, true) }
}

function volumeSource(path: string | undefined, file: ComposeFile, made: boolean): MountSource {
  if (path === undefined || !/^[./~\\]|^[A-Za-z]:/.test(path))
    return notSeen('the contents of a volume')
  if (!/^[./]/.test(path)) return notSeen('a path of the user’s or of Windows')
  // A path that is absolute may well be there on the machine the deployment is for.
  const absent = made && !posix.isAbsolute(path) ? 'directory' : 'unknown'
  return { kind: 'host', path: joinPath(file.base, path), absent }
}

interface Grant {
  readonly files: readonly ComposeFile[]
  readonly file: ComposeFile
  readonly item: YamlNode
  readonly kind: 'configs' | 'secrets'
}

/** A config or secret the service is granted, `NAME` or `{source, target}` (compose specification, configs and secrets). */
function addGrant(mounts: Mount[], { files, file, item, kind }: Grant, scope: Scope): void {
  const name = textAt(file, item.kind === 'map' ? member(item, 'source') : item, scope)
  if (name === undefined) return
  const target = textAt(file, member(item, 'target'), scope) ?? name
  const directory = kind === 'configs' ? '/' : '/run/secrets'
  const source = grantSource(files, kind, name, scope)
  addMount(mounts, joinPath(directory, target), source, file, item)
}

function grantSource(
  files: readonly ComposeFile[],
  kind: Grant['kind'],
  name: string,
  scope: Scope,
): MountSource {
  for (const file of files.toReversed()) {
    const { source, root, base } = file
    const definition = member(asMap(source, member(root, kind), `"${kind}"`), name)
    if (definition === undefined) continue
    const path = textAt(file, member(definition, 'file'), scope)
    if (path !== undefined && /^[^~]/.test(path))
      return { kind: 'host', path: joinPath(base, path), absent: 'unknown' }
    const content = textAt(file, member(definition, 'content'), scope)
    const variable = textAt(file, member(definition, 'environment'), scope)
    const found = variable === undefined ? undefined : scope.find(variable)
    const text = content ?? (found !== undefined && 'value' in found ? found.value : undefined)
    if (text !== undefined) return { kind: 'content', bytes: new TextEncoder().encode(text) }
    break
  }
  return notSeen(`the contents of "${name}"`)
}

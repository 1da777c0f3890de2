import { posix } from 'node:path'
import type { YamlNode } from '../config/yaml.ts'
import type { Found } from './interpolation.ts'
import { expandReferences } from './kubernetes-environment.ts'
import {
  type DataEntries,
  findData,
  type Manifest,
  type PodContainer,
  stringOf,
} from './kubernetes-objects.ts'
import { cleanPath, type Mount, type MountSource } from './mount.ts'
import { readPassage } from './passage.ts'
import { asItems, member, placeOf, wordOf } from './yaml-source.ts'

type Files = ReadonlyMap<string, Uint8Array | undefined>

/** The volume mounts of a container, with what ConfigMaps and Secrets of the same file put there. */
export function containerMounts(
  manifest: Manifest,
  owner: PodContainer,
  find: (name: string) => Found,
): Mount[] {
  const { source } = manifest
  const volumes = asItems(source, member(owner.pod, 'volumes'), '"volumes"')
  return asItems(source, member(owner.container, 'volumeMounts'), '"volumeMounts"').flatMap(
    (item): Mount[] => {
      const name = wordOf(member(item, 'name'))
      const target = wordOf(member(item, 'mountPath'))
      if (target === undefined || !posix.isAbsolute(target)) return []
      const volume = volumes.find((candidate) => wordOf(member(candidate, 'name')) === name)
      const files = volume === undefined ? undefined : volumeFiles(manifest, owner, volume)
      const expression = member(item, 'subPathExpr')
      const read =
        expression === undefined
          ? undefined
          : readPassage(expandReferences(stringOf(source, expression), find))
      const part =
        read !== undefined && 'value' in read ? read.value : wordOf(member(item, 'subPath'))
      const content =
        files === undefined || (read !== undefined && 'why' in read)
          ? {
              kind: 'unknown' as const,
              why: `what the volume "${name ?? ''}" holds is not in the file`,
            }
          : partOf(files, part ?? '')
      return [{ target: cleanPath(target), source: content, place: placeOf(source, item) }]
    },
  )
}

/** The part of a volume at `subPath`; the kubelet makes an empty directory of one that is not there. */
function partOf(files: Files, part: string): MountSource {
  const clean = cleanPath(part)
  if (clean === '.') return { kind: 'entries', entries: files }
  if (files.has(clean)) {
    const bytes = files.get(clean)
    return bytes === undefined
      ? { kind: 'unknown', why: `what "${clean}" holds is not in the file` }
      : { kind: 'content', bytes }
  }
  const inner = [...files].flatMap(([name, bytes]): [string, Uint8Array | undefined][] =>
    name.startsWith(`${clean}/`) ? [[name.slice(clean.length + 1), bytes]] : [],
  )
  return { kind: 'entries', entries: new Map(inner) }
}

/** What a volume holds; undefined = not to be known. */
function volumeFiles(manifest: Manifest, owner: PodContainer, volume: YamlNode): Files | undefined {
  if (member(volume, 'emptyDir') !== undefined) return new Map()
  const projected = member(volume, 'projected')
  if (projected === undefined) return dataFiles(manifest, owner, volume)
  const files = new Map<string, Uint8Array | undefined>()
  for (const item of asItems(manifest.source, member(projected, 'sources'), '"sources"')) {
    const own = dataFiles(manifest, owner, item)
    if (own === undefined) return undefined
    for (const [path, bytes] of own) files.set(path, bytes)
  }
  return files
}

function dataFiles(manifest: Manifest, owner: PodContainer, volume: YamlNode): Files | undefined {
  const secret = member(volume, 'secret')
  const definition = secret ?? member(volume, 'configMap')
  if (definition === undefined) return undefined
  const name = wordOf(member(definition, 'secretName')) ?? wordOf(member(definition, 'name'))
  const kind = secret === undefined ? 'ConfigMap' : 'Secret'
  const data = findData(manifest, kind, name, owner.namespace)
  if (data === undefined) return undefined
  const items = member(definition, 'items')
  return items === undefined ? allFiles(data) : chosenFiles(manifest, data, items)
}

function allFiles(data: DataEntries): Files {
  return new Map([...data].map(([key, { bytes }]) => [key, bytes]))
}

function chosenFiles(manifest: Manifest, data: DataEntries, items: YamlNode): Files {
  const files = new Map<string, Uint8Array | undefined>()
  for (const item of asItems(manifest.source, items, '"items"')) {
    const key = wordOf(member(item, 'key')) ?? ''
    const path = wordOf(member(item, 'path'))
    if (path !== undefined && data.has(key)) files.set(cleanPath(path), data.get(key)?.bytes)
  }
  return files
}

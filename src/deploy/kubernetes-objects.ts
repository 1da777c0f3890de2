import type { YamlMap, YamlNode, YamlScalar } from '../config/yaml.ts'
import { type Passage, passageWithin, unknownPassage } from './passage.ts'
import { decodeText, type SourceText } from './source-text.ts'
import { scalarPassage } from './yaml-passage.ts'
import { asItems, asMap, member, memberAt, placeOf, readYaml, wordOf } from './yaml-source.ts'

/** The objects of a manifest, lists flattened. */
export interface Manifest {
  readonly source: SourceText
  readonly objects: readonly YamlMap[]
  /** What `findData` decoded, by object: many variables may refer to one. */
  readonly decoded: Map<YamlMap, DataEntries>
}

/** A container of a workload, with what its pod says. */
export interface PodContainer {
  readonly workload: string
  readonly namespace: string | undefined
  readonly name: string
  readonly pod: YamlMap
  readonly container: YamlMap
}

/** Reads a manifest of one or more documents. Throws AuthError for what is no YAML, or no objects. */
export function readManifest(source: SourceText): Manifest {
  const objects = readYaml(source).flatMap((node): YamlMap[] => {
    if (node.kind === 'scalar' && node.value === undefined) return []
    const object = asMap(source, node, 'a Kubernetes object')
    if (!wordOf(member(object, 'kind'))?.endsWith('List'))
      return object === undefined ? [] : [object]
    return asItems(source, member(object, 'items'), '"items"').flatMap(
      (item) => asMap(source, item, 'an item of a list') ?? [],
    )
  })
  return { source, objects, decoded: new Map() }
}

const POD_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}

/** Every container that runs as long as its pod: those of `containers`, and init containers that are restarted. */
export function podContainers({ source, objects }: Manifest): PodContainer[] {
  return objects.flatMap((object) => {
    const kind = wordOf(member(object, 'kind')) ?? ''
    const path = Object.hasOwn(POD_PATHS, kind) ? POD_PATHS[kind] : undefined
    const pod = path && asMap(source, memberAt(object, ...path), 'a pod’s "spec"')
    if (pod === undefined) return []
    const workload = wordOf(memberAt(object, 'metadata', 'name')) ?? ''
    const namespace = wordOf(memberAt(object, 'metadata', 'namespace'))
    const sidecars = asItems(source, member(pod, 'initContainers'), '"initContainers"').filter(
      (item) => wordOf(member(item, 'restartPolicy')) === 'Always',
    )
    return [...asItems(source, member(pod, 'containers'), '"containers"'), ...sidecars].flatMap(
      (item) => {
        const container = asMap(source, item, 'a container')
        const name = wordOf(member(container, 'name')) ?? ''
        return container === undefined ? [] : [{ workload, namespace, name, pod, container }]
      },
    )
  })
}

/** The data of a ConfigMap or Secret: each key with its value, as text and as bytes. */
export type DataEntries = ReadonlyMap<string, DataEntry>

export interface DataEntry {
  readonly text: Passage
  /** undefined = not to be known. */
  readonly bytes: Uint8Array | undefined
}

/**
 * The data of the ConfigMap or Secret of that name, `stringData` over `data`; undefined when the manifest does not hold
 * it. An object without a namespace fits any.
 */
export function findData(
  manifest: Manifest,
  kind: 'ConfigMap' | 'Secret',
  name: string | undefined,
  namespace: string | undefined,
): DataEntries | undefined {
  const object = manifest.objects.findLast((candidate) => {
    const own = wordOf(memberAt(candidate, 'metadata', 'namespace'))
    const fits = own === undefined || namespace === undefined || own === namespace
    const called = wordOf(memberAt(candidate, 'metadata', 'name')) === name
    return wordOf(member(candidate, 'kind')) === kind && called && fits
  })
  if (object === undefined || name === undefined) return undefined
  const entries = manifest.decoded.get(object) ?? decodeData(manifest.source, object, kind)
  manifest.decoded.set(object, entries)
  return entries
}

function decodeData(
  source: SourceText,
  object: YamlMap,
  kind: keyof typeof DATA_FIELDS,
): DataEntries {
  const entries = new Map<string, DataEntry>()
  for (const [field, decode] of DATA_FIELDS[kind])
    for (const [key, { value }] of asMap(source, member(object, field), `"${field}"`)?.pairs ?? [])
      if (value.kind === 'scalar') entries.set(key, decode(source, value))
  return entries
}

type Decode = (source: SourceText, scalar: YamlScalar) => DataEntry

/** The fields that hold data, the later over the earlier. */
const DATA_FIELDS: Readonly<
  Record<'ConfigMap' | 'Secret', readonly (readonly [field: string, decode: Decode])[]>
> = {
  ConfigMap: [
    ['binaryData', decodedEntry],
    ['data', plainEntry],
  ],
  Secret: [
    ['data', decodedEntry],
    ['stringData', plainEntry],
  ],
}

function plainEntry(source: SourceText, scalar: YamlScalar): DataEntry {
  const text = stringOf(source, scalar)
  const known = text.marks.every(({ unknown }) => unknown === undefined)
  return { text, bytes: known ? new TextEncoder().encode(text.text) : undefined }
}

function decodedEntry(source: SourceText, scalar: YamlScalar): DataEntry {
  const place = placeOf(source, scalar)
  const digits = scalar.text.replaceAll(/[\r\n]/g, '')
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits))
    return {
      text: unknownPassage(place, 'Kubernetes refuses it: the value is not base64'),
      bytes: undefined,
    }
  const bytes = Uint8Array.from(atob(digits), (unit) => unit.charCodeAt(0))
  return { text: passageWithin(place, decodeText(bytes)), bytes }
}

const YAML_1_1_BOOLEAN = /^(?:y|yes|n|no|on|off)$/i

/**
 * A field that Kubernetes takes as a string. What YAML reads as a number or a boolean there, by the rules of YAML 1.1
 * (sigs.k8s.io/yaml), is refused by the API server and so not known.
 */
export function stringOf(source: SourceText, node: YamlNode | undefined): Passage {
  const place =
    node === undefined ? { file: source.file, span: { start: 0, end: 0 } } : placeOf(source, node)
  if (node === undefined) return passageWithin(place, '')
  if (node.kind !== 'scalar') return unknownPassage(place, REFUSED)
  if (node.value === undefined) return passageWithin(place, '')
  const typed = node.style === 'plain' && node.tag === undefined
  if (typeof node.value !== 'string' || (typed && YAML_1_1_BOOLEAN.test(node.text)))
    return unknownPassage(place, REFUSED)
  return scalarPassage(source.file, source.text, node)
}

const REFUSED = 'Kubernetes refuses it: the value is not a string; put it in quotes'

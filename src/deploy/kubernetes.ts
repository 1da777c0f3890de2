import type { YamlNode } from '../config/yaml.ts'
import { UsageError } from '../errors.ts'
import { assembleContainer, isServerImage, serverImage, UNKNOWN_IMAGE } from './container.ts'
import type { Deployment, Note } from './deployment.ts'
import type { Found } from './interpolation.ts'
import { isServerProgram } from './invocation.ts'
import { containerEnvironment, expandReferences } from './kubernetes-environment.ts'
import { containerMounts } from './kubernetes-mounts.ts'
import {
  type Manifest,
  type PodContainer,
  podContainers,
  readManifest,
  stringOf,
} from './kubernetes-objects.ts'
import type { Passage } from './passage.ts'
import type { FileLookup, SourceText } from './source-text.ts'
import { asItems, asScalar, member, memberAt, placeOf, wordOf } from './yaml-source.ts'

/**
 * How Kubernetes starts the server of one container: its command, variables, working directory and the files that
 * ConfigMaps and Secrets of the same manifest put into it. `chosen` is the container's name, or `workload/container`;
 * absent, the only one or the only one that looks like the server. Throws AuthError for what is no manifest, UsageError
 * when the container is not clear.
 */
export function readKubernetes(
  source: SourceText,
  chosen: string | undefined,
  host: FileLookup,
): Deployment {
  const manifest = readManifest(source)
  const owner = chooseContainer(manifest, chosen)
  const { container } = owner
  const environment = containerEnvironment(manifest, owner)
  const directory = member(container, 'workingDir')
  const image = member(container, 'image')
  const known = image !== undefined && isServerImage(wordOf(image) ?? '')
  return assembleContainer(
    {
      name: `${owner.workload}/${owner.name}`,
      image: known ? serverImage(placeOf(source, image)) : UNKNOWN_IMAGE,
      place: placeOf(source, container),
      entrypoint: wordsOf(manifest, member(container, 'command'), environment.find),
      command: wordsOf(manifest, member(container, 'args'), environment.find),
      assignments: environment.assignments,
      open: environment.open,
      cwd: directory === undefined ? undefined : stringOf(source, directory),
      mounts: containerMounts(manifest, owner, environment.find),
      notes: [...environment.notes, ...serviceLinks(manifest, owner)],
    },
    host,
  )
}

/** A list that is empty is as good as absent (the API leaves empty lists out). */
function wordsOf(
  { source }: Manifest,
  node: YamlNode | undefined,
  find: (name: string) => Found,
): readonly Passage[] | undefined {
  const items = asItems(source, node, '"command" or "args"')
  if (items.length === 0) return undefined
  return items.map((item) =>
    expandReferences(stringOf(source, asScalar(source, item, 'an argument')), find),
  )
}

function chooseContainer(manifest: Manifest, chosen: string | undefined): PodContainer {
  const { file } = manifest.source
  const all = podContainers(manifest)
  const names = all.map(({ workload, name }) => `${workload}/${name}`)
  if (all.length === 0) throw new UsageError(`${file}: there is no container in it`)
  const candidates =
    chosen === undefined
      ? [all.filter(looksLikeServer), all]
      : [
          all.filter(({ workload, name }) => `${workload}/${name}` === chosen),
          all.filter(({ name }) => name === chosen),
          all.filter(({ workload }) => workload === chosen),
        ]
  for (const candidate of candidates) {
    const [only] = candidate
    if (candidate.length === 1 && only !== undefined) return only
    if (candidate.length > 1) break
  }
  const found = candidates.some(({ length }) => length > 0)
  throw new UsageError(
    found
      ? `${file}: which container is the server is not clear`
      : `${file}: there is no container "${chosen}"`,
    { hints: [`name one of them, e.g. ${file}#${names[0]}: ${names.join(', ')}`] },
  )
}

function looksLikeServer({ container }: PodContainer): boolean {
  if (isServerImage(wordOf(member(container, 'image')) ?? '')) return true
  const list = (key: string): readonly YamlNode[] => {
    const node = member(container, key)
    return node?.kind === 'list' ? node.items : []
  }
  const program = list('command')[0]
  const text = program === undefined ? '' : (wordOf(program) ?? '')
  if (isProgramName(text)) return true
  return list('env').some((item) => /^RESONATE_[A-Z]+__/i.test(wordOf(member(item, 'name')) ?? ''))
}

function isProgramName(text: string): boolean {
  return isServerProgram({ file: '', text, marks: [], span: { start: 0, end: 0 } })
}

/** Services give every pod variables of their own names, which begin as the server's do when a Service is called so. */
function serviceLinks({ source, objects }: Manifest, { pod }: PodContainer): Note[] {
  if (wordOf(member(pod, 'enableServiceLinks')) === 'false') return []
  return objects.flatMap((object): Note[] => {
    const node = memberAt(object, 'metadata', 'name')
    const name = wordOf(node)
    const service = wordOf(member(object, 'kind')) === 'Service'
    if (!service || node === undefined || !name?.startsWith('resonate')) return []
    const prefix = name.toUpperCase().replaceAll('-', '_')
    const text = `the Service "${name}" adds variables such as ${prefix}_PORT and ${prefix}_SERVICE_HOST to the container`
    return [{ about: 'variables', text, place: placeOf(source, node) }]
  })
}

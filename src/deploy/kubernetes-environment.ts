import type { YamlMap, YamlNode } from '../config/yaml.ts'
import type { Note } from './deployment.ts'
import { type Assignment, findAssigned } from './environment.ts'
import { type Found, MAX_VALUE, tooLong } from './interpolation.ts'
import {
  type DataEntries,
  findData,
  type Manifest,
  type PodContainer,
  stringOf,
} from './kubernetes-objects.ts'
import { type Passage, PassageWriter, slicePassage, unknownPassage } from './passage.ts'
import { asItems, member, memberAt, placeOf, wordOf } from './yaml-source.ts'

/** The variables of a container, and what keeps them from being all. */
export interface ContainerEnvironment {
  readonly assignments: readonly Assignment[]
  /** What `$(NAME)` stands for. */
  readonly find: (name: string) => Found
  /** A ConfigMap or Secret that is not in the file may set more. */
  readonly open: boolean
  readonly notes: readonly Note[]
}

/**
 * The variables of a container as the kubelet makes them (kubelet_pods.go, `makeEnvironmentVariables`): `envFrom` first,
 * then `env` in order, where `$(NAME)` stands for variables set before.
 */
export function containerEnvironment(
  manifest: Manifest,
  owner: PodContainer,
): ContainerEnvironment {
  const { source } = manifest
  const assigned = new Map<string, Assignment>()
  const notes: Note[] = []
  let open = false
  for (const item of asItems(source, member(owner.container, 'envFrom'), '"envFrom"')) {
    const taken = takeAll(manifest, owner, item)
    open ||= taken.open
    if (taken.note !== undefined) notes.push(taken.note)
    for (const assignment of taken.assignments) assigned.set(assignment.name, assignment)
  }
  const find = (name: string): Found =>
    findAssigned(assigned, name) ??
    (open || /^[A-Z0-9_]+_(?:SERVICE_|PORT)/.test(name)
      ? { unknown: `${name} is not set in the file` }
      : undefined)
  for (const item of asItems(source, member(owner.container, 'env'), '"env"')) {
    const name = wordOf(member(item, 'name'))
    const value = item.kind === 'map' ? variableValue(manifest, owner, item, find) : undefined
    if (name !== undefined && value !== undefined) assigned.set(name, { name, value })
  }
  return { assignments: [...assigned.values()], find, open, notes }
}

interface Taken {
  readonly assignments: readonly Assignment[]
  readonly open: boolean
  readonly note?: Note
}

function takeAll(manifest: Manifest, owner: PodContainer, item: YamlNode): Taken {
  const prefix = wordOf(member(item, 'prefix')) ?? ''
  const kind = member(item, 'secretRef') === undefined ? 'ConfigMap' : 'Secret'
  const reference = member(item, kind === 'Secret' ? 'secretRef' : 'configMapRef')
  const name = wordOf(member(reference, 'name'))
  const data = findData(manifest, kind, name, owner.namespace)
  if (data === undefined) {
    const text = `the variables of the ${kind} "${name ?? ''}" are not known: it is not in the file`
    const place = placeOf(manifest.source, item)
    return { assignments: [], open: true, note: { about: 'variables', text, place } }
  }
  const assignments = [...data].map(([key, { text }]) => ({ name: `${prefix}${key}`, value: text }))
  // The kubelet leaves out what cannot be a variable's name (validation.IsEnvVarName).
  const valid = assignments.filter((assignment) =>
    /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(assignment.name),
  )
  return { assignments: valid, open: false }
}

/** The value of one entry of `env`; undefined for an optional one that is not there. */
function variableValue(
  manifest: Manifest,
  owner: PodContainer,
  item: YamlMap,
  find: (name: string) => Found,
): Passage | undefined {
  const { source } = manifest
  const value = member(item, 'value')
  const from = member(item, 'valueFrom')
  if (from === undefined || (value !== undefined && wordOf(value) !== '')) {
    const own = stringOf(source, item.pairs.get('value')?.value ?? member(item, 'name'))
    return value === undefined ? slicePassage(own, own.text.length) : expandReferences(own, find)
  }
  const place = placeOf(source, from)
  for (const [field, kind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const reference = member(from, field)
    if (reference === undefined) continue
    const name = wordOf(member(reference, 'name'))
    const key = wordOf(member(reference, 'key')) ?? ''
    const data = findData(manifest, kind, name, owner.namespace)
    const why = missing(data, kind, name ?? '', key)
    if (why === undefined) return data?.get(key)?.text
    const optional = wordOf(member(reference, 'optional')) === 'true'
    return optional && data !== undefined ? undefined : unknownPassage(place, why)
  }
  const field =
    wordOf(memberAt(from, 'fieldRef', 'fieldPath')) ??
    wordOf(memberAt(from, 'resourceFieldRef', 'resource'))
  return unknownPassage(place, `${field ?? 'the value'} is known only where the pod runs`)
}

function missing(
  data: DataEntries | undefined,
  kind: string,
  name: string,
  key: string,
): string | undefined {
  if (data === undefined) return `the ${kind} "${name}" is not in the file`
  if (data.has(key)) return undefined
  return `the container does not start: the ${kind} "${name}" has no key "${key}"`
}

/**
 * Puts variables in for `$(NAME)` (kubernetes third_party/forked/golang/expansion): `$$` is one dollar sign, and a name
 * that is not set stays as it is written.
 */
export function expandReferences(passage: Passage, find: (name: string) => Found): Passage {
  const { text } = passage
  if (!text.includes('$')) return passage
  const out = new PassageWriter()
  const lastClose = text.lastIndexOf(')')
  let at = 0
  while (at < text.length && out.length <= MAX_VALUE) {
    const dollar = text.indexOf('$', at)
    if (dollar === -1 || dollar + 1 >= text.length) break
    out.copy(passage, at, dollar)
    const opens = text.charAt(dollar + 1) === '(' && dollar < lastClose
    const close = opens ? text.indexOf(')', dollar + 2) : -1
    const found = close === -1 ? undefined : find(text.slice(dollar + 2, close))
    at = close === -1 ? dollar + 2 : close + 1
    const whole = slicePassage(passage, dollar, at)
    if (found !== undefined && 'value' in found) out.write(found.value, whole.span)
    else if (found !== undefined) out.unknown(found.unknown, whole.span)
    else if (text.charAt(dollar + 1) === '$') out.write('$', whole.span)
    else out.copy(passage, dollar, at)
  }
  if (out.length > MAX_VALUE) return tooLong(passage)
  out.copy(passage, at)
  return out.finishAt(passage)
}

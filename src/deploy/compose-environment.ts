import type { YamlNode } from '../config/yaml.ts'
import {
  type ComposeFile,
  interpolateScalar,
  joinPath,
  layeredNodes,
  type ServiceLayer,
} from './compose-file.ts'
import type { Note } from './deployment.ts'
import { readDotenv } from './dotenv.ts'
import { readDockerEnvFile } from './env-file.ts'
import { type Assignment, findAssigned, inherit, splitAssignment } from './environment.ts'
import type { Found, Scope } from './interpolation.ts'
import type { Passage, Place } from './passage.ts'
import { decodeText, errorAt, type FileLookup } from './source-text.ts'
import { asScalar, member, placeOf, wordOf } from './yaml-source.ts'

/** The variables of a service, and what keeps them from being all. */
export interface ServiceEnvironment {
  readonly assignments: readonly Assignment[]
  /** An env file that could not be read may set more. */
  readonly open: boolean
  readonly notes: readonly Note[]
}

/** A variable of `environment`; no value = `NAME` alone, taken from the project's environment. */
interface Entry {
  readonly name: string
  readonly value: Passage | undefined
  readonly place: Place
}

/**
 * The variables compose gives a service: `environment` over `env_file`, later layers and files over earlier ones, bare
 * names from the project's environment, where an unset one removes the variable (compose-go/v2 types/project.go,
 * `resolveEnvironment`).
 */
export function serviceEnvironment(
  layers: readonly ServiceLayer[],
  host: FileLookup,
  scope: Scope,
): ServiceEnvironment {
  const entries = new Map<string, Entry>()
  for (const { file, node } of layeredNodes(layers, 'environment'))
    for (const entry of readEntries(file, node, scope)) entries.set(entry.name, entry)
  const own = new Map<string, Assignment | undefined>()
  for (const { name, value, place } of entries.values()) {
    const resolved = value ?? inherit(name, place, scope)
    own.set(name, resolved === undefined ? undefined : { name, value: resolved })
  }
  const fromFiles = readEnvFiles(layers, own, host, scope)
  const merged = new Map(fromFiles.assigned)
  for (const [name, assignment] of own)
    if (assignment === undefined) merged.delete(name)
    else merged.set(name, assignment)
  return {
    assignments: [...merged.values()],
    open: fromFiles.notes.length > 0,
    notes: fromFiles.notes,
  }
}

function readEntries({ source }: ComposeFile, node: YamlNode, scope: Scope): Entry[] {
  if (node.kind === 'map')
    return [...node.pairs].map(([name, { key, value }]) => {
      const scalar = asScalar(source, value, `the value of ${name}`)
      const bare = scalar === undefined || scalar.value === undefined
      return {
        name,
        value: bare ? undefined : interpolateScalar(source, scalar, scope),
        place: { file: source.file, span: key },
      }
    })
  if (node.kind === 'scalar' && node.value === undefined) return []
  if (node.kind === 'scalar')
    throw errorAt(source, node.span.start, '"environment" is neither a list nor a mapping')
  return node.items.map((item) => {
    const scalar = asScalar(source, item, 'an item of "environment"')
    if (scalar === undefined) throw errorAt(source, item.span.start, 'an empty item')
    const whole = interpolateScalar(source, scalar, scope)
    const { name, value } = splitAssignment(whole)
    if (/\s$/.test(name))
      throw errorAt(source, scalar.span.start, 'a blank before "=", which compose refuses')
    return { name, value, place: placeOf(source, scalar) }
  })
}

interface EnvFile {
  readonly path: Passage
  readonly file: ComposeFile
  readonly required: boolean
  readonly raw: boolean
}

function readEnvFiles(
  layers: readonly ServiceLayer[],
  own: ReadonlyMap<string, Assignment | undefined>,
  host: FileLookup,
  scope: Scope,
): { readonly assigned: ReadonlyMap<string, Assignment>; readonly notes: readonly Note[] } {
  const assigned = new Map<string, Assignment>()
  const notes: Note[] = []
  const find = (name: string): Found => {
    const assignment = own.get(name)
    return scope.find(name) ?? (assignment && findAssigned(new Map([[name, assignment]]), name))
  }
  for (const { path, file, required, raw } of listEnvFiles(layers, scope)) {
    const joined = joinPath(file.base, path.text)
    const read = host(joined, raw ? 'docker-env' : 'dotenv')
    if (read?.ok === true) {
      const source = { file: joined, text: decodeText(read.bytes) }
      const assignments = raw
        ? readDockerEnvFile(source, { ...scope, find })
        : readDotenv(source, { ...scope, find }, assigned)
      for (const assignment of assignments) assigned.set(assignment.name, assignment)
    } else if (required || read === undefined || read.failure !== 'missing') {
      const text = `the variables of ${joined} are not known: it cannot be read here`
      notes.push({ about: 'variables', text, place: path })
    }
  }
  return { assigned, notes }
}

function listEnvFiles(layers: readonly ServiceLayer[], scope: Scope): EnvFile[] {
  return layeredNodes(layers, 'env_file').flatMap(({ file, node }) => {
    const { source } = file
    const items = node.kind === 'list' ? node.items : [node]
    return items.flatMap((item): EnvFile[] => {
      if (item.kind === 'scalar' && item.value === undefined) return []
      const detailed = item.kind === 'map'
      const scalar = asScalar(source, detailed ? member(item, 'path') : item, 'an env file')
      if (scalar === undefined)
        throw errorAt(source, item.span.start, 'an entry of "env_file" without a path')
      return [
        {
          path: interpolateScalar(source, scalar, scope),
          file,
          required: wordOf(member(item, 'required')) !== 'false',
          raw: wordOf(member(item, 'format')) === 'raw',
        },
      ]
    })
  })
}

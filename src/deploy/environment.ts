import type { Variable } from '../config/configuration.ts'
import type { Found, Scope } from './interpolation.ts'
import {
  type Passage,
  type Place,
  passageWithin,
  readPassage,
  slicePassage,
  unknownPassage,
} from './passage.ts'

/** A variable as a deployment file sets it. */
export interface Assignment {
  readonly name: string
  readonly value: Passage
}

/** `NAME=value` apart; no value where there is no `=`. */
export function splitAssignment(whole: Passage): {
  readonly name: string
  readonly value: Passage | undefined
} {
  const equals = whole.text.indexOf('=')
  return equals === -1
    ? { name: whole.text, value: undefined }
    : { name: whole.text.slice(0, equals), value: slicePassage(whole, equals + 1) }
}

/** The environment of the process that starts the deployment; undefined = it was not asked for. */
export type ProcessEnvironment = ReadonlyMap<string, string> | undefined

/** A scope over the process environment and, behind it, over `behind`. */
export function environmentScope(
  environment: ProcessEnvironment,
  behind: (name: string) => Found = () => undefined,
): Scope {
  return {
    find: (name) => {
      const value = environment?.get(name)
      return value === undefined ? behind(name) : { value }
    },
    unset: (name) =>
      environment === undefined
        ? { unknown: `${name} is not set here: it is empty unless the environment sets it` }
        : { value: '' },
  }
}

/** What a bare `NAME`, passed through from the environment, gives; undefined = it is not set at all. */
export function inherit(name: string, place: Place, { find, unset }: Scope): Passage | undefined {
  const found = find(name)
  if (found !== undefined && 'value' in found) return passageWithin(place, found.value)
  if (found !== undefined) return unknownPassage(place, found.unknown)
  if ('value' in unset(name)) return undefined
  return unknownPassage(place, `${name} is taken over from an environment that was not read`)
}

/** What a name that was assigned before stands for. */
export function findAssigned(assigned: ReadonlyMap<string, Assignment>, name: string): Found {
  const assignment = assigned.get(name)
  if (assignment === undefined) return undefined
  const read = readPassage(assignment.value)
  return 'value' in read ? read : { unknown: read.why }
}

/** The assignment as a variable of the server, with the place of its value. */
export function variableOf({ name, value }: Assignment): Variable {
  const read = readPassage(value)
  const origin = { kind: 'variable', name, at: { file: value.file, span: value.span } } as const
  return 'value' in read
    ? { name, value: read.value, origin }
    : { name, value: undefined, origin, why: read.why }
}

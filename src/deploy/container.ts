import { posix } from 'node:path'
import type { FileRead } from '../config/file.ts'
import type { Deployment, Note } from './deployment.ts'
import { type Assignment, findAssigned, variableOf } from './environment.ts'
import type { Found } from './interpolation.ts'
import { findInvocation, type Invocation, isServerProgram, serverArguments } from './invocation.ts'
import { cleanPath, MISSING, type Mount, readMounted } from './mount.ts'
import { type Passage, type Place, passageWithin, readPassage, unknownPassage } from './passage.ts'
import type { FileLookup } from './source-text.ts'

/** What an image brings: its own settings, and whether everything in it is known. */
export interface Image {
  /** Whether its entrypoint, command and variables are all in view. */
  readonly known: boolean
  /** Whether it holds no files but a plain system's, the server and `mounts`. */
  readonly bare: boolean
  /** undefined = the image has none, or its own is not known (`known` is false then). */
  readonly entrypoint: readonly Passage[] | undefined
  readonly command: readonly Passage[] | undefined
  readonly assignments: readonly Assignment[]
  /** undefined = not to be known. */
  readonly cwd: string | undefined
  readonly mounts: readonly Mount[]
  readonly notes: readonly Note[]
}

/** What the deployment file sets over the image; undefined = it leaves the image's own. */
export interface Container {
  readonly name: string
  readonly image: Image
  readonly place: Place
  readonly entrypoint: readonly Passage[] | undefined
  readonly command: readonly Passage[] | undefined
  readonly assignments: readonly Assignment[]
  /** Whether a variable that is set nowhere here may still be set (an environment that could not be read). */
  readonly open: boolean
  readonly cwd: Passage | undefined
  readonly mounts: readonly Mount[]
  readonly notes: readonly Note[]
}

/** The server's published image, as its Dockerfile builds it (resonate Dockerfile: ENTRYPOINT, CMD, no WORKDIR). */
export function serverImage(place: Place): Image {
  return {
    known: true,
    bare: true,
    entrypoint: [passageWithin(place, 'resonate-server')],
    command: [passageWithin(place, 'serve')],
    assignments: [],
    cwd: '/',
    mounts: [],
    notes: [],
  }
}

/** An image of which nothing is known. */
export const UNKNOWN_IMAGE: Image = {
  known: false,
  bare: false,
  entrypoint: undefined,
  command: undefined,
  assignments: [],
  cwd: undefined,
  mounts: [],
  notes: [],
}

/** Whether an image reference names the server's image: `resonatehqio/resonate:v0.9.8`, `registry:5000/resonate-server`. */
export function isServerImage(reference: string): boolean {
  const name = reference.split('@')[0]?.split('/').at(-1)?.split(':')[0]
  return name === 'resonate' || name === 'resonate-server'
}

/** Variables that container runtimes, shells and service managers set by themselves. */
const RUNTIME = /^(?:HOME|HOSTNAME|LANG|LOGNAME|PATH|PWD|SHELL|SHLVL|TERM|USER)$/

/** Puts the image and what is set over it together, as a container runtime does (OCI image config, `Entrypoint`, `Cmd`). */
export function assembleContainer(container: Container, host: FileLookup): Deployment {
  const { image, name } = container
  const assigned = new Map<string, Assignment>()
  for (const assignment of [...image.assignments, ...container.assignments])
    assigned.set(assignment.name, assignment)
  const find = (variable: string): Exclude<Found, undefined> =>
    findAssigned(assigned, variable) ??
    (image.known && !container.open && !RUNTIME.test(variable)
      ? { value: '' }
      : { unknown: `${variable} is not set here, and the image or the system may set it` })
  const invocation = findArguments(container, find)
  for (const assignment of invocation.assignments) assigned.set(assignment.name, assignment)
  const cwd = findDirectory(container)
  // A mount hides everything the image has below it.
  const imageFile = (path: string): FileRead | undefined =>
    readMounted(image.mounts, path, host, (inner) => readUnmounted(image, inner))
  return {
    name,
    variables: [...assigned.values()].map(variableOf),
    arguments: invocation.arguments,
    cwd,
    mounts: [...image.mounts, ...container.mounts],
    files: (path) => {
      const absolute = posix.isAbsolute(path) || cwd === undefined ? path : posix.join(cwd, path)
      return posix.isAbsolute(absolute)
        ? readMounted(container.mounts, absolute, host, imageFile)
        : undefined
    },
    notes: [
      ...image.notes,
      ...container.notes,
      ...invocation.notes,
      ...lone(invocation, container),
    ],
  }
}

/** The server called by its name alone prints how it is used; it does not serve (clap, `subcommand_required`). */
function lone({ found, arguments: words }: Invocation, { place }: Container): Note[] {
  const text = 'the server is called without a command, and prints its usage instead of serving'
  return found && words.length === 0 ? [{ about: 'arguments', text, place }] : []
}

/** Places where a plain system has files of its own. */
const SYSTEM =
  /^\/(?:bin|boot|dev|lib|lib64|proc|sbin|sys|tmp|usr|var|run|etc\/(?:ssl|ca-certificates|pki))(?:\/|$)/

function readUnmounted(image: Image, path: string): FileRead | undefined {
  return image.bare && !SYSTEM.test(path) ? MISSING : undefined
}

function findDirectory({ cwd, image }: Container): string | undefined {
  if (cwd === undefined) return image.cwd
  const read = readPassage(cwd)
  if ('why' in read) return undefined
  if (posix.isAbsolute(read.value)) return cleanPath(read.value)
  return image.cwd === undefined ? undefined : cleanPath(posix.join(image.cwd, read.value))
}

function findArguments(
  container: Container,
  find: (name: string) => Exclude<Found, undefined>,
): Invocation & { readonly notes: readonly Note[] } {
  const { image, place } = container
  const entrypoint = container.entrypoint ?? image.entrypoint
  // An entrypoint of its own drops the image's command, an empty one does not (moby, container config merge).
  const ownEntrypoint = (container.entrypoint ?? []).length > 0
  const command = container.command ?? (ownEntrypoint ? undefined : image.command)
  const words = [...(entrypoint ?? []), ...(command ?? [])]
  const imageCommand = container.command === undefined && container.entrypoint === undefined
  if (image.known || entrypoint !== undefined || isServerProgram(words[0]))
    return { ...findInvocation(words, words[0] ?? place, find), notes: [] }
  if (imageCommand && command === undefined) {
    const why = 'the command is the image’s own, which is not known'
    return { ...unknownCall(place, why), notes: [] }
  }
  // Arguments alone, for the entrypoint of an image that was not seen.
  if (/^(?:serve|dev)$/.test(words[0]?.text ?? '')) {
    const text = 'the image’s entrypoint is not known; its command begins as the server’s does'
    const note = { about: 'arguments', text, place: words[0] ?? place } as const
    return { arguments: serverArguments(words), assignments: [], found: true, notes: [note] }
  }
  const followed = findInvocation(words, words[0] ?? place, find)
  if (followed.found) return { ...followed, notes: [] }
  return { ...unknownCall(words[0] ?? place, 'the image’s entrypoint is not known'), notes: [] }
}

function unknownCall(place: Place, why: string): Invocation {
  return {
    arguments: serverArguments([unknownPassage(place, why)]),
    assignments: [],
    found: false,
  }
}

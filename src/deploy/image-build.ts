import { posix } from 'node:path'
import { type Image, isServerImage, serverImage } from './container.ts'
import type { Note } from './deployment.ts'
import { copyInto } from './dockerfile-copy.ts'
import type { Instruction } from './dockerfile-lines.ts'
import { type DockerScope, expandDockerWord, splitDockerWords } from './dockerfile-words.ts'
import { type Assignment, findAssigned, splitAssignment } from './environment.ts'
import type { Found } from './interpolation.ts'
import { cleanPath, type Mount } from './mount.ts'
import {
  knownText,
  type Passage,
  passageWithin,
  readPassage,
  slicePassage,
  unknownPassage,
} from './passage.ts'

export interface BuildOptions {
  /** A stage's name or number; absent = the last stage. */
  readonly target?: string
  /** Build arguments that are set; an unknown one as an unknown passage. */
  readonly args: ReadonlyMap<string, Passage>
  /** The directory `COPY` takes its sources from; undefined = not a directory here. */
  readonly context: string | undefined
}

/** The arguments an ARG declares: a given value, else the default, else one declared before the first FROM. */
export function readArguments(
  rest: Passage,
  scope: DockerScope,
  given: ReadonlyMap<string, Passage>,
  globals: ReadonlyMap<string, Assignment>,
): Assignment[] {
  return splitDockerWords(rest, scope.escapeUnit).map((word) => {
    const { name, value } = splitAssignment(word)
    const fallback =
      value === undefined
        ? (globals.get(name)?.value ?? unknownPassage(word, `${name} is an argument of the build`))
        : expandDockerWord(value, scope)
    return { name, value: given.get(name) ?? fallback }
  })
}

/** Systems whose images set neither a working directory nor variables besides PATH. */
const PLAIN =
  /^(?:(?:docker\.io\/)?library\/)?(?:debian|ubuntu|alpine|busybox|scratch|fedora|rockylinux|almalinux|amazonlinux)(?:[:@]|$)/
/** Commands of RUN that put no configuration or key anywhere. */
const HARMLESS =
  /^(?:apt-get|apt|apk|dnf|microdnf|yum|rm|mkdir|chown|chmod|adduser|addgroup|useradd|groupadd|set|update-ca-certificates|true)(?:\s|$)/

/** Builds an image's settings instruction by instruction, from the base image of the first stage on. */
export class ImageBuild {
  readonly #escapeUnit: string
  readonly #globals: ReadonlyMap<string, Assignment>
  readonly #options: BuildOptions
  readonly #arguments = new Map<string, Assignment>()
  readonly #variables: Map<string, Assignment>
  readonly #mounts: Mount[] = []
  readonly #notes: Note[] = []
  readonly #knownBase: boolean
  #entrypoint: readonly Passage[] | undefined
  #command: readonly Passage[] | undefined
  #ownEntrypoint = false
  #ownCommand = false
  #commandInStage = false
  #cwd: string | undefined
  #bare: boolean
  #shell: readonly string[] = ['/bin/sh', '-c']

  constructor(
    base: Passage,
    escapeUnit: string,
    globals: ReadonlyMap<string, Assignment>,
    options: BuildOptions,
  ) {
    this.#escapeUnit = escapeUnit
    this.#globals = globals
    this.#options = options
    const reference = knownText(base) ?? ''
    const server = isServerImage(reference) ? serverImage(base) : undefined
    const plain = PLAIN.test(reference)
    this.#knownBase = server !== undefined || plain
    this.#bare = this.#knownBase
    this.#entrypoint = server?.entrypoint
    this.#command = server?.command
    this.#cwd = this.#knownBase ? '/' : undefined
    this.#variables = new Map()
  }

  /** Begins a stage: an ENTRYPOINT now drops a CMD that an earlier stage or the base image set. */
  beginStage(): void {
    this.#commandInStage = false
  }

  apply({ keyword, rest, heredocs }: Instruction): void {
    const scope = { escapeUnit: this.#escapeUnit, find: this.#find }
    if (keyword === 'ENV') {
      for (const assignment of readVariables(rest, scope))
        this.#variables.set(assignment.name, assignment)
    } else if (keyword === 'ARG') {
      const { args } = this.#options
      for (const argument of readArguments(rest, scope, args, this.#globals))
        this.#arguments.set(argument.name, argument)
    } else if (keyword === 'WORKDIR') {
      this.#changeDirectory(expandDockerWord(rest, scope))
    } else if (keyword === 'SHELL') {
      this.#shell = readJson(rest)?.map(({ text }) => text) ?? this.#shell
    } else if (keyword === 'ENTRYPOINT') {
      this.#entrypoint = this.#readCommand(rest)
      this.#ownEntrypoint = true
      if (!this.#commandInStage) this.#command = undefined
    } else if (keyword === 'CMD') {
      this.#command = this.#readCommand(rest)
      this.#commandInStage = true
      this.#ownCommand = true
    } else if (keyword === 'RUN') {
      const commands = rest.text.split(/&&|\|\||[;\n|]/)
      if (!commands.every((command) => HARMLESS.test(command.trim()))) this.#bare = false
    } else if (keyword === 'COPY' || keyword === 'ADD') {
      const words = readJson(rest) ?? splitDockerWords(rest, this.#escapeUnit)
      const expanded = words.map((word) => expandDockerWord(word, scope))
      const { context } = this.#options
      this.#mounts.push(...copyInto(expanded, { cwd: this.#cwd, context, heredocs, scope, rest }))
    }
  }

  image(): Image {
    return {
      known: this.#knownBase || this.#ownEntrypoint,
      bare: this.#bare,
      entrypoint: this.#entrypoint,
      command:
        this.#knownBase || this.#ownEntrypoint || this.#ownCommand ? this.#command : undefined,
      assignments: [...this.#variables.values()],
      cwd: this.#cwd,
      mounts: this.#mounts,
      notes: this.#notes,
    }
  }

  readonly #find = (name: string): Found =>
    findAssigned(this.#variables, name) ??
    findAssigned(this.#arguments, name) ??
    (this.#knownBase && name !== 'PATH'
      ? undefined
      : { unknown: `${name} is not set here, and the base image may set it` })

  #changeDirectory(path: Passage): void {
    const read = readPassage(path)
    if ('why' in read) {
      this.#cwd = undefined
      this.#notes.push({ about: 'cwd', text: `WORKDIR is not known: ${read.why}`, place: path })
    } else if (posix.isAbsolute(read.value)) {
      this.#cwd = cleanPath(read.value)
    } else if (this.#cwd !== undefined) {
      this.#cwd = cleanPath(posix.join(this.#cwd, read.value))
    }
  }

  /** The exec form is a JSON list of strings, which no variable is put into; anything else goes to the shell. */
  #readCommand(rest: Passage): readonly Passage[] {
    return readJson(rest) ?? [...this.#shell.map((word) => passageWithin(rest, word)), rest]
  }
}

/** `NAME=value …`, or the old `NAME value`, where everything after the name is the value. */
function readVariables(rest: Passage, scope: DockerScope): Assignment[] {
  const words = splitDockerWords(rest, scope.escapeUnit)
  const [first] = words
  if (first !== undefined && !first.text.includes('=')) {
    const begin = /^\S+\s+/.exec(rest.text)?.[0].length ?? rest.text.length
    const name = expandDockerWord(first, scope).text
    const value = expandDockerWord(slicePassage(rest, begin), scope)
    return name === '' ? [] : [{ name, value }]
  }
  return words.flatMap((word) => {
    const equals = word.text.indexOf('=')
    const name = expandDockerWord(slicePassage(word, 0, Math.max(equals, 0)), scope).text
    const value = expandDockerWord(slicePassage(word, equals + 1), scope)
    return name === '' ? [] : [{ name, value }]
  })
}

const JSON_STRING = /[\s,]*("(?:[^"\\]|\\.)*")/y

/** A JSON list of strings with the place of each; undefined for anything else. */
function readJson(rest: Passage): Passage[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(rest.text)
  } catch {
    return undefined
  }
  if (!Array.isArray(list)) return undefined
  const words: Passage[] = []
  JSON_STRING.lastIndex = rest.text.indexOf('[') + 1
  for (const item of list) {
    const match = JSON_STRING.exec(rest.text)
    const written = match?.[1]
    if (typeof item !== 'string' || written === undefined) return undefined
    const end = JSON_STRING.lastIndex
    const inner = slicePassage(rest, end - written.length + 1, end - 1)
    words.push(inner.text === item ? inner : passageWithin(inner, item))
  }
  return words
}

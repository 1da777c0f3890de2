import { posix } from 'node:path'
import type { YamlNode } from '../config/yaml.ts'
import { UsageError } from '../errors.ts'
import { CommandLineError, splitComposeCommand } from './command-line.ts'
import { serviceEnvironment } from './compose-environment.ts'
import {
  type ComposeFile,
  interpolateScalar,
  joinPath,
  layeredNodes,
  layersOf,
  readComposeFile,
  type ServiceLayer,
  servicesOf,
} from './compose-file.ts'
import { serviceMounts } from './compose-mounts.ts'
import {
  assembleContainer,
  type Image,
  isServerImage,
  serverImage,
  UNKNOWN_IMAGE,
} from './container.ts'
import type { Deployment, Note } from './deployment.ts'
import { readImage } from './dockerfile.ts'
import { readDotenv } from './dotenv.ts'
import {
  type Assignment,
  environmentScope,
  findAssigned,
  type ProcessEnvironment,
  splitAssignment,
} from './environment.ts'
import type { Scope } from './interpolation.ts'
import { isServerProgram } from './invocation.ts'
import { knownText, type Passage } from './passage.ts'
import { decodeText, errorAt, type FileLookup, type SourceText } from './source-text.ts'
import { asItems, asScalar, member, wordOf } from './yaml-source.ts'

export interface ComposeOptions {
  /** The service; absent = the only one, or the only one that looks like the server. */
  readonly service?: string
  /** The environment compose would be started in; undefined = not asked for. */
  readonly environment: ProcessEnvironment
  readonly host: FileLookup
}

/**
 * How compose starts the server of one service: the files in the order of `docker compose -f`, the later over the
 * earlier (compose specification, and compose-go/v2 for what it leaves open). `.env`, env files, extended files and
 * Dockerfiles are asked for from `host`. Throws AuthError for files that compose refuses, UsageError when the service
 * is not clear.
 */
export function readCompose(sources: readonly SourceText[], options: ComposeOptions): Deployment {
  const base = posix.dirname(sources[0]?.file ?? '.')
  const files = sources.map((source) => readComposeFile(source, base))
  const scope = projectScope(base, options)
  const name = options.service ?? chooseService(files, scope, options.host)
  const layers = layersOf(files, name, options.host, scope)
  const top = layers.at(-1)
  if (top === undefined)
    throw new UsageError(`${sources[0]?.file ?? 'compose'}: there is no service "${name}"`, {
      hints: [`its services are: ${serviceNames(files).join(', ')}`],
    })
  const place = { file: top.file.source.file, span: top.service.span }
  const environment = serviceEnvironment(layers, options.host, scope)
  const directory = scalarOf(layers, 'working_dir', scope)
  return assembleContainer(
    {
      name,
      image: findImage(layers, scope, options.host),
      place,
      entrypoint: commandOf(layers, 'entrypoint', scope),
      command: nonEmpty(commandOf(layers, 'command', scope)),
      assignments: environment.assignments,
      open: environment.open,
      cwd: directory,
      mounts: serviceMounts(files, layers, scope),
      notes: [...environment.notes, ...unfollowed(layers)],
    },
    options.host,
  )
}

/** An empty command is the image's own, while an empty entrypoint is none (moby, container config merge). */
function nonEmpty(words: readonly Passage[] | undefined): readonly Passage[] | undefined {
  return words?.length === 0 ? undefined : words
}

/** The variables substituted in the files: the process environment, then `.env` beside the first file. */
function projectScope(base: string, { environment, host }: ComposeOptions): Scope {
  const path = joinPath(base, '.env')
  const read = host(path, 'dotenv')
  const assigned = new Map<string, Assignment>()
  if (read?.ok === true) {
    const source = { file: path, text: decodeText(read.bytes) }
    for (const assignment of readDotenv(source, environmentScope(environment)))
      assigned.set(assignment.name, assignment)
  }
  return environmentScope(environment, (name) => findAssigned(assigned, name))
}

function serviceNames(files: readonly ComposeFile[]): string[] {
  return [...new Set(files.flatMap((file) => [...(servicesOf(file)?.pairs.keys() ?? [])]))]
}

function chooseService(files: readonly ComposeFile[], scope: Scope, host: FileLookup): string {
  const names = serviceNames(files)
  const servers = names.filter((name) => looksLikeServer(layersOf(files, name, host, scope), scope))
  const named = names.filter((name) => /resonate/i.test(name))
  for (const choice of [servers, servers.length === 0 ? named : [], names]) {
    const [only] = choice
    if (choice.length === 1 && only !== undefined) return only
  }
  const file = files[0]?.source.file ?? 'compose'
  if (names.length === 0) throw new UsageError(`${file}: there are no services in it`)
  throw new UsageError(`${file}: which service is the server is not clear`, {
    hints: [`name one of them, e.g. ${file}#${servers[0] ?? names[0]}: ${names.join(', ')}`],
  })
}

/** By its image, its program, or a variable that only the server reads. */
function looksLikeServer(layers: readonly ServiceLayer[], scope: Scope): boolean {
  const image = scalarOf(layers, 'image', scope)
  if (image !== undefined && isServerImage(image.text)) return true
  const words = ['entrypoint', 'command'].flatMap((key) => commandOf(layers, key, scope) ?? [])
  if (words.slice(0, 4).some(isServerProgram)) return true
  return layeredNodes(layers, 'environment').some(({ node }) => {
    const names =
      node.kind === 'map'
        ? [...node.pairs.keys()]
        : node.kind === 'list'
          ? node.items.map((item) => wordOf(item) ?? '')
          : []
    return names.some((name) => /^RESONATE_[A-Z]+__/i.test(name))
  })
}

function scalarOf(layers: readonly ServiceLayer[], key: string, scope: Scope): Passage | undefined {
  const top = layeredNodes(layers, key).at(-1)
  if (top === undefined) return undefined
  const scalar = asScalar(top.file.source, top.node, `"${key}"`)
  if (scalar === undefined || scalar.value === undefined) return undefined
  return interpolateScalar(top.file.source, scalar, scope)
}

/** The words of `command` or `entrypoint`; undefined where it is absent or null. */
function commandOf(
  layers: readonly ServiceLayer[],
  key: string,
  scope: Scope,
): readonly Passage[] | undefined {
  const top = layeredNodes(layers, key).at(-1)
  if (top === undefined || (top.node.kind === 'scalar' && top.node.value === undefined))
    return undefined
  const { source } = top.file
  if (top.node.kind !== 'scalar')
    return asItems(source, top.node, `"${key}"`).flatMap((item) => {
      const scalar = asScalar(source, item, `an item of "${key}"`)
      return scalar === undefined ? [] : [interpolateScalar(source, scalar, scope)]
    })
  try {
    return splitComposeCommand(interpolateScalar(source, top.node, scope))
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error
    throw errorAt(source, top.node.span.start, `"${key}" cannot be split: ${error.message}`)
  }
}

/** The image of the service: what its Dockerfile builds where there is `build`, else what `image` names. */
function findImage(layers: readonly ServiceLayer[], scope: Scope, host: FileLookup): Image {
  const build = layeredNodes(layers, 'build').at(-1)
  const image = scalarOf(layers, 'image', scope)
  if (build !== undefined) {
    const built = buildImage(build.file, build.node, scope, host)
    if (built !== undefined) return built
  }
  return image !== undefined && isServerImage(image.text) ? serverImage(image) : UNKNOWN_IMAGE
}

function buildImage(
  { source, base }: ComposeFile,
  node: YamlNode,
  scope: Scope,
  host: FileLookup,
): Image | undefined {
  const text = (value: YamlNode | undefined): string | undefined => {
    const scalar = asScalar(source, value, 'a value of "build"')
    return scalar && knownText(interpolateScalar(source, scalar, scope))
  }
  const written = node.kind === 'map' ? text(member(node, 'context')) : text(node)
  const context = joinPath(base, written ?? '.')
  const target = text(member(node, 'target'))
  const inline = member(node, 'dockerfile_inline')
  const file = joinPath(context, text(member(node, 'dockerfile')) ?? 'Dockerfile')
  if (/^[a-z]+:\/\/|^git@/.test(written ?? '') || inline !== undefined) return undefined
  const read = host(file, 'dockerfile')
  if (read?.ok !== true) return undefined
  return readImage(
    { file, text: decodeText(read.bytes) },
    {
      args: buildArguments(source, member(node, 'args'), scope),
      context,
      ...(target === undefined ? {} : { target }),
    },
  )
}

function buildArguments(
  source: SourceText,
  node: YamlNode | undefined,
  scope: Scope,
): ReadonlyMap<string, Passage> {
  const args = new Map<string, Passage>()
  if (node?.kind === 'map')
    for (const [name, { value }] of node.pairs)
      if (value.kind === 'scalar' && value.value !== undefined)
        args.set(name, interpolateScalar(source, value, scope))
  if (node?.kind === 'list')
    for (const item of node.items) {
      if (item.kind !== 'scalar') continue
      const { name, value } = splitAssignment(interpolateScalar(source, item, scope))
      if (value !== undefined) args.set(name, value)
    }
  return args
}

function unfollowed(layers: readonly ServiceLayer[]): Note[] {
  return layeredNodes(layers, 'volumes_from').map(({ file, node }) => ({
    about: 'files',
    text: 'the volumes of "volumes_from" are not followed',
    place: { file: file.source.file, span: node.span },
  }))
}

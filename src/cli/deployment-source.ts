import { basename, join } from 'node:path'
import { Option } from 'commander'
import type { Grammar } from '../config/outline.ts'
import type { Deployment } from '../deploy/deployment.ts'
import type { FileLookup, SourceText } from '../deploy/source-text.ts'
import { UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'
import { processEnvironment } from './environment-source.ts'
import { readInput } from './file-input.ts'
import { append } from './options.ts'

/** Bytes of a deployment file at most. */
export const DEPLOYMENT_LIMIT = 1024 * 1024

/** A deployment file the server's configuration is taken from. */
export interface DeploymentOptions {
  readonly env?: boolean
  readonly envFile?: readonly string[]
  readonly compose?: readonly string[]
  readonly k8s?: string
  readonly systemd?: string
  readonly dockerfile?: string
}

/** `--compose`, `--k8s`, `--systemd` and `--dockerfile`. */
export function deploymentOptions(): Option[] {
  return [
    new Option(
      '--compose <file#service>',
      'a compose file, and the service where it is not clear; --env substitutes; repeatable',
    ).argParser(append),
    new Option('--k8s <file#container>', 'a Kubernetes manifest, or workload/container in it'),
    new Option('--systemd <unit>', 'a systemd unit with its drop-ins'),
    new Option('--dockerfile <file#stage>', 'a Dockerfile; the last stage unless one is named'),
  ]
}

/** A deployment that is still to ask for the files it refers to, paths from the working directory. */
export interface OpenedDeployment {
  /** As the user would name it, e.g. `compose.yml`. */
  readonly file: string
  readonly read: (host: FileLookup) => Deployment
  /** How it and the files named with it are written. */
  readonly grammars: ReadonlyMap<string, Grammar>
}

const KINDS = ['compose', 'k8s', 'systemd', 'dockerfile'] as const

/** Whether an option names a deployment file. */
export function namesDeployment(options: DeploymentOptions): boolean {
  return KINDS.some((kind) => options[kind] !== undefined)
}

/**
 * Opens the deployment file that an option names; undefined when none does. Throws AuthError for a file that cannot be
 * read, UsageError for options that exclude each other.
 */
export async function openDeployment(
  talk: Conversation,
  options: DeploymentOptions,
): Promise<OpenedDeployment | undefined> {
  const [kind, second] = KINDS.filter((name) => options[name] !== undefined)
  if (kind === undefined) return undefined
  if (second !== undefined)
    throw new UsageError(`--${kind} and --${second} both say how the server is started`, {
      hints: ['give one of them'],
    })
  if (options.envFile !== undefined)
    throw new UsageError(`--env-file does not go with --${kind}, which sets the environment`)
  if (options.env === true && kind !== 'compose')
    throw new UsageError(`--env does not go with --${kind}, which sets the environment`)
  if (options.compose !== undefined) return openCompose(talk, options.compose, options.env === true)
  if (options.k8s !== undefined) return openManifest(talk, options.k8s)
  if (options.systemd !== undefined) return openUnit(talk, options.systemd)
  return openDockerfile(talk, options.dockerfile ?? '')
}

/** `FILE#NAME`: what stands after the last `#` is the name. */
function splitName(operand: string): { readonly file: string; readonly name: string | undefined } {
  const at = operand.lastIndexOf('#')
  return at === -1
    ? { file: operand, name: undefined }
    : { file: operand.slice(0, at), name: operand.slice(at + 1) }
}

async function readSource(talk: Conversation, file: string): Promise<SourceText> {
  const { decodeText } = await import('../deploy/source-text.ts')
  const request = { purpose: 'a deployment file', limit: DEPLOYMENT_LIMIT }
  return { file, text: decodeText(await readInput(file, talk, request)) }
}

function grammarsOf(
  grammar: Grammar,
  sources: readonly SourceText[],
): ReadonlyMap<string, Grammar> {
  return new Map(sources.map(({ file }) => [file, grammar]))
}

async function openCompose(
  talk: Conversation,
  operands: readonly string[],
  withEnvironment: boolean,
): Promise<OpenedDeployment> {
  const { readCompose } = await import('../deploy/compose.ts')
  const named = operands.map(splitName)
  const services = [...new Set(named.flatMap(({ name }) => name ?? []))]
  const [service, other] = services
  if (other !== undefined)
    throw new UsageError(`--compose names the services "${service}" and "${other}"`, {
      hints: ['name one of them'],
    })
  const sources: SourceText[] = []
  for (const { file } of named) sources.push(await readSource(talk, file))
  await mentionOverride(talk, named[0]?.file ?? '', sources.length)
  const environment = withEnvironment ? processEnvironment(talk) : undefined
  return {
    file: named[0]?.file ?? '',
    grammars: grammarsOf('yaml', sources),
    read: (host) =>
      readCompose(sources, { environment, host, ...(service !== undefined && { service }) }),
  }
}

/** `docker compose` without -f reads an override file too; a file that is named stands alone. */
async function mentionOverride(talk: Conversation, file: string, count: number): Promise<void> {
  const parts = /^(.*?)((?:docker-)?compose)(\.ya?ml)$/.exec(file)
  if (count > 1 || parts === null) return
  const [, directory, stem, extension] = parts
  const override = `${directory}${stem}.override${extension}`
  if ((await talk.host.files.stat(override)) !== undefined)
    talk.note(`${override} is not read; --compose ${file} --compose ${override} reads both`)
}

async function openManifest(talk: Conversation, operand: string): Promise<OpenedDeployment> {
  const { readKubernetes } = await import('../deploy/kubernetes.ts')
  const { file, name } = splitName(operand)
  const source = await readSource(talk, file)
  return {
    file,
    read: (host) => readKubernetes(source, name, host),
    grammars: grammarsOf('yaml', [source]),
  }
}

async function openDockerfile(talk: Conversation, operand: string): Promise<OpenedDeployment> {
  const { readDockerfile } = await import('../deploy/dockerfile.ts')
  const { file, name } = splitName(operand)
  const source = await readSource(talk, file)
  return {
    file,
    read: (host) => readDockerfile(source, name, host),
    grammars: grammarsOf('dockerfile', [source]),
  }
}

/** The unit and the `.conf` files in the `.d` directories of its own name and, for an instance, of its template. */
async function openUnit(talk: Conversation, file: string): Promise<OpenedDeployment> {
  const { readSystemd } = await import('../deploy/systemd.ts')
  const unit = await readSource(talk, file)
  const template = file.replace(/@[^/@]+(\.[a-z]+)$/, '@$1')
  const dropIns = new Map<string, SourceText>()
  for (const directory of new Set([`${template}.d`, `${file}.d`]))
    for (const name of await talk.host.files.list(directory))
      if (name.endsWith('.conf'))
        dropIns.set(basename(name), await readSource(talk, join(directory, name)))
  const sources = [...dropIns.values()]
  return {
    file,
    read: (host) => readSystemd(unit, sources, host),
    grammars: grammarsOf('systemd', [unit, ...sources]),
  }
}

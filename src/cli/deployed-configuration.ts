import { dirname, resolve } from 'node:path'
import type { Argument, Configuration, ConfigurationSource } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Grammar } from '../config/outline.ts'
import type { Deployment } from '../deploy/deployment.ts'
import type { Place } from '../deploy/passage.ts'
import type { Conversation } from './conversation.ts'
import { DEPLOYMENT_LIMIT, type OpenedDeployment } from './deployment-source.ts'
import { GatheredFiles } from './gathered-files.ts'

/** What goes over a deployment: a file that is named, and arguments given on the command line. */
export interface DeploymentOverrides {
  readonly named: ConfigurationSource['named']
  readonly arguments: readonly Argument[]
  /** Bytes of a file at most. */
  readonly limit: number
}

/** A deployment's configuration, and the directory of its file, absolute. */
export interface DeployedConfiguration {
  readonly source: ConfigurationSource
  readonly configuration: Configuration
  readonly directory: string
  /** Where the file that the server opens at a path lies here; undefined = nowhere, or that cannot be known. */
  readonly locate: (path: string) => Promise<string | undefined>
  /** How the deployment's own files are written, the one that was named first. */
  readonly grammars: ReadonlyMap<string, Grammar>
}

type Named = NonNullable<ConfigurationSource['named']>

/**
 * The configuration of the server as a deployment starts it. A configuration file that is mounted from here goes by its
 * path here, one that is written in the deployment file by `file#path`. Says on stderr what was read and what could not
 * be known.
 */
export async function readDeployed(
  talk: Conversation,
  opened: OpenedDeployment,
  configure: (source: ConfigurationSource) => Configuration,
  overrides: DeploymentOverrides,
): Promise<DeployedConfiguration> {
  const files = new GatheredFiles(talk.host, talk.host.cwd, overrides.limit)
  let openedLast: string | undefined
  const grammars = new Map(opened.grammars)
  const host = (path: string, grammar?: Grammar): FileRead | undefined => {
    const read = files.find(path)
    if (read?.ok === true) openedLast = path
    if (read?.ok === true && grammar !== undefined) grammars.set(path, grammar)
    return read
  }
  const judge = (named: Named | undefined) => {
    const deployment = opened.read(host)
    const source = sourceOf(deployment, overrides, named)
    return { deployment, source, configuration: configure(source) }
  }
  let judged = await files.settle(() => judge(overrides.named))
  const find = (path: string) => {
    openedLast = undefined
    return { file: judged.deployment.files(path), here: openedLast }
  }
  const found = overrides.named === undefined ? judged.configuration.file?.path : undefined
  if (found !== undefined) {
    const { file, here = `${opened.file}#${found}` } = find(found)
    if (file !== undefined) judged = await files.settle(() => judge({ path: here, file }))
  }
  const { deployment, source, configuration } = judged
  await sayWhatWasRead(talk, opened, deployment, source)
  const locate = async (path: string): Promise<string | undefined> => {
    const { file, here } = await files.settle(() => find(path))
    return file?.ok === true && here !== undefined ? resolve(talk.host.cwd, here) : undefined
  }
  const directory = dirname(resolve(talk.host.cwd, opened.file))
  return { source, configuration, directory, locate, grammars }
}

function sourceOf(
  deployment: Deployment,
  overrides: DeploymentOverrides,
  named: Named | undefined,
): ConfigurationSource {
  const list = overrides.arguments.length > 0 ? overrides.arguments : deployment.arguments
  return {
    // A working directory that is not known finds no relative path, whatever it is called here.
    cwd: deployment.cwd ?? '/',
    files: deployment.files,
    variables: deployment.variables,
    arguments: list.length > 0 ? list : [NO_COMMAND],
    ...(named !== undefined && { named }),
  }
}

/** A deployment that calls the server by its name alone; no arguments at all would mean `serve`. */
const NO_COMMAND: Argument = {
  text: undefined,
  origin: { kind: 'argument', name: 'the command', index: 0 },
  why: 'the command line, which names no command such as "serve"',
}

async function sayWhatWasRead(
  talk: Conversation,
  { file }: OpenedDeployment,
  { name, notes, cwd }: Deployment,
  { named }: ConfigurationSource,
): Promise<void> {
  const configuration = named === undefined ? '' : `, configuration from ${named.path}`
  talk.note(`${name} of ${file}${configuration}`)
  for (const { text, place } of notes) talk.note(`${await describePlace(talk, place)}: ${text}`)
  if (cwd === undefined && named === undefined)
    talk.note('its working directory is not known, so no configuration file was looked for')
}

/** `file:line:column`, or the file alone when it cannot be read again. */
async function describePlace({ host }: Conversation, { file, span }: Place): Promise<string> {
  const { decodeText, describePosition } = await import('../deploy/source-text.ts')
  const read = await host.files.read(file, DEPLOYMENT_LIMIT)
  return read.ok ? describePosition({ file, text: decodeText(read.bytes) }, span.start) : file
}

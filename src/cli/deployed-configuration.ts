import { dirname, resolve } from 'node:path'
import type { Argument, Configuration, ConfigurationSource } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Deployment } from '../deploy/deployment.ts'
import type { Conversation } from './conversation.ts'
import type { OpenedDeployment } from './deployment-source.ts'
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
  const host = (path: string): FileRead | undefined => {
    const read = files.find(path)
    if (read?.ok === true) openedLast = path
    return read
  }
  const judge = (named: Named | undefined) => {
    const deployment = opened.read(host)
    const source = sourceOf(deployment, overrides, named)
    return { deployment, source, configuration: configure(source) }
  }
  let judged = await files.settle(() => judge(overrides.named))
  const found = overrides.named === undefined ? judged.configuration.file?.path : undefined
  if (found !== undefined) {
    openedLast = undefined
    const file = judged.deployment.files(found)
    const path = openedLast ?? `${opened.file}#${found}`
    if (file !== undefined) judged = await files.settle(() => judge({ path, file }))
  }
  const { deployment, source, configuration } = judged
  sayWhatWasRead(talk, opened, deployment, source)
  return { source, configuration, directory: dirname(resolve(talk.host.cwd, opened.file)) }
}

function sourceOf(
  deployment: Deployment,
  overrides: DeploymentOverrides,
  named: Named | undefined,
): ConfigurationSource {
  const given = overrides.arguments.length > 0
  return {
    // A working directory that is not known finds no relative path, whatever it is called here.
    cwd: deployment.cwd ?? '/',
    files: deployment.files,
    variables: deployment.variables,
    arguments: given ? overrides.arguments : deployment.arguments,
    ...(named !== undefined && { named }),
  }
}

function sayWhatWasRead(
  talk: Conversation,
  { file }: OpenedDeployment,
  { name, notes, cwd }: Deployment,
  { named }: ConfigurationSource,
): void {
  const configuration = named === undefined ? '' : `, configuration from ${named.path}`
  talk.note(`${name} of ${file}${configuration}`)
  for (const { text } of notes) talk.note(text)
  if (cwd === undefined && named === undefined)
    talk.note('its working directory is not known, so no configuration file was looked for')
}

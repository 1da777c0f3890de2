import { basename, dirname, join, relative, resolve } from 'node:path'
import { Option } from 'commander'
import type { Argument, Configuration, ConfigurationSource } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Grammar } from '../config/outline.ts'
import { UsageError } from '../errors.ts'
import type { Target } from '../target/target.ts'
import type { Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import {
  type DeploymentOptions,
  deploymentOptions,
  namesDeployment,
  openDeployment,
} from './deployment-source.ts'
import { readVariables } from './environment-source.ts'
import { readInput } from './file-input.ts'
import { GatheredFiles } from './gathered-files.ts'
import { append } from './options.ts'
import { type AskedTarget, chooseTarget, serverName, targetOption } from './target-option.ts'

/** Bytes of a configuration, key or database file at most; the server reads any size, this tool does not. */
const FILE_LIMIT = 4 * 1024 * 1024

/** Where a server's configuration comes from, as given by flags. */
export interface ConfigurationOptions extends DeploymentOptions {
  readonly target?: AskedTarget
  readonly config?: string
  readonly envFileFormat?: 'docker' | 'dotenv'
  /** What a configuration that comes through `-` is called. */
  readonly stdinFilename?: string
}

/** Adds `--config`, the environment options and `--target`; the server's flags stand after `--`. */
export function addConfigurationOptions(command: Cmd): Cmd {
  const options = [
    new Option('--config <file>', 'the configuration file; else looked for as the server does'),
    new Option('--env', "read this process's environment as the server's"),
    new Option(
      '-e, --env-file <file>',
      "the server's environment from a file; repeatable",
    ).argParser(append),
    new Option('--env-file-format <format>', 'how the file is written')
      .choices(['docker', 'dotenv'])
      .default('docker'),
    ...deploymentOptions(),
    targetOption(),
  ]
  for (const option of options) command.addOption(option.helpGroup('The configuration:'))
  return command
}

/** A configuration as the target reads it, with everything it was read from. */
export interface GatheredConfiguration {
  readonly target: Target
  /** As `--target` takes it, with the patch version that was asked for. */
  readonly server: string
  readonly source: ConfigurationSource
  readonly configuration: Configuration
  /** The directory that the server's relative paths start from, absolute. */
  readonly directory: string
  /** Where the file that the server opens at a path lies here; undefined = nowhere, or that cannot be known. */
  readonly locate: (path: string) => Promise<string | undefined>
  /** How the files of the environment or of the deployment are written, those of the user's first. */
  readonly grammars: ReadonlyMap<string, Grammar>
}

/**
 * Whose rules decide about a file that was only found: `server` uses what the server would use; `user` refuses a file
 * outside the git work tree of the current directory, or of another user, because a verdict would rest on it.
 */
export type Trust = 'server' | 'user'

/**
 * Reads the configuration that `options`, the operand and the arguments after `--` describe, as the target reads it.
 * Says on stderr which file was found. Throws AuthError for named files that cannot be read, UsageError for a
 * contradiction.
 */
export async function readConfiguration(
  talk: Conversation,
  options: ConfigurationOptions,
  operand: string | undefined,
  trust: Trust,
): Promise<GatheredConfiguration> {
  const { gathered, found, doubt } = await gather(talk, options, operand)
  if (found !== undefined && doubt !== undefined && trust === 'user')
    throw new UsageError(`${found}: ${doubt}, so it must be named`, {
      hints: [`--config ${found} uses it`],
    })
  if (found !== undefined)
    talk.note(`configuration from ${found}${doubt === undefined ? '' : `, which ${doubt}`}`)
  return gathered
}

/**
 * The same where a configuration only helps: undefined when there is none, or one that was only found and is not the
 * user's own. The reading code is loaded when there is something to read.
 */
export async function findConfiguration(
  talk: Conversation,
  options: ConfigurationOptions,
): Promise<GatheredConfiguration | undefined> {
  const asked =
    options.config !== undefined ||
    options.env === true ||
    options.envFile !== undefined ||
    namesDeployment(options) ||
    talk.afterDashes.length > 0
  if (!asked && !(await isAnythingThere(talk))) return undefined
  const { gathered, found, doubt } = await gather(talk, options, undefined)
  if (found === undefined) return asked ? gathered : undefined
  talk.note(
    doubt === undefined
      ? `configuration from ${found}`
      : `${found} is not used: it ${doubt}; --config ${found} uses it`,
  )
  return doubt === undefined ? gathered : undefined
}

/** Whether a file that any target might read lies here or above. */
async function isAnythingThere({ host }: Conversation): Promise<boolean> {
  for (let directory = host.cwd; ; directory = dirname(directory)) {
    for (const name of ['resonate.toml', 'resonate.yaml', 'resonate.yml'])
      if ((await host.files.stat(join(directory, name))) !== undefined) return true
    if (directory === dirname(directory)) return false
  }
}

interface Gathering {
  readonly gathered: GatheredConfiguration
  /** The file that was found without being named, as the user would name it. */
  readonly found: string | undefined
  /** Why the found file should not be taken for one's own; undefined when nothing speaks against it. */
  readonly doubt: string | undefined
}

async function gather(
  talk: Conversation,
  options: ConfigurationOptions,
  operand: string | undefined,
): Promise<Gathering> {
  const target = await chooseTarget(talk, options)
  const patch = options.target?.patch
  const configure = await target.configure(patch)
  const path = namedFile(options, operand)
  const directory =
    path === undefined || path === '-' ? talk.host.cwd : resolve(talk.host.cwd, dirname(path))
  const named = path === undefined ? undefined : await readNamed(talk, path, options)
  const server = patch === undefined ? serverName(target) : `${target.name}@${patch}`
  const deployment = await openDeployment(talk, options)
  if (deployment !== undefined) {
    const { readDeployed } = await import('./deployed-configuration.ts')
    const overrides = { named, arguments: readArguments(talk), limit: FILE_LIMIT }
    const deployed = await readDeployed(talk, deployment, configure, overrides)
    return { gathered: { target, server, ...deployed }, found: undefined, doubt: undefined }
  }
  const files = new GatheredFiles(talk.host, directory, FILE_LIMIT)
  const source: ConfigurationSource = {
    cwd: directory,
    files: files.find,
    variables: await readVariables(talk, options, FILE_LIMIT),
    arguments: readArguments(talk),
    ...(named !== undefined && { named }),
  }
  const configuration = await files.settle(() => configure(source))
  const locate = async (file: string): Promise<string> => resolve(directory, file)
  const { envFile = [], envFileFormat } = options
  const format = envFileFormat === 'dotenv' ? 'dotenv' : 'docker-env'
  const grammars = new Map(envFile.map((file): [string, Grammar] => [file, format]))
  const gathered = { target, server, source, configuration, directory, locate, grammars }
  if (named !== undefined || configuration.file === undefined)
    return { gathered, found: undefined, doubt: undefined }
  const there = join(directory, configuration.file.path)
  const doubt = await doubtAbout(talk, there)
  return { gathered, found: relative(talk.host.cwd, there) || there, doubt }
}

function namedFile(
  { config }: ConfigurationOptions,
  operand: string | undefined,
): string | undefined {
  if (config !== undefined && operand !== undefined)
    throw new UsageError(`--config and ${operand} both name the configuration file`, {
      hints: ['give one of them'],
    })
  return config ?? operand
}

/** The named file stands for the server's own; a name that cannot be read is an error, unlike one that is looked for. */
async function readNamed(
  talk: Conversation,
  path: string,
  { stdinFilename = 'standard input' }: ConfigurationOptions,
): Promise<{ readonly path: string; readonly file: FileRead }> {
  const bytes = await readInput(path, talk, { purpose: 'a configuration', limit: FILE_LIMIT })
  return { path: path === '-' ? stdinFilename : path, file: { ok: true, bytes } }
}

/** Why a found file should not be taken for one's own; undefined when nothing speaks against it. */
async function doubtAbout(talk: Conversation, path: string): Promise<string | undefined> {
  const { host } = talk
  const there = await host.files.stat(path)
  if (there !== undefined && host.uid !== undefined && there.uid !== host.uid && there.uid !== 0)
    return 'belongs to another user'
  if (dirname(path) === host.cwd) return undefined
  const root = await workTreeRoot(talk, host.cwd)
  if (root === undefined) return 'lies above the current directory'
  const inside = !relative(root, dirname(path)).startsWith('..')
  return inside ? undefined : 'lies outside of the git work tree'
}

async function workTreeRoot(talk: Conversation, from: string): Promise<string | undefined> {
  for (let directory = from; ; directory = dirname(directory)) {
    if ((await talk.host.files.stat(join(directory, '.git'))) !== undefined) return directory
    if (directory === dirname(directory)) return undefined
  }
}

/** The server's arguments: what stands after `--`, without the program's name; flags alone are those of `serve`. */
function readArguments({ afterDashes }: Conversation): readonly Argument[] {
  const named = afterDashes[0] !== undefined && basename(afterDashes[0]) === 'resonate' ? 1 : 0
  const words = afterDashes.slice(named)
  const isFlag = words[0]?.startsWith('--') === true
  const texts = isFlag ? ['serve', ...words] : words
  let flag: string | undefined
  return texts.map((text, index) => {
    const own = /^--?[A-Za-z][\w-]*/.exec(text)?.[0]
    const name = own ?? flag ?? text
    flag = own !== undefined && !text.includes('=') ? own : undefined
    return { text, origin: { kind: 'argument', name, index: index + named - (isFlag ? 1 : 0) } }
  })
}

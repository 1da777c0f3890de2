import type { Configuration } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import { AuthError, UsageError } from '../errors.ts'
import type { RequestJudge, RequestServer, ServerSettings } from '../target/request.ts'
import type { Target } from '../target/target.ts'
import { type ConfigurationOptions, readConfiguration } from './configuration-source.ts'
import type { Conversation } from './conversation.ts'
import { GatheredFiles } from './gathered-files.ts'
import { KEY_FILE_LIMIT } from './key-cache.ts'
import { readServerAuth, type ServerAuthOptions } from './server-auth.ts'
import { chooseTarget, serverName } from './target-option.ts'

/** What a server that answers whole requests is started with: by flags alone, or by its configuration alone. */
export interface AnswerServerOptions extends ServerAuthOptions {
  readonly authOff?: boolean
  readonly debug?: boolean
  readonly allowOrigin?: readonly string[]
}

/** A server that answers. */
export interface AnswerServer {
  readonly target: Target
  readonly serve: RequestServer
}

/** The flags that say what a configuration says too. */
const SETTINGS = ['iss', 'aud', 'debug', 'allowOrigin'] as const

/**
 * The server that the flags or the configuration describe. Throws UsageError when they contradict each other, AuthError
 * when the server would not start or nothing describes it.
 */
export async function readAnswerServer(
  talk: Conversation,
  options: AnswerServerOptions,
): Promise<AnswerServer> {
  const { publickey, key, authOff } = options
  if (publickey === undefined && key === undefined && authOff !== true) {
    for (const name of SETTINGS)
      if (options[name] !== undefined)
        throw new UsageError(`the configuration already says what ${flag(name)} says`, {
          hints: ['give --publickey or --auth-off for a server described by flags alone'],
        })
    return configuredServer(talk, options)
  }
  if (options.config !== undefined)
    throw new UsageError(`--config already says what ${flag(describing(options))} says`)
  const { target, auth } = await readAuth(talk, options)
  const { debug = false, allowOrigin: origins = [] } = options
  return { target, serve: (await requestJudge(target)).serve({ auth, debug, origins }) }
}

function describing({ publickey, key }: AnswerServerOptions): string {
  if (publickey !== undefined) return 'publickey'
  return key === undefined ? 'authOff' : 'key'
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

async function readAuth(
  talk: Conversation,
  options: AnswerServerOptions,
): Promise<{ readonly target: Target; readonly auth: ServerSettings['auth'] }> {
  if (options.authOff === true) {
    for (const name of ['publickey', 'key', 'iss', 'aud'] as const)
      if (options[name] !== undefined) throw new UsageError(`--auth-off contradicts --${name}`)
    return { target: await chooseTarget(talk, options), auth: undefined }
  }
  const outcome = await readServerAuth(talk, options)
  if (outcome.starts) return { target: outcome.server.target, auth: outcome.server.settings }
  throw new AuthError('ERR_NOTHING_TO_JUDGE', `the server would not start: ${outcome.message}`)
}

/** How `target` answers whole requests. Throws UsageError for one of which that is not known. */
export async function requestJudge(target: Target): Promise<RequestJudge> {
  if (target.requests !== undefined) return target.requests()
  throw new UsageError(`what ${serverName(target)} answers to whole requests is not known`)
}

/** The server of the named or found configuration. Throws AuthError when it would not start, or is not known. */
export async function configuredServer(
  talk: Conversation,
  options: ConfigurationOptions,
): Promise<AnswerServer> {
  const { target, configuration, source } = await readConfiguration(
    talk,
    options,
    undefined,
    'user',
  )
  if (
    configuration.file === undefined &&
    source.variables === undefined &&
    source.arguments.length === 0
  )
    throw new AuthError('ERR_NOTHING_TO_JUDGE', 'no server is described', {
      hints: ['name its configuration with --config, or its key with --publickey; or --auth-off'],
    })
  const serve = await serveConfigured(target, configuration, source.files)
  if (serve !== undefined) return { target, serve }
  const path = configuration.file?.path ?? 'the configuration'
  if (configuration.start.starts !== false)
    throw new AuthError(
      'ERR_NOTHING_TO_JUDGE',
      `${path}: what the server answers with it is not known`,
      { hints: ['see "resonate-auth config" for what it is started with'] },
    )
  throw new AuthError('ERR_NOTHING_TO_JUDGE', `${path}: the server would not start with it`, {
    hints: ['see "resonate-auth lint" for what is wrong with it'],
  })
}

/** The server that starts in the current directory with the command line `args`. Throws AuthError when it would not. */
export async function argumentServer(
  talk: Conversation,
  target: Target,
  args: readonly string[],
): Promise<RequestServer> {
  const configure = await target.configure()
  const files = new GatheredFiles(talk.host, talk.host.cwd, KEY_FILE_LIMIT)
  const configuration = await files.settle(() =>
    configure({
      cwd: talk.host.cwd,
      files: files.find,
      variables: undefined,
      arguments: args.map((text, index) => ({
        text,
        origin: { kind: 'argument', name: text, index },
      })),
    }),
  )
  const serve = await serveConfigured(target, configuration, files.find)
  if (serve !== undefined) return serve
  throw new AuthError('ERR_NOTHING_TO_JUDGE', 'the server would not start with these arguments')
}

async function serveConfigured(
  target: Target,
  configuration: Configuration,
  files: (path: string) => FileRead | undefined,
): Promise<RequestServer | undefined> {
  return (await requestJudge(target)).serveConfigured(configuration, (name) => {
    const read = files(name)
    return read === undefined ? undefined : target.tokens?.loadKey(name, read)
  })
}

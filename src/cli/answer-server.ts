import { dirname, isAbsolute, join } from 'node:path'
import type { Configuration } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import { AuthError, UsageError } from '../errors.ts'
import type { RequestJudge, RequestServer, ServerSettings } from '../target/request.ts'
import type { KeyLoad, Target } from '../target/target.ts'
import type { Conversation } from './conversation.ts'
import { readServerAuth, type ServerAuthOptions, serverName } from './server-auth.ts'
import { chooseTarget } from './target-option.ts'

/** What a server that answers whole requests is started with, as given by flags. */
export interface AnswerServerOptions extends ServerAuthOptions {
  readonly config?: string
  readonly authOff?: boolean
  readonly debug?: boolean
  readonly allowOrigin?: readonly string[]
}

/** A server that answers, or the sentence that says why it would not start. */
export interface AnswerServer {
  readonly target: Target
  readonly serve: RequestServer | undefined
  readonly says: string
}

/** A configuration file and the keys it names are read up to this size. */
const CONFIG_LIMIT = 4 * 1024 * 1024

/** The server that the flags describe. Throws UsageError when they contradict each other. */
export async function readAnswerServer(
  talk: Conversation,
  options: AnswerServerOptions,
): Promise<AnswerServer> {
  if (options.config !== undefined) {
    for (const name of ['publickey', 'key', 'iss', 'aud', 'authOff', 'debug'] as const)
      if (options[name] !== undefined)
        throw new UsageError(`--config already says what ${flag(name)} says`)
    const target = await chooseTarget(talk, options)
    const serve = await configuredServer(talk, target, options.config)
    return { target, serve, says: `${options.config}: the server would not start with it` }
  }
  const { target, auth, says } = await readAuth(talk, options)
  const { debug = false, allowOrigin: origins = [] } = options
  const serve =
    auth === 'fails' ? undefined : (await requestJudge(target)).serve({ auth, debug, origins })
  return { target, serve, says }
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

async function readAuth(
  talk: Conversation,
  options: AnswerServerOptions,
): Promise<{
  readonly target: Target
  readonly auth: ServerSettings['auth'] | 'fails'
  readonly says: string
}> {
  if (options.authOff === true) {
    for (const name of ['publickey', 'key', 'iss', 'aud'] as const)
      if (options[name] !== undefined) throw new UsageError(`--auth-off contradicts --${name}`)
    return { target: await chooseTarget(talk, options), auth: undefined, says: '' }
  }
  const outcome = await readServerAuth(talk, options)
  if (outcome.starts)
    return { target: outcome.server.target, auth: outcome.server.settings, says: '' }
  const says = `the server would not start: ${outcome.message}`
  return { target: await chooseTarget(talk, options), auth: 'fails', says }
}

/** How `target` answers whole requests. Throws UsageError for one of which that is not known. */
export async function requestJudge(target: Target): Promise<RequestJudge> {
  if (target.requests !== undefined) return target.requests()
  throw new UsageError(`what ${serverName(target)} answers to whole requests is not known`)
}

/** The server that starts with the configuration file at `path`; undefined when it would not start. */
export async function configuredServer(
  talk: Conversation,
  target: Target,
  path: string,
): Promise<RequestServer | undefined> {
  const judge = await requestJudge(target)
  const file = await talk.host.files.read(path, CONFIG_LIMIT)
  if (!file.ok) throw new AuthError('ERR_FILE_MISSING', `${path}: ${file.message}`)
  const files = new Map<string, FileRead>([[judge.configFile, file]])
  const configure = await target.configure()
  // The server's paths are relative to its working directory, where its configuration file lies.
  const cwd = dirname(path)
  const read = (): Configuration =>
    configure({ cwd, files: (name) => files.get(name), variables: undefined, arguments: [] })
  const loads = new Map<string, KeyLoad>()
  for (const name of judge.keyFiles(read())) {
    const found = await talk.host.files.read(
      isAbsolute(name) ? name : join(cwd, name),
      CONFIG_LIMIT,
    )
    const load = target.tokens?.loadKey(name, found)
    files.set(name, found)
    if (load !== undefined) loads.set(name, load)
  }
  return judge.serveConfigured(read(), (name) => loads.get(name))
}

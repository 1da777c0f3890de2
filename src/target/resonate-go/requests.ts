import type { Configuration, SettingValue } from '../../config/configuration.ts'
import type { RequestJudge, RequestServer } from '../request.ts'
import type { KeyLoad } from '../target.ts'
import { answer } from './answer.ts'
import type { Accounts } from './basic.ts'
import type { GoServer, Listener } from './server.ts'
import { type GoVersion, PARTS, PUBLIC_KEY } from './settings.ts'

/** How a version of the Go server answers whole requests. */
export function requestJudge(version: GoVersion): RequestJudge {
  const run =
    (server: GoServer): RequestServer =>
    (request, at) =>
      answer(server, request, at)
  return {
    serve: ({ auth, origins }) => {
      const key = auth === undefined || auth.key === 'none' ? undefined : auth.key
      const http: Listener = { enabled: true, accounts: new Map(), origins }
      const poll: Listener = { enabled: true, accounts: new Map(), origins: [] }
      return run({ version, http, poll, ...(key !== undefined && { key }) })
    },
    serveConfigured: (configuration, loadKey) => {
      const server = configuredServer(version, configuration, loadKey)
      return server === undefined ? undefined : run(server)
    },
  }
}

/** The server that starts with `configuration`; undefined where it does not, or where that is not known. */
export function configuredServer(
  version: GoVersion,
  configuration: Configuration,
  loadKey: (path: string) => KeyLoad | undefined,
): GoServer | undefined {
  if (configuration.start.starts === false) return undefined
  const parts = PARTS[version]
  const server = {
    version,
    http: listenerOf(configuration, parts.http),
    poll: listenerOf(configuration, parts.poll),
  }
  const path = publicKeyPath(version, configuration)
  if (path === undefined)
    return configuration.start.starts === true || isStartOfNoAccount(configuration)
      ? server
      : undefined
  const load = loadKey(path)
  return load?.starts === true ? { ...server, key: load.key } : undefined
}

/** Whether what is not known of the start leaves the settings known: it only says whether there is a server at all. */
function isStartOfNoAccount({ settings }: Configuration): boolean {
  return [...settings.values()].every(({ value }) => !isUnknown(value))
}

function isUnknown(value: SettingValue): boolean {
  return typeof value === 'object' && 'unknown' in value
}

function publicKeyPath(version: GoVersion, { settings }: Configuration): string | undefined {
  if (version !== '0.8') return undefined
  const value = settings.get(PUBLIC_KEY)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}

function listenerOf({ settings }: Configuration, part: string): Listener {
  const origins = settings.get(`${part}.config.cors.allowOrigins`)?.value
  return {
    enabled: settings.get(`${part}.enabled`)?.value === true,
    accounts: accountsOf(settings, `${part}.config.auth.`),
    origins: Array.isArray(origins) ? origins : [],
  }
}

function accountsOf(settings: Configuration['settings'], prefix: string): Accounts {
  const accounts = new Map<string, string>()
  for (const [key, { value }] of settings)
    if (key.startsWith(prefix) && typeof value === 'string')
      accounts.set(key.slice(prefix.length), value)
  return accounts
}

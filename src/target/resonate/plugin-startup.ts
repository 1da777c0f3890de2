import type { Start } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import { openSqlite } from './sqlite-file.ts'
import { fatal, unknownStart } from './start.ts'
import { isEveryMachines, isPrivileged, readKeyFile, type StartRequest } from './startup.ts'

/** The plugin layout after every section was read. */
export interface PluginStart extends StartRequest {
  readonly tables: ReadonlyMap<string, Origin>
  /** The id of the server that keeps the data. */
  readonly active: string
}

const HTTP = 'gateways.gateway_http'
const METRICS = 'gateways.gateway_metrics'

/** What can still stop the server: its database, then its gateways (resonate-base, start order). */
export function startPlugins(request: PluginStart): Start {
  return openServer(request) ?? startHttp(request) ?? startMetrics(request) ?? { starts: true }
}

function openServer({ settings, files, active }: PluginStart): Start | undefined {
  if (active === 'server_sqlite')
    return openSqlite(settings.get('servers.server_sqlite.path'), files)
  return unknownStart(`whether the database of ${active} can be reached`)
}

function startHttp(request: PluginStart): Start | undefined {
  if (request.settings.get(`${HTTP}.enabled`)?.value === false) return undefined
  return checkAuth(request) ?? bindGateway(request, HTTP)
}

/** Sentences of the gateway, which the server puts behind the name of what failed (resonate-auth, `Config`). */
function checkAuth(request: PluginStart): Start | undefined {
  const { settings, tables } = request
  const fail = (reason: string, origin: Origin | undefined): Start =>
    fatal(`gateway 'gateway_http' failed to start: ${reason}`, origin)
  const auth = tables.get(`${HTTP}.auth`)
  const workos = tables.get(`${HTTP}.workos`)
  if (auth !== undefined && workos !== undefined)
    return fail('auth and workos cannot both be configured — choose exactly one mode', workos)
  if (workos !== undefined)
    for (const name of ['api_key', 'org_id'])
      if (settings.get(`${HTTP}.workos.${name}`)?.value === undefined)
        return fail(`workos.${name} is required when WorkOS auth is enabled`, workos)
  if (auth === undefined) return undefined
  const key = settings.get(`${HTTP}.auth.publickey`)
  if (key?.value === '')
    return fail(
      'publickey is required when an auth section is present: a path to a PEM file, or "none" to accept unsigned tokens',
      auth,
    )
  const start = readKeyFile(key, request)
  return start?.starts === false
    ? {
        ...start,
        message: start.message.replace(
          'Fatal: ',
          "Fatal: gateway 'gateway_http' failed to start: ",
        ),
      }
    : start
}

function startMetrics(request: PluginStart): Start | undefined {
  const { settings } = request
  if (settings.get(`${METRICS}.enabled`)?.value === false) return undefined
  const bind = settings.get(`${METRICS}.bind`)
  const http = settings.get(`${HTTP}.bind`)?.value
  const [, port] = splitAddress(bind?.value)
  if (port !== undefined && port !== '0' && splitAddress(http)[1] === port)
    return unknownStart(`whether both gateways can listen on port ${port}`, bind?.origin)
  return bindGateway(request, METRICS)
}

function bindGateway({ settings }: PluginStart, gateway: string): Start | undefined {
  const bind = settings.get(`${gateway}.bind`)
  const [host, port] = splitAddress(bind?.value)
  if (host === undefined || port === undefined || !/^\d{1,5}$/.test(port))
    return unknownStart(`whether ${gateway}.bind is an address`, bind?.origin)
  if (!isEveryMachines(host))
    return unknownStart(
      `whether ${host || 'the empty name'} is an address of the machine`,
      bind?.origin,
    )
  if (isPrivileged(BigInt(port)))
    return unknownStart(`whether the server's user may listen on port ${port}`, bind?.origin)
  return undefined
}

function splitAddress(value: unknown): readonly [host?: string, port?: string] {
  if (typeof value !== 'string') return []
  const colon = value.lastIndexOf(':')
  return colon === -1 ? [] : [value.slice(0, colon), value.slice(colon + 1)]
}

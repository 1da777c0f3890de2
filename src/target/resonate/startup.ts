import type { ConfigurationSource, SettingValue, Start } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import type { Origin, Setting } from '../../config/setting.ts'
import type { KeyLoad } from '../target.ts'
import type { Extraction } from './extraction.ts'
import type { Schema } from './settings.ts'
import { openSqlite } from './sqlite-file.ts'
import { fatal, unknownStart } from './start.ts'

type Settings = ReadonlyMap<string, Setting<SettingValue>>

/** How the server reads a public-key file at its start; `path` as configured. */
export type LoadKey = (path: string, file: FileRead) => KeyLoad

/** What the server does at its start once its configuration is loaded and its flags are applied. */
export interface StartRequest {
  readonly settings: Settings
  readonly files: ConfigurationSource['files']
  readonly loadKey: LoadKey
}

type Step = (request: StartRequest) => Start | undefined

/** The steps in the server's own order (src/main.rs, `run_server`). */
const STEPS: readonly Step[] = [
  checkPostgresUrl,
  checkMysqlUrl,
  (request) => checkPositive(request, 'transports.http_poll.buffer_size'),
  (request) => checkPositive(request, 'transports.http_poll.max_connections'),
  checkAuthModes,
  (request) => readKeyFile(request.settings.get('auth.publickey'), request),
  openStorage,
  bindAddress,
]

/** Whether the server starts with these settings: the first step that fails, or that nobody can foresee. */
export function judgeStart(request: StartRequest): Start {
  for (const step of STEPS) {
    const verdict = step(request)
    if (verdict !== undefined) return verdict
  }
  const unknown = [...request.settings].find(([, { value }]) => isUnknown(value))
  if (unknown === undefined) return { starts: true }
  const [key, { origin }] = unknown
  return unknownStart(`the value of ${key}`, origin)
}

function isUnknown(value: SettingValue): boolean {
  return typeof value === 'object' && 'unknown' in value
}

/** `storage.type` is checked with the file and the variables; a flag may put anything there (src/config.rs). */
export function checkStorageType(
  type: { readonly value: SettingValue; readonly origin: Origin } | undefined,
  known: readonly string[],
): Start | undefined {
  if (type === undefined || typeof type.value !== 'string' || known.includes(type.value))
    return undefined
  const quoted = known.map((name) => `'${name}'`)
  const last = quoted.at(-1)
  const list = `${quoted.slice(0, -1).join(', ')}${quoted.length > 2 ? ',' : ''} and ${last}`
  return fatal(`Unknown storage backend: '${type.value}'. Valid options are ${list}.`, type.origin)
}

/** Limits that later versions check with the file and the variables (src/config.rs, `validate`). */
export function checkMinimums({ values }: Extraction, { minimums }: Schema): Start | undefined {
  for (const [key, least] of minimums) {
    const written = values.get(key)
    if (typeof written?.value !== 'bigint' || written.value >= least) continue
    return fatal(`${key} must be at least ${least} (got ${written.value})`, written.origin)
  }
  return undefined
}

/** Two ways to know callers exclude each other (0.10, src/main.rs). */
function checkAuthModes({ settings }: StartRequest): Start | undefined {
  const key = settings.get('workos.api_key')
  if (key?.value === undefined || settings.get('auth.publickey')?.value === undefined)
    return undefined
  return fatal('auth and workos cannot both be configured — choose exactly one mode', key.origin)
}

function checkPostgresUrl({ settings }: StartRequest): Start | undefined {
  const type = settings.get('storage.type')
  if (type?.value !== 'postgres' || settings.get('storage.postgres.url')?.value !== undefined)
    return undefined
  return fatal('storage.type=postgres requires RESONATE_STORAGE__POSTGRES__URL', type.origin)
}

function checkMysqlUrl({ settings }: StartRequest): Start | undefined {
  const type = settings.get('storage.type')
  if (type?.value !== 'mysql' || settings.get('storage.mysql.url')?.value !== undefined)
    return undefined
  const how = 'Set --storage-mysql-url or RESONATE_STORAGE__MYSQL__URL'
  return fatal(`MySQL storage selected but no URL configured. ${how}`, type.origin)
}

function checkPositive({ settings }: StartRequest, key: string): Start | undefined {
  const setting = settings.get(key)
  if (setting?.value !== 0n) return undefined
  return fatal(`${key.replace('transports.', '')} must be at least 1`, setting.origin)
}

/** Reads the key file that `setting` names; undefined where it lets the server start. */
export function readKeyFile(
  setting: Setting<SettingValue> | undefined,
  { files, loadKey }: Pick<StartRequest, 'files' | 'loadKey'>,
): Start | undefined {
  const path = setting?.value
  if (setting === undefined || path === undefined || path === 'none') return undefined
  const { origin } = setting
  if (typeof path !== 'string') return unknownStart('the value of auth.publickey', origin)
  const file = path.includes('\0') ? NUL_IN_NAME : files(path)
  if (file === undefined) return unknownStart(`the key file ${path}, which was not read`, origin)
  if (!file.ok && file.failure === 'too-large')
    return unknownStart(`the key file ${path}, too large to be read`, origin)
  if (!file.ok && file.failure === 'other')
    return unknownStart(`whether the key file can be read: ${file.message}`, origin)
  const load = loadKey(path, file)
  if (load.starts) return undefined
  return {
    starts: false,
    exit: load.exit,
    message: `Fatal: ${load.message}\n`,
    origin,
    secrets: [],
  }
}

/** Rust refuses such a path before the system sees it. */
const NUL_IN_NAME: FileRead = {
  ok: false,
  failure: 'missing',
  message: 'file name contained an unexpected NUL byte',
}

function openStorage({ settings, files }: StartRequest): Start | undefined {
  const type = settings.get('storage.type')
  if (type === undefined || typeof type.value !== 'string') return undefined
  if (type.value === 'postgres' || type.value === 'mysql') {
    const database = type.value === 'postgres' ? 'Postgres' : 'MySQL'
    const decides = `whether the ${database} database can be reached`
    return unknownStart(decides, type.origin)
  }
  return openSqlite(settings.get('storage.sqlite.path'), files)
}

/** Ports below this need a privilege on most machines. */
const UNPRIVILEGED_PORTS = 1024n

function bindAddress({ settings }: StartRequest): Start | undefined {
  const bind = settings.get('server.bind')
  const port = settings.get('server.port')
  if (typeof bind?.value !== 'string' || typeof port?.value !== 'bigint') return undefined
  if (!isEveryMachines(bind.value)) {
    const decides = `whether ${bind.value === '' ? 'the empty name' : bind.value} is an address of the machine`
    return unknownStart(decides, bind.origin)
  }
  if (isPrivileged(port.value)) {
    const decides = `whether the server's user may listen on port ${port.value}`
    return unknownStart(decides, port.origin)
  }
  const metrics = settings.get('observability.metrics_port')
  if (metrics?.value === port.value && port.value > 0n) {
    const decides = 'which of the server and its metrics takes the port they share'
    return unknownStart(decides, metrics.origin)
  }
  return undefined
}

/** Whether listening on `port` takes a privilege on most machines; 0 is any free port. */
export function isPrivileged(port: bigint): boolean {
  return port > 0n && port < UNPRIVILEGED_PORTS
}

/** Addresses that every machine has: the wildcards and the loopback ones. */
export function isEveryMachines(bind: string): boolean {
  return /^(?:localhost|0\.0\.0\.0|127(?:\.\d{1,3}){3}|::1?|\[::1?\])$/.test(bind)
}

import type { Start } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import {
  checkCoroutines,
  checkLaterPlugins,
  checkPlugins,
  checkQueues,
  checkSubsystems,
} from './allocations.ts'
import { patternOf } from './cors.ts'
import { lowerGo, quoteGo } from './go-text.ts'
import { loadKey } from './key.ts'
import { PARTS, PUBLIC_KEY } from './settings.ts'
import {
  isOn,
  isUnknown,
  panicStart,
  refuseStart,
  type StartRequest,
  unknownStart,
} from './start-outcome.ts'

/** Whether a decoded configuration starts, in the order of v0.8.2 cmd/serve/serve.go, Serve. */
export function judgeStart(request: StartRequest): Start {
  const steps = [
    checkLevel,
    checkQueues,
    checkKey,
    checkPlugins,
    checkPoll,
    checkLaterPlugins,
    checkHttp,
    checkGrpc,
    checkSubsystems,
    checkStore,
    checkCoroutines,
    checkLoop,
    checkBatch,
  ]
  for (const step of steps) {
    const start = step(request)
    if (start !== undefined) return start
  }
  return { starts: true }
}

const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'off']

function checkLevel({ setting }: StartRequest): Start | undefined {
  const { value, origin } = setting('logLevel')
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  const level = typeof value === 'string' ? value : ''
  if (LEVELS.includes(lowerGo(level))) return undefined
  const why = `unrecognized level: ${level}`
  const start = refuseStart(why, origin)
  // The line is logged before the logger is set up: its time varies.
  const line = `$TIME ERROR failed to parse log level error=${quoteGo(why)}`
  return { ...start, message: `${line}\n${start.message}` }
}

/** The longest name and path of Linux (NAME_MAX, PATH_MAX less the end). */
const LONGEST_NAME = 255
const LONGEST_PATH = 4095

function checkKey({ version, setting, files }: StartRequest): Start | undefined {
  if (version !== '0.8') return undefined
  const { value, origin } = setting(PUBLIC_KEY)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  if (typeof value !== 'string' || value === '') return undefined
  const file = files(value) ?? unreadable(value)
  if (file === undefined) return unknownStart(`what the key file ${value} holds`, origin)
  if (!file.ok && (file.failure === 'other' || file.failure === 'too-large'))
    return unknownStart(`whether the key file can be read: ${file.message}`, origin)
  const load = loadKey(value, file)
  if (load.starts) return undefined
  const start = refuseStart(load.message, origin)
  return value.includes('PRIVATE KEY') ? { ...start, secrets: [value] } : start
}

/** What no file system holds, whether or not anybody looked. */
function unreadable(path: string): FileRead | undefined {
  const long = path.split('/').some((name) => Buffer.byteLength(name) > LONGEST_NAME)
  if (!long && Buffer.byteLength(path) <= LONGEST_PATH) return undefined
  return { ok: false, failure: 'name-too-long', message: 'file name too long' }
}

function checkPoll(request: StartRequest): Start | undefined {
  const { poll } = PARTS[request.version]
  return isOn(request, poll) ? checkAddress(request, `${poll}.config.addr`, []) : undefined
}

function checkHttp(request: StartRequest): Start | undefined {
  const { http, poll } = PARTS[request.version]
  if (!isOn(request, http)) return undefined
  const taken = isOn(request, poll) ? [`${poll}.config.addr`] : []
  return (
    checkAddress(request, `${http}.config.addr`, taken) ??
    checkOrigins(request, `${http}.config.cors.allowOrigins`) ??
    checkUsers(request, `${http}.config.auth`)
  )
}

function checkGrpc(request: StartRequest): Start | undefined {
  const { http, poll } = PARTS[request.version]
  const grpc = 'api.subsystems.grpc'
  if (!isOn(request, grpc)) return undefined
  const users = request.setting(`${http}.config.auth`).value
  // v0.7.24 does not start gRPC once HTTP has basic auth (cmd/config/config.go:111-113).
  if (request.version === '0.7' && users instanceof Map && users.size > 0) return undefined
  const taken = [http, poll].filter((part) => isOn(request, part))
  return checkAddress(
    request,
    `${grpc}.config.addr`,
    taken.map((part) => `${part}.config.addr`),
  )
}

/** Addresses that every machine has: all of them, and the loopback ones. */
const EVERYWHERE = /^(?:|localhost|0\.0\.0\.0|127(?:\.\d{1,3}){3}|\[::1?\])$/

const UNPRIVILEGED_PORTS = 1024

function checkAddress(
  { setting }: StartRequest,
  key: string,
  taken: readonly string[],
): Start | undefined {
  const { value, origin } = setting(key)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  const address = typeof value === 'string' ? value : ''
  if (taken.some((other) => setting(other).value === address) && !address.endsWith(':0'))
    return refuseStart(`listen tcp ${address}: bind: address already in use`, origin)
  const colon = address.lastIndexOf(':')
  if (address !== '' && colon < 0)
    return refuseStart(`listen tcp: address ${address}: missing port in address`, origin)
  const host = address.slice(0, Math.max(colon, 0))
  if (!EVERYWHERE.test(host))
    return unknownStart(`whether ${host} is an address of the machine`, origin)
  const port = address.slice(colon + 1)
  if (/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < UNPRIVILEGED_PORTS)
    return unknownStart(`whether the server's user may listen on port ${port}`, origin)
  return undefined
}

const BAD_ORIGIN = "bad origin: origins must contain '*' or include http://,https://"

/** gin-contrib/cors v1.7.6 panics on an origin without scheme (config.go, Validate). */
function checkOrigins({ setting }: StartRequest, key: string): Start | undefined {
  const { value, origin } = setting(key)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  const origins = Array.isArray(value) ? value : []
  return origins.every((one: string) => one.includes('*') || hasScheme(one))
    ? undefined
    : panicStart(BAD_ORIGIN, origin)
}

function hasScheme(origin: string): boolean {
  const pattern = patternOf(origin)
  const text = pattern === undefined ? origin : pattern.replace('?', '')
  return text.startsWith('http://') || text.startsWith('https://')
}

/** gin v1.11.0 panics on a user without a name (auth.go, processAccounts). */
function checkUsers({ setting }: StartRequest, key: string): Start | undefined {
  const { value, origin } = setting(key)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  return value instanceof Map && value.has('')
    ? panicStart('User can not be empty', origin)
    : undefined
}

function checkStore(request: StartRequest): Start | undefined {
  const { postgres, sqlite } = PARTS[request.version]
  if (isOn(request, postgres))
    return unknownStart(
      'whether the database can be reached',
      request.setting(`${postgres}.enabled`).origin,
    )
  if (isOn(request, sqlite)) return undefined
  const { origin } = request.setting(`${sqlite}.enabled`)
  return request.version === '0.7'
    ? refuseStart('no store enabled', origin)
    : panicStart('invalid aio submission', origin)
}

/** What the control loop asserts (internal/kernel/system/system.go:126-127). */
function checkLoop({ setting }: StartRequest): Start | undefined {
  for (const part of ['submission', 'completion']) {
    const { value, origin } = setting(`system.${part}BatchSize`)
    if (isUnknown(value)) return unknownStart(value.unknown, origin)
    if (typeof value !== 'bigint' || value <= 0n)
      return panicStart(`${part} batch size must be greater than zero`, origin)
  }
  return undefined
}

/** The store's worker asserts it once it runs (internal/app/subsystems/aio/store/sqlite/sqlite.go). */
function checkBatch(request: StartRequest): Start | undefined {
  const { sqlite } = PARTS[request.version]
  if (!isOn(request, sqlite)) return undefined
  const { value, origin } = request.setting(`${sqlite}.config.batchSize`)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  return typeof value === 'bigint' && value <= 0n
    ? panicStart('batch size must be greater than 0', origin)
    : undefined
}

import type { Start } from '../../config/configuration.ts'
import { type GoVersion, PARTS, SENDER_07 } from './settings.ts'
import { isOn, isUnknown, panicStart, type StartRequest, unknownStart } from './start-outcome.ts'

type Made = 'channel' | 'slice'

/** The most pointers of each: 2^48 bytes, less 104 for a channel's own (Go 1.26, runtime/chan.go and slice.go, linux/amd64). */
const MOST: Readonly<Record<Made, bigint>> = { channel: 2n ** 45n - 13n, slice: 2n ** 45n }

const PANICS: Readonly<Record<Made, string>> = {
  channel: 'makechan: size out of range',
  slice: 'runtime error: makeslice: len out of range',
}

/** What no machine's memory is too small for. */
const MODEST = 2n ** 30n

/** What is made by a part's numbers as the part is, in this order. */
const OF_PART: readonly (readonly [name: string, made: Made])[] = [
  ['size', 'channel'],
  ['workers', 'slice'],
  ['maxConnections', 'channel'],
]

function check({ setting }: StartRequest, key: string, made: Made): Start | undefined {
  const { value, origin } = setting(key)
  if (isUnknown(value)) return unknownStart(value.unknown, origin)
  if (typeof value !== 'bigint') return undefined
  if (value < 0n || value > MOST[made]) return panicStart(PANICS[made], origin)
  return value > MODEST ? unknownStart(`whether there is memory for ${key}`, origin) : undefined
}

function checkParts(request: StartRequest, parts: readonly string[]): Start | undefined {
  for (const part of parts)
    for (const [name, made] of isOn(request, part) ? OF_PART : []) {
      const start = check(request, `${part}.config.${name}`, made)
      if (start !== undefined) return start
    }
  return undefined
}

/** The queues, which are made before anything else is looked at (v0.8.2 cmd/serve/serve.go). */
export function checkQueues(request: StartRequest): Start | undefined {
  return check(request, 'api.size', 'channel') ?? check(request, 'aio.size', 'channel')
}

/** The plugins that are made before poll listens, and those after it (v0.8.2 serve.go; v0.7.24 cmd/config/config.go). */
const PLUGINS: Readonly<
  Record<GoVersion, { readonly before: readonly string[]; readonly after: readonly string[] }>
> = {
  '0.7': { before: [PARTS['0.7'].poll], after: [`${SENDER_07}.http`, `${SENDER_07}.sqs`] },
  '0.8': { before: ['aio.plugins.http', PARTS['0.8'].poll], after: [] },
}

/** The parts that are made after the listeners of the API, the store aside. */
const SUBSYSTEMS: Readonly<Record<GoVersion, readonly string[]>> = {
  '0.7': ['aio.subsystems.echo', 'aio.subsystems.router', 'aio.subsystems.sender'],
  '0.8': ['aio.subsystems.router', 'aio.subsystems.sender'],
}

/** What is made before poll listens. */
export function checkPlugins(request: StartRequest): Start | undefined {
  return checkParts(request, PLUGINS[request.version].before)
}

/** What is made after poll listens and before HTTP does. */
export function checkLaterPlugins(request: StartRequest): Start | undefined {
  return checkParts(request, PLUGINS[request.version].after)
}

/** What is made after the listeners of the API; one store alone. */
export function checkSubsystems(request: StartRequest): Start | undefined {
  const { postgres, sqlite } = PARTS[request.version]
  const store = isOn(request, postgres) ? [] : [sqlite]
  return checkParts(request, [...SUBSYSTEMS[request.version], ...store])
}

/** The scheduler of the control loop (internal/kernel/system/system.go, New). */
export function checkCoroutines(request: StartRequest): Start | undefined {
  return check(request, 'system.coroutineMaxSize', 'channel')
}

/** What the routes of :8001 make of a method and a path (gin v1.11.0 with the settings of http.go). */
export type Route =
  | { readonly kind: 'operation'; readonly name: OperationName; readonly params: readonly string[] }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'unknown' }

export type OperationName =
  | 'ping'
  | 'poll'
  | 'createPromise'
  | 'createPromiseAndTask'
  | 'searchPromises'
  | 'readPromise'
  | 'completePromise'
  | 'createCallback'
  | 'createSubscription'
  | 'createSchedule'
  | 'searchSchedules'
  | 'readSchedule'
  | 'deleteSchedule'
  | 'acquireLock'
  | 'releaseLock'
  | 'heartbeatLocks'
  | 'claimTask'
  | 'completeTask'
  | 'dropTask'
  | 'heartbeatTasks'

type Pattern = readonly [pattern: string, name: OperationName]

/** The routes of v0.8.2 http.go:128-190; `*` takes the rest of the path with its slash, `:` a segment. */
const ROUTES: Readonly<Record<string, readonly Pattern[]>> = {
  GET: [
    ['/ping', 'ping'],
    ['/promises', 'searchPromises'],
    ['/promises/*', 'readPromise'],
    ['/schedules', 'searchSchedules'],
    ['/schedules/*', 'readSchedule'],
    ['/tasks/claim/:/:', 'claimTask'],
    ['/tasks/complete/:/:', 'completeTask'],
    ['/tasks/drop/:/:', 'dropTask'],
    ['/tasks/heartbeat/:/:', 'heartbeatTasks'],
    ['/poll/*', 'poll'],
  ],
  POST: [
    ['/promises', 'createPromise'],
    ['/promises/task', 'createPromiseAndTask'],
    ['/promises/callback/*', 'createCallback'],
    ['/promises/subscribe/*', 'createSubscription'],
    ['/callbacks', 'createCallback'],
    ['/subscriptions', 'createSubscription'],
    ['/schedules', 'createSchedule'],
    ['/locks/acquire', 'acquireLock'],
    ['/locks/release', 'releaseLock'],
    ['/locks/heartbeat', 'heartbeatLocks'],
    ['/tasks/claim', 'claimTask'],
    ['/tasks/complete', 'completeTask'],
    ['/tasks/drop', 'dropTask'],
    ['/tasks/heartbeat', 'heartbeatTasks'],
  ],
  PATCH: [['/promises/*', 'completePromise']],
  DELETE: [['/schedules/*', 'deleteSchedule']],
}

/** Which of the routes a server does not have: v0.7 has no /ping, none has /poll without the poll plugin. */
export interface MissingRoutes {
  readonly ping: boolean
  readonly poll: boolean
}

/** The operation behind `method` and `path` (decoded, one character per byte), with the path's variable parts. */
export function findRoute(method: string, path: string, missing: MissingRoutes): Route {
  const patterns = (Object.hasOwn(ROUTES, method) ? (ROUTES[method] ?? []) : []).filter(
    ([, name]) => !(name === 'ping' && missing.ping) && !(name === 'poll' && missing.poll),
  )
  for (const [pattern, name] of patterns) {
    const params = matchPattern(pattern, path)
    if (params !== undefined) return { kind: 'operation', name, params }
  }
  const redirects = path !== '/' && patterns.some(([pattern]) => redirectsTo(pattern, path))
  return { kind: redirects ? 'redirect' : 'unknown' }
}

/** gin sends a path on that is a route but for the slash at its end, and one whose last variable part is empty. */
function redirectsTo(pattern: string, path: string): boolean {
  if (!path.endsWith('/')) return matchPattern(pattern, `${path}/`) !== undefined
  return [path, path.slice(0, -1)].some((one) => matchSegments(pattern, one) !== undefined)
}

function matchPattern(pattern: string, path: string): readonly string[] | undefined {
  return pattern.endsWith(':') && path.endsWith('/') ? undefined : matchSegments(pattern, path)
}

/** The variable parts of `path`, which may be empty. */
function matchSegments(pattern: string, path: string): readonly string[] | undefined {
  if (pattern.endsWith('/*')) {
    const base = pattern.slice(0, -2)
    return path.startsWith(`${base}/`) ? [path.slice(base.length + 1)] : undefined
  }
  const wanted = pattern.split('/')
  const found = path.split('/')
  if (wanted.length !== found.length) return undefined
  if (!wanted.every((part, index) => part === ':' || part === found[index])) return undefined
  return found.filter((_, index) => wanted[index] === ':')
}

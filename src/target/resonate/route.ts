import { percentDecode } from './percent.ts'

/** What answers a path on one of the server's listeners. */
export type Endpoint =
  | 'api'
  | 'health'
  | 'ready'
  | 'poll'
  | 'legacy'
  | 'metrics'
  | 'console'
  | 'console-rpc'

export interface Route {
  readonly endpoint: Endpoint
  /** The `allow` header for every other method; undefined = every method is answered. */
  readonly allow: 'POST' | 'GET,HEAD' | 'GET,HEAD,POST' | undefined
  /** The path's parameters, still percent-encoded, by name and in order. */
  readonly parameters: readonly (readonly [name: string, text: string])[]
}

/** The listeners of the server; the metrics one has no authentication and no CORS. */
export type Listener = 'api' | 'metrics'

/** Which paths a version has beside those that all have. */
export interface Paths {
  readonly health: boolean
  readonly console: boolean
}

/**
 * The route of a path (without its query, still percent-encoded); undefined = 404. Paths are compared as sent: case,
 * a final slash and percent-encoding count. Source: server.rs `api_routes`, `poll_routes`, main.rs; matchit 0.7.3.
 */
export function route(listener: Listener, path: string, paths: Paths): Route | undefined {
  if (listener === 'metrics') return path === '/metrics' ? plain('metrics', 'GET,HEAD') : undefined
  switch (path) {
    case '/':
      return plain('api', paths.console ? 'GET,HEAD,POST' : 'POST')
    case '/health':
      return paths.health ? plain('health', 'GET,HEAD') : undefined
    case '/ready':
      return plain('ready', 'GET,HEAD')
  }
  if (/^\/(?:promises|schedules|tasks)(?:\/.|$)/su.test(path)) return plain('legacy', undefined)
  if (paths.console && path === '/console/rpc') return plain('console-rpc', 'POST')
  if (paths.console && /^\/console(?:\/|$)/.test(path)) return plain('console', 'GET,HEAD')
  // The group may be empty, the id may not.
  const [, group, id] = /^\/poll\/([^/]*)\/([^/]+)$/.exec(path) ?? []
  if (group === undefined || id === undefined) return undefined
  return {
    endpoint: 'poll',
    allow: 'GET,HEAD',
    parameters: [
      ['group', group],
      ['id', id],
    ],
  }
}

function plain(endpoint: Endpoint, allow: Route['allow']): Route {
  return { endpoint, allow, parameters: [] }
}

/** Whether the route's own handler answers `method`; GET routes answer HEAD, and no other spelling counts. */
export function takesMethod({ allow }: Route, method: string): boolean {
  return allow === undefined || allow.split(',').includes(method)
}

/**
 * The first parameter whose decoded bytes are not UTF-8, which is 400 before anything else is looked at. Source: axum
 * 0.7.9 url_params; poll.jsonl.
 */
export function undecodable({ parameters }: Route): string | undefined {
  return parameters.find(([, text]) => percentDecode(text) === undefined)?.[0]
}

import type { NumericDate } from '../../token/numeric-date.ts'
import { type Answer, type HttpHeader, type HttpRequest, headerValues } from '../request.ts'
import type { Check, Refusal } from '../target.ts'
import { authenticateValue } from './authenticate.ts'
import { authorizeId, KIND_ROWS } from './authorize.ts'
import { matchesCredentials, matchesExactly } from './basic.ts'
import { bindRequest, type DetailType } from './binding.ts'
import { answerCors } from './cors.ts'
import { hasControl, writeJson } from './go-text.ts'
import { OPERATIONS } from './operations.ts'
import { REASON_STATUS, type ReasonId } from './reasons.ts'
import { findRoute, type OperationName } from './routes.ts'
import type { GoServer } from './server.ts'
import { parseRequestTarget, type RequestTarget } from './url.ts'

/**
 * What the server answers to `request` at `at` (Unix seconds), as far as it is decided before the operation runs. The
 * listeners are `http` (:8001, the default), `poll` (:8002) and `metrics` (:9090); their port numbers name them too.
 * A status that only the operation decides is undefined. Sources: v0.8.2 and v0.7.24, internal/app/subsystems/api/http
 * and internal/app/plugins/poll.
 */
export function answer(server: GoServer, request: HttpRequest, at: NumericDate): Answer {
  const target = parseRequestTarget(request.path)
  if (target === undefined || !isValidMessage(request))
    return refuse('bad-request', { text: '400 Bad Request' })
  switch (request.listener) {
    case 'poll':
    case '8002':
      return answerPoll(server, request, target.path)
    case 'metrics':
    case '9090':
      return target.path === '/metrics'
        ? pass(200)
        : refuse('not-found', { text: '404 page not found\n' })
    default:
      return answerHttp(server, request, target, at)
  }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** What net/http refuses by itself (server.go readRequest; httpguts). */
function isValidMessage({ method, headers }: HttpRequest): boolean {
  if (!TOKEN.test(method)) return false
  return headers.every(
    ([name, value]) => TOKEN.test(name) && !hasControl(value.replaceAll('\t', '')),
  )
}

function refuse(reason: ReasonId, more: Partial<Answer> = {}): Answer {
  return {
    outcome: 'refused',
    status: REASON_STATUS[reason] === 0 ? undefined : REASON_STATUS[reason],
    reason,
    log: [],
    checks: [],
    ...more,
  }
}

function pass(status: number | undefined, checks: readonly Check[] = []): Answer {
  return { outcome: 'passed', status, reason: 'passed', log: [], checks }
}

function firstHeader(request: HttpRequest, name: string): Uint8Array | undefined {
  const [value] = headerValues(request, name)
  return value === undefined ? undefined : Buffer.from(value)
}

function textHeader(request: HttpRequest, name: string): string | undefined {
  const value = firstHeader(request, name)
  return value === undefined ? undefined : Buffer.from(value).toString()
}

/** The poll listener: its own basic auth, then the method, then the path (v0.8.2 poll.go:460-490). */
function answerPoll({ poll }: GoServer, request: HttpRequest, path: string): Answer {
  const authorization = firstHeader(request, 'authorization')
  if (poll.accounts.size > 0 && !matchesCredentials(poll.accounts, authorization))
    return refuse('poll-credentials', {
      headers: [['www-authenticate', 'Basic realm="Restricted"']],
      text: 'unauthorized\n',
    })
  if (request.method !== 'GET') return refuse('poll-method', { text: 'method not allowed\n' })
  if (path.split('/').length < 3) return refuse('poll-path', { text: 'invalid request\n' })
  return pass(200)
}

function answerHttp(
  server: GoServer,
  request: HttpRequest,
  target: RequestTarget,
  at: NumericDate,
): Answer {
  const { http, poll, version } = server
  if (request.method === 'OPTIONS' && request.path === '*') return pass(200)
  const route = findRoute(request.method, target.path, {
    ping: version === '0.7',
    poll: !poll.enabled,
  })
  if (route.kind === 'redirect')
    return refuse(request.method === 'GET' ? 'redirect' : 'redirect-method')
  const host = target.host === '' ? textHeader(request, 'host') : target.host
  const cors = answerCors(http.origins, request.method, textHeader(request, 'origin'), host)
  if (cors.kind === 'forbidden') return refuse('cors-origin')
  if (cors.kind === 'preflight') return { ...pass(204), headers: cors.headers }
  const answered =
    route.kind === 'unknown'
      ? refuse('not-found', { text: '404 page not found' })
      : answerOperation(server, request, route, target, at)
  return withHeaders(answered, cors.headers)
}

function withHeaders(answered: Answer, headers: readonly HttpHeader[]): Answer {
  if (headers.length === 0) return answered
  return { ...answered, headers: [...headers, ...(answered.headers ?? [])] }
}

function answerOperation(
  server: GoServer,
  request: HttpRequest,
  { name, params }: { readonly name: OperationName; readonly params: readonly string[] },
  { query }: RequestTarget,
  at: NumericDate,
): Answer {
  if (name === 'ping') return pass(200)
  const authorization = firstHeader(request, 'authorization')
  const { accounts } = server.http
  if (accounts.size > 0 && !matchesExactly(accounts, authorization))
    return refuse('credentials', {
      headers: [['www-authenticate', 'Basic realm="Authorization Required"']],
      text: '',
    })
  if (name === 'poll') {
    const judged = judgeToken(server, authorization, 'none', new Uint8Array(), at)
    return judged.outcome === 'refused'
      ? judged
      : answerPoll(server, request, `/${params[0] ?? ''}`)
  }
  const bound = bindRequest(
    {
      name,
      method: request.method,
      params,
      query,
      header: (header) => textHeader(request, header.toLowerCase()),
      body: request.body,
    },
    at,
  )
  if (bound.ok === 'panics') return refuse('closed')
  if (!bound.ok) return refuse('validation', { text: writeError(400, bound.type, bound.details) })
  const { compares } = KIND_ROWS[OPERATIONS[name].kind]
  return judgeToken(server, authorization, compares, bound.id, at)
}

function judgeToken(
  { key }: GoServer,
  authorization: Uint8Array | undefined,
  compares: 'id' | 'task' | 'none',
  id: Uint8Array,
  at: NumericDate,
): Answer {
  if (key === undefined) return pass(undefined)
  const known = authenticateValue(authorization, { key }, at)
  if (!known.authenticated) return refuseToken(401, known)
  const allowed = authorizeId(known.authority, compares, id)
  const checks = [...known.checks, ...allowed.checks]
  return allowed.allowed ? pass(undefined, checks) : refuseToken(403, { ...allowed, checks })
}

function refuseToken(status: 401 | 403, { reason, detail, checks }: Refusal): Answer {
  return {
    outcome: 'refused',
    status,
    reason,
    log: [],
    text: writeError(status, 'ServerError', detail === undefined ? [] : [detail]),
    checks,
  }
}

const MESSAGES = {
  400: 'The request is invalid',
  401: 'The request is unauthorized',
  403: 'The request is forbidden',
} as const

/** The error body (v0.8.2 internal/app/subsystems/api/error.go). */
function writeError(
  status: keyof typeof MESSAGES,
  type: DetailType,
  details: readonly string[],
): string {
  const code = status * 100
  const domain = type === 'ServerError' ? 'server' : 'request'
  const metadata = { url: `https://docs.resonatehq.io/operate/errors#${code}` }
  return writeJson({
    error: {
      code,
      message: MESSAGES[status],
      details: details.map((message) => ({ '@type': type, message, domain, metadata })),
    },
  })
}

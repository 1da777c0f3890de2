import type { NumericDate } from '../../token/numeric-date.ts'
import { describeJsonFault } from '../../token/rust-json.ts'
import {
  type Answer,
  type HttpHeader,
  type HttpRequest,
  headerValues,
  type ServerSettings,
} from '../request.ts'
import type { AuthSettings, Check, TokenJudge } from '../target.ts'
import { AUTH_OFF, refuse, refuseToken, settle } from './answer-outcome.ts'
import { answerPoll, bearerToken, headerChecks } from './answer-poll.ts'
import { correctOperation } from './correction.ts'
import { cors } from './cors.ts'
import { type Envelope, plainData, readEnvelope } from './envelope.ts'
import { readMessage } from './message.ts'
import { type Listener, type Paths, type Route, route, takesMethod } from './route.ts'

/** What one version of the server does that another does not. */
export interface RequestRules extends Paths {
  readonly tokens: Pick<TokenJudge, 'authenticate' | 'authorize'>
  /** The operation kinds that are known, `debug.` ones included. */
  readonly kinds: readonly string[]
  /** `POST /` reads the `Authorization` header when `head.auth` is absent or null. */
  readonly readsHeader: boolean
}

/** The body is read up to here (axum's default limit); one byte more is 413. */
const BODY_LIMIT = 2 * 1024 * 1024

const VERSION = '2026-04-01'

/**
 * What the server answers to `request` at the instant `at`: the HTTP layer, CORS, routing, reading, authentication and
 * authorization in its order. Undefined status = all of them let it through, and the operation's own result follows.
 * Source: server.rs, main.rs; envelope.jsonl, poll.jsonl, cors.jsonl.
 */
export function answer(
  rules: RequestRules,
  server: ServerSettings,
  request: HttpRequest,
  at: NumericDate,
): Answer {
  const message = readMessage(request)
  if (!message.ok) return refuse(message.flaw)
  const listener: Listener = request.listener === 'metrics' ? 'metrics' : 'api'
  const found = route(listener, message.path, rules)
  const layer = listener === 'api' ? cors(server.origins, request) : undefined
  const methodTaken = found === undefined || takesMethod(found, request.method)
  const headers: HttpHeader[] = [...(layer?.headers ?? [])]
  if (found?.allow !== undefined && !methodTaken) headers.push(['allow', found.allow])
  headers.sort(([a], [b]) => (a < b ? -1 : 1))
  const inner =
    layer?.status === undefined
      ? answerRoute(rules, server, request, found, at)
      : settle('preflight', 200)
  return headers.length === 0 ? inner : { ...inner, headers }
}

function answerRoute(
  rules: RequestRules,
  server: ServerSettings,
  request: HttpRequest,
  found: Route | undefined,
  at: NumericDate,
): Answer {
  if (found === undefined) return refuse('unknown-path')
  if (!takesMethod(found, request.method)) return refuse('wrong-method')
  switch (found.endpoint) {
    case 'legacy':
      return refuse('legacy-path')
    case 'health':
    case 'ready':
    case 'metrics':
    case 'console':
      return settle('no-token-needed', 200)
    case 'poll':
      return answerPoll(rules.tokens, server, request, found, at)
    case 'api':
      return request.method === 'POST'
        ? answerApi(rules, server, request, at)
        : refuse('console-redirect')
    case 'console-rpc':
      return answerApi({ ...rules, readsHeader: false, console: false }, server, request, at)
  }
}

function answerApi(
  rules: RequestRules,
  server: ServerSettings,
  request: HttpRequest,
  at: NumericDate,
): Answer {
  if (request.body.length > BODY_LIMIT)
    return refuse('body-too-large', {
      text: 'Failed to buffer the request body: length limit exceeded',
    })
  const read = readEnvelope(request.body)
  if (!read.ok) {
    const error = describeJsonFault(read.fault)
    return refuse('bad-envelope', {
      text: `Invalid request envelope: ${error}`,
      error,
    })
  }
  return judgeEnvelope(rules, server, request, read.value, at)
}

function judgeEnvelope(
  rules: RequestRules,
  server: ServerSettings,
  request: HttpRequest,
  { kind, head, data }: Envelope,
  at: NumericDate,
): Answer {
  if (kind === '')
    return refuse('empty-kind', {
      text: "Missing or invalid 'kind' field — must be a non-empty string",
    })
  const members = plainData(data)
  if (members === undefined)
    return refuse('data-not-an-object', {
      text: "Invalid 'data' field — must be an object",
    })
  if (head.version !== VERSION)
    return refuse('unsupported-version', {
      text: `Unsupported protocol version '${head.version}', supported versions: ["${VERSION}"]`,
    })
  if (rules.console && kind.startsWith('ui.'))
    return refuse('console-kind', {
      text: "Console requests ('ui.*') are served on the console's own endpoint, not here",
    })
  const token = head.auth ?? (rules.readsHeader ? bearerToken(request) : undefined)
  const judged = judgeToken(rules, server.auth, token, { kind, data: members }, at)
  if (judged.refusal === undefined) return dispatch(rules, server, kind, judged.checks)
  const checks = [
    ...(token === undefined ? absentToken(rules, request) : []),
    ...judged.refusal.checks,
  ]
  const headerWasRead = head.auth === undefined && token !== undefined
  const correction =
    judged.refusal.status === 401 && !headerWasRead ? correctOperation(request) : undefined
  return { ...judged.refusal, checks, ...(correction !== undefined && { correction }) }
}

interface Judged {
  readonly refusal?: Answer
  readonly checks: readonly Check[]
}

function judgeToken(
  { tokens }: RequestRules,
  auth: AuthSettings | undefined,
  token: string | undefined,
  operation: { readonly kind: string; readonly data: unknown },
  at: NumericDate,
): Judged {
  if (auth === undefined) return { checks: [AUTH_OFF] }
  const bytes = token === undefined ? undefined : new TextEncoder().encode(token)
  const authentication = tokens.authenticate(bytes, auth, at)
  if (!authentication.authenticated)
    return { refusal: refuseToken(authentication, 401, []), checks: [] }
  const { authority, checks } = authentication
  const authorization = tokens.authorize(authority, operation.kind, operation.data)
  if (!authorization.allowed) return { refusal: refuseToken(authorization, 403, checks), checks }
  return { checks: [...checks, ...authorization.checks] }
}

/** What is left after the token: whether there is such an operation at all, and whether it is switched on. */
function dispatch(
  { kinds }: RequestRules,
  { debug }: ServerSettings,
  kind: string,
  checks: readonly Check[],
): Answer {
  if (!kinds.includes(kind))
    return refuse('unknown-operation', {
      text: `Unknown operation: ${kind}`,
      checks,
    })
  if (kind.startsWith('debug.') && !debug)
    return refuse('debug-disabled', { text: 'Debug operations are disabled', checks })
  return settle('passed', undefined, { checks })
}

/** What stands where the server looks for the token of an operation, and in the header where it does not. */
function absentToken({ readsHeader }: RequestRules, request: HttpRequest): readonly Check[] {
  const checks: Check[] = [{ subject: 'head.auth', state: 'fail', says: 'absent, or null' }]
  if (readsHeader) return [...checks, ...headerChecks(request)]
  if (headerValues(request, 'authorization').length > 0)
    checks.push({
      subject: 'Authorization',
      state: 'unchecked',
      says: 'a header that POST / never looks at',
    })
  return checks
}

import type { NumericDate } from '../token/numeric-date.ts'
import type {
  Authentication,
  Authority,
  Authorization,
  AuthSettings,
  Check,
  LogLine,
  ReasonRow,
  Refusal,
  Target,
  TokenTarget,
} from './target.ts'

/** What a bearer asks for: the operation's kind and its data as parsed JSON. */
export interface Operation {
  readonly kind: string
  readonly data: unknown
}

/** What a server answers to a token, as far as authentication and authorization decide it. */
export interface Verdict {
  /** 200 = let through; the operation's own result follows. */
  readonly status: number
  readonly authenticated: boolean
  /** Why it was refused; absent for 200. */
  readonly reason?: ReasonRow
  readonly claim?: string
  readonly log?: LogLine
  readonly checks: readonly Check[]
  /** Who the bearer is; absent when not authenticated. */
  readonly authority?: Authority
}

/** The verdict of `target` on a token; `undefined` settings = auth is off, `undefined` operation = its own prefix. */
export function judgeToken(
  target: TokenTarget,
  token: Uint8Array | undefined,
  settings: AuthSettings | undefined,
  operation: Operation | undefined,
  at: NumericDate,
): Verdict {
  if (settings === undefined) return AUTH_OFF
  return concludeVerdict(target, target.tokens.authenticate(token, settings, at), operation)
}

/** The same for the JSON bytes of a claims set, as if a right signature stood over it. */
export function judgeClaims(
  target: TokenTarget,
  payload: Uint8Array,
  settings: AuthSettings | undefined,
  operation: Operation | undefined,
  at: NumericDate,
): Verdict {
  if (settings === undefined) return AUTH_OFF
  return concludeVerdict(target, target.tokens.readClaims(payload, settings, at), operation)
}

/** Without `auth` the server looks at no token (resonate src/server.rs, go internal/api/middleware.go). */
const AUTH_OFF: Verdict = {
  status: 200,
  authenticated: true,
  checks: [
    { subject: 'auth', state: 'unchecked', says: 'auth is off: every request is let through' },
  ],
}

function concludeVerdict(
  target: TokenTarget,
  authentication: Authentication,
  operation: Operation | undefined,
): Verdict {
  if (!authentication.authenticated) return refuse(target, authentication)
  const { authority } = authentication
  const { kind, data } = operation ?? ownPrefix(authority)
  const authorization = target.tokens.authorize(authority, kind, data)
  if (authorization.allowed) return new Allowed(authority, authentication, authorization)
  const reason = reasonRow(target, authorization.reason)
  return {
    status: reason.status,
    authenticated: true,
    reason,
    ...blame(authorization),
    authority,
    get checks() {
      return mergeChecks(authentication.checks, authorization.checks)
    },
  }
}

/** Of bulk runs most verdicts are these, and their checks are never looked at. */
class Allowed implements Verdict {
  readonly status = 200
  readonly authenticated = true
  readonly authority: Authority
  readonly #authentication: Authentication
  readonly #authorization: Authorization

  constructor(authority: Authority, authentication: Authentication, authorization: Authorization) {
    this.authority = authority
    this.#authentication = authentication
    this.#authorization = authorization
  }

  get checks(): readonly Check[] {
    return mergeChecks(this.#authentication.checks, this.#authorization.checks)
  }
}

/** What authorization says of a subject stands instead of what authentication said of it. */
function mergeChecks(first: readonly Check[], second: readonly Check[]): readonly Check[] {
  const later = new Map(second.map((check) => [check.subject, check]))
  const replaced = first.map((check) => later.get(check.subject) ?? check)
  const known = new Set(first.map(({ subject }) => subject))
  return [...replaced, ...second.filter(({ subject }) => !known.has(subject))]
}

function refuse(target: Target, refusal: Refusal): Verdict {
  const reason = reasonRow(target, refusal.reason)
  return {
    status: reason.status,
    authenticated: false,
    reason,
    ...blame(refusal),
    get checks() {
      return refusal.checks
    },
  }
}

function blame({ claim, log }: Refusal): Pick<Verdict, 'claim' | 'log'> {
  return { ...(claim !== undefined && { claim }), ...(log !== undefined && { log }) }
}

/** The row of `id` in the target's closed set. Throws Error for an id that is not in it, which is a bug. */
export function reasonRow({ reasons, name, version }: Target, id: string): ReasonRow {
  const row = reasons.find((reason) => reason.id === id)
  if (row === undefined) throw new Error(`${name}@${version} has no reason ${id}`)
  return row
}

/** The operation that a token with any use at all may do: reading the promise called like its own prefix. */
function ownPrefix({ prefix }: Authority): Operation {
  return { kind: 'promise.get', data: { id: prefix.kind === 'text' ? prefix.text : 'x' } }
}

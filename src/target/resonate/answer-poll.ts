import type { NumericDate } from '../../token/numeric-date.ts'
import { type Answer, type HttpRequest, headerValues, type ServerSettings } from '../request.ts'
import type { Check, TokenJudge } from '../target.ts'
import { AUTH_OFF, refuse, refuseToken, settle } from './answer-outcome.ts'
import { correctPoll } from './correction.ts'
import { isVisibleAscii } from './header-field.ts'
import { type Route, undecodable } from './route.ts'

const POLL_LOG = ['Poll SSE connection requested', 'Poll SSE connection established']

/**
 * What `GET /poll/GROUP/ID` is answered: the path's encoding comes first, then the token of the header; role, prefix and
 * group count for nothing. Source: server.rs `handle_poll`; poll.jsonl.
 */
export function answerPoll(
  tokens: Pick<TokenJudge, 'authenticate'>,
  { auth }: ServerSettings,
  request: HttpRequest,
  found: Route,
  at: NumericDate,
): Answer {
  const parameter = undecodable(found)
  if (parameter !== undefined)
    return refuse('bad-percent-encoding', {
      text: `Invalid URL: Invalid UTF-8 in \`${parameter}\``,
    })
  if (auth === undefined) return settle('auth-off', 200, { log: POLL_LOG, checks: [AUTH_OFF] })
  const token = bearerToken(request)
  // An empty token is none here, other than in an envelope.
  const bytes = token === undefined || token === '' ? undefined : new TextEncoder().encode(token)
  const result = tokens.authenticate(bytes, auth, at)
  if (result.authenticated)
    return settle('authenticated', 200, { log: POLL_LOG, checks: result.checks })
  const rejection = { ...result, log: { message: 'Poll connection rejected: unauthorized' } }
  const correction = correctPoll(request)
  return {
    ...refuseToken(rejection, 401, headerChecks(request)),
    ...(correction !== undefined && { correction }),
  }
}

/** The token of the first `Authorization` header, when its value begins with exactly `Bearer ` and is visible ASCII. */
export function bearerToken(request: HttpRequest): string | undefined {
  const [value] = headerValues(request, 'authorization')
  return value?.startsWith('Bearer ') === true && isVisibleAscii(value)
    ? value.slice('Bearer '.length)
    : undefined
}

/** What the `Authorization` header looks like to `/poll`. */
export function headerChecks(request: HttpRequest): readonly Check[] {
  const values = headerValues(request, 'authorization')
  if (values.length === 0) return [fails('no Authorization header')]
  if (bearerToken(request) === undefined)
    return [fails('the first Authorization header does not begin with exactly "Bearer "')]
  return [{ subject: 'Authorization', state: 'pass', says: 'a Bearer token' }]
}

function fails(says: string): Check {
  return { subject: 'Authorization', state: 'fail', says }
}

import type { Answer } from '../request.ts'
import type { Check, Refusal } from '../target.ts'
import { answerReason } from './answer-reasons.ts'

/** What is known beside the reason. */
type Details = Partial<Pick<Answer, 'log' | 'error' | 'text' | 'checks' | 'correction'>>

/** A request that nothing refused; undefined status = its operation decides. */
export function settle(reason: string, status: number | undefined, details: Details = {}): Answer {
  return { outcome: 'passed', reason, log: [], checks: [], ...details, status }
}

/** A request refused for its token, or for want of one; `before` = the checks that came first. */
export function refuseToken(
  { reason, log, checks }: Refusal,
  status: 401 | 403,
  before: readonly Check[],
): Answer {
  return {
    outcome: 'refused',
    reason,
    status,
    text: status === 401 ? 'Unauthorized' : 'Forbidden',
    log: log === undefined ? [] : [log.message],
    ...(log?.error !== undefined && { error: log.error }),
    checks: [...before, ...checks],
  }
}

/** A request refused with the status and the log line of its reason. */
export function refuse(reason: string, details: Details = {}): Answer {
  const { status, log } = answerReason(reason)
  const [message] = log?.split(' error=') ?? []
  return {
    outcome: 'refused',
    reason,
    status,
    log: message === undefined ? [] : [message],
    checks: [],
    ...details,
  }
}

/** Said of every request to a server without auth. */
export const AUTH_OFF: Check = {
  subject: 'auth',
  state: 'unchecked',
  says: 'auth is off: no token is looked at',
}

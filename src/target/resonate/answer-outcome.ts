import type { Answer } from '../request.ts'
import type { Check, Refusal } from '../target.ts'
import { answerStatus } from './answer-reasons.ts'

/** What is known beside the reason. */
type Details = Partial<Pick<Answer, 'log' | 'error' | 'text' | 'checks' | 'correction'>> & {
  readonly status?: number
}

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
  return refuse(reason, {
    status,
    text: status === 401 ? 'Unauthorized' : 'Forbidden',
    ...(log !== undefined && { log: [log.message] }),
    ...(log?.error !== undefined && { error: log.error }),
    checks: [...before, ...checks],
  })
}

/** A refused request; the status is the reason's own, unless the details give one. */
export function refuse(reason: string, details: Details = {}): Answer {
  const status = details.status ?? answerStatus(reason)
  return { outcome: 'refused', reason, log: [], checks: [], ...details, status }
}

/** Said of every request to a server without auth. */
export const AUTH_OFF: Check = {
  subject: 'auth',
  state: 'unchecked',
  says: 'auth is off: no token is looked at',
}

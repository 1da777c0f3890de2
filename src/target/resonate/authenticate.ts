import type { NumericDate } from '../../token/numeric-date.ts'
import type { JsonValue } from '../../token/rust-json-scalar.ts'
import type { Authentication, Authority, AuthSettings, Check, LogLine } from '../target.ts'
import { checkToken } from './checks.ts'
import { checkClaims } from './claim-checks.ts'
import type { UsedClaims } from './claims.ts'
import { judgeClaims, judgeToken } from './judge-token.ts'
import type { Judgement } from './judgement.ts'
import { MESSAGES } from './reason-log.ts'

/** Whether the server knows who `token` is, as judgeToken says. `checks` is worked out when it is asked for. */
export function authenticate(
  token: Uint8Array | undefined,
  settings: AuthSettings,
  at: NumericDate,
): Authentication {
  if (token === undefined) return answer({ ok: false, reason: 'no-token', stage: 'form' }, () => [])
  const bytes = Buffer.from(token.buffer, token.byteOffset, token.byteLength)
  const judgement = judgeToken(bytes, settings, at)
  return answer(judgement, () => checkToken(bytes, settings, at, judgement))
}

/** The same for a claims set alone, as if the right signature stood over it. */
export function readClaims(
  payload: Uint8Array,
  settings: AuthSettings,
  at: NumericDate,
): Authentication {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  const judgement = judgeClaims(bytes, settings, at)
  return answer(judgement, () => checkClaims(bytes, settings, at, judgement))
}

/** The checks are worked out when they are asked for: bulk runs never look at them. */
function answer(judgement: Judgement, list: () => readonly Check[]): Authentication {
  if (judgement.ok) return new Accepted(grant(judgement.claims), list)
  let checks: readonly Check[] | undefined
  const { reason, claim, error } = judgement
  return {
    authenticated: false,
    reason,
    ...(claim !== undefined && { claim }),
    log: logLine(error),
    get checks() {
      checks ??= list()
      return checks
    },
  }
}

/** A class, because an object with a getter of its own takes longer to make than the claims to read. */
class Accepted {
  readonly authenticated = true
  readonly authority: Authority
  readonly #list: () => readonly Check[]
  #checks: readonly Check[] | undefined

  constructor(authority: Authority, list: () => readonly Check[]) {
    this.authority = authority
    this.#list = list
  }

  get checks(): readonly Check[] {
    this.#checks ??= this.#list()
    return this.#checks
  }
}

function logLine(error: string | undefined): LogLine {
  return error === undefined ? { message: MESSAGES.noToken } : { message: MESSAGES.rejected, error }
}

function grant({ role, prefix }: UsedClaims): Authority {
  return { ...(role !== undefined && { role }), prefix: grantPrefix(prefix) }
}

function grantPrefix(prefix: JsonValue | undefined): Authority['prefix'] {
  if (prefix === undefined || prefix.kind === 'null') return { kind: 'absent' }
  return prefix.kind === 'text' ? { kind: 'text', text: prefix.text } : { kind: 'other' }
}

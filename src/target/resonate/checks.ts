import type { NumericDate } from '../../token/numeric-date.ts'
import type { AuthSettings, Check } from '../target.ts'
import { checkClaims, checkHeaderMembers } from './claim-checks.ts'
import type { Judgement } from './judgement.ts'
import { describeReason } from './reasons.ts'
import { type Members, showMembers, showValue } from './shown-members.ts'

/** What the server looks at before it reads any claim, in its order. */
const STAGES = ['form', 'header', 'alg', 'signature'] as const

type Stage = (typeof STAGES)[number]

/** One check a rule for a whole token, as far as `judgement` says the server came. */
export function checkToken(
  token: Buffer,
  settings: AuthSettings,
  at: NumericDate,
  judgement: Judgement,
): readonly Check[] {
  const [header = '', payload = ''] = token.toString('latin1').split('.')
  const members = showMembers(Buffer.from(header, 'base64url'))
  const order: readonly string[] = STAGES
  const stop = judgement.ok ? -1 : order.indexOf(judgement.stage)
  const reached = stop === -1 ? STAGES.length : stop
  const checks = STAGES.map((stage, index): Check => {
    if (!judgement.ok && (index === stop || (stage === 'form' && judgement.stage === 'payload')))
      return { subject: stage, state: 'fail', says: describeReason(judgement.reason) }
    return index < reached
      ? { subject: stage, ...sayPassed(stage, token, members, settings) }
      : { subject: stage, state: 'unreached', says: 'not reached: the server stopped before' }
  })
  const claims = checkClaims(Buffer.from(payload, 'base64url'), settings, at, judgement)
  return [...checks, ...claims, ...checkHeaderMembers(members)]
}

function sayPassed(
  stage: Stage,
  token: Buffer,
  header: Members | undefined,
  { key }: AuthSettings,
): Omit<Check, 'subject'> {
  switch (stage) {
    case 'form':
      return { state: 'pass', says: `three base64url segments, ${token.length} bytes` }
    case 'header':
      return { state: 'pass', says: 'every member the server knows has its right type' }
    case 'alg':
      return key === 'none'
        ? { state: 'unchecked', says: `${showValue(header?.['alg'])}; any known name will do` }
        : {
            state: 'pass',
            says: `${showValue(header?.['alg'])}, good for the server's ${key.type} key`,
          }
    case 'signature':
      return key === 'none'
        ? { state: 'unchecked', says: 'publickey = "none": anybody can write such a token' }
        : { state: 'pass', says: `made with the other half of the server's ${key.type} key` }
  }
}

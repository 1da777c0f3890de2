import type { ClaimsOutcome } from './claims.ts'
import type { ReasonId } from './reasons.ts'

type ClaimsFault = Extract<ClaimsOutcome, { readonly ok: false }>

/** The claims that decide something, and so are to blame for what cannot be read in them. */
const BLAMED: readonly string[] = ['exp', 'nbf', 'sub', 'iss', 'aud', 'role', 'prefix']

export interface Blame {
  readonly reason: ReasonId
  readonly claim?: string
}

/** The reason for a claims set that the server cannot read, with the claim to blame where there is one. */
export function blameClaims({ fault, reading }: ClaimsFault): Blame {
  const { member } = fault
  if (member === undefined) return { reason: notAnObject(fault.kind) }
  if (fault.kind === 'length') return { reason: 'payload-not-object' }
  if (fault.kind === 'repeated') return { reason: 'repeated-claim', claim: member }
  if (!BLAMED.includes(member)) return { reason: 'payload-not-json' }
  if (reading === 'validation') return blameValidation(member)
  switch (fault.kind) {
    case 'type':
      return blameType(member, fault.text)
    case 'depth':
      return { reason: 'too-deep', claim: member }
    case 'range':
      return { reason: 'number-out-of-range', claim: member }
    case 'text':
      return { reason: 'broken-text', claim: member }
    case 'syntax':
    case 'missing':
    case 'variant':
    case 'shape':
      return { reason: 'payload-not-json' }
  }
}

function notAnObject(kind: ClaimsFault['fault']['kind']): ReasonId {
  return kind === 'type' || kind === 'length' ? 'payload-not-object' : 'payload-not-json'
}

function blameType(claim: string, text: string): Blame {
  if (claim === 'iss') return { reason: 'iss-type', claim }
  if (claim === 'role') return { reason: 'role-type', claim }
  const whole = text.startsWith('invalid type: string') && text.endsWith('expected a sequence')
  return { reason: whole ? 'string-aud' : 'aud-type', claim: 'aud' }
}

/** The first reading went through, so one of the three claims that only the second looks at broke it. */
function blameValidation(claim: string): Blame {
  if (claim === 'nbf') return { reason: 'nbf-unreadable', claim }
  return claim === 'sub'
    ? { reason: 'sub-unreadable', claim }
    : { reason: 'exp-unreadable', claim: 'exp' }
}

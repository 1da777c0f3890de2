import { MESSAGES } from './reason-log.ts'
import type { Reason } from './reasons.ts'

const UNRESTRICTED = 'only a token with role admin or prefix "" may'

/** Reasons why a known bearer may not do something. */
export const PREFIX_REASONS = {
  'no-prefix': {
    status: 403,
    log: MESSAGES.noPrefix,
    claim: 'prefix',
    meaning: 'the token has neither role admin nor a prefix, so it may do nothing',
    mending:
      'mint with what it may touch: "resonate-auth mint --prefix P", or as admin: "--role admin"',
  },
  'prefix-type': {
    status: 403,
    log: MESSAGES.prefixType,
    claim: 'prefix',
    meaning: 'prefix is not a text',
    mending: 'write prefix as one text: "resonate-auth mint --prefix P"',
  },
  'heartbeat-outside-prefix': {
    status: 403,
    log: MESSAGES.heartbeat,
    claim: 'prefix',
    meaning: 'one of the task ids does not start with the prefix',
    mending: 'send only tasks of this prefix, or mint with theirs: "resonate-auth mint --prefix P"',
  },
  'search-restricted': {
    status: 403,
    log: MESSAGES.mismatch,
    claim: 'prefix',
    meaning: 'a token with a prefix may not search, whatever the prefix',
    mending: `${UNRESTRICTED}: "resonate-auth mint --role admin"`,
  },
  'debug-restricted': {
    status: 403,
    log: MESSAGES.mismatch,
    claim: 'prefix',
    meaning: 'a token with a prefix may not debug, whatever the prefix',
    mending: `${UNRESTRICTED}: "resonate-auth mint --role admin"`,
  },
  'unknown-kind': {
    status: 403,
    log: MESSAGES.mismatch,
    claim: 'prefix',
    meaning: 'no operation of this name is open to a token with a prefix; names are case-sensitive',
    mending: 'see the names with "resonate-auth can --matrix"',
  },
  'outside-prefix': {
    status: 403,
    log: MESSAGES.mismatch,
    claim: 'prefix',
    meaning: 'the id does not start with the prefix of the token',
    mending: 'use ids that start with it, or mint with another: "resonate-auth mint --prefix P"',
  },
} as const satisfies Readonly<Record<string, Reason>>

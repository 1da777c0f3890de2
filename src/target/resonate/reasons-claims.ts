import { rejectedWith } from './reason-log.ts'
import type { Reason } from './reasons.ts'

const JSON_ERROR = rejectedWith('JSON error: {text} at line {line} column {column}')
const NOT_A_STRING = rejectedWith(
  'JSON error: invalid type: {found}, expected a string at line {line} column {column}',
)
const EXP_MISSING = rejectedWith('Missing required claim: exp')
const LOOK = 'look at it with "resonate-auth decode TOKEN"'
const WITH_EXPIRY = 'mint one with a lifetime: "resonate-auth mint --exp 12h"'

/** Reasons that lie in the claims set. */
export const CLAIM_REASONS = {
  'payload-not-json': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'the claims are not JSON as the server reads it',
    mending: LOOK,
  },
  'payload-not-object': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'the claims are JSON, but not an object',
    mending: LOOK,
  },
  'repeated-claim': {
    status: 401,
    log: rejectedWith('JSON error: duplicate field `{claim}` at line {line} column {column}'),
    meaning: 'a claim the server reads stands there twice',
    mending: 'mint it anew: "resonate-auth mint" writes each claim once',
  },
  'string-aud': {
    status: 401,
    log: rejectedWith(
      'JSON error: invalid type: string "{aud}", expected a sequence at line {line} column {column}',
    ),
    claim: 'aud',
    meaning:
      'aud is a text; the server takes an array only, even where it has no audience configured',
    mending: 'write aud as an array, as "resonate-auth mint --aud X" does, or leave it out',
  },
  'aud-type': {
    status: 401,
    log: JSON_ERROR,
    claim: 'aud',
    meaning: 'aud is not an array of texts',
    mending: 'write aud as an array of texts, as "resonate-auth mint --aud X" does',
  },
  'iss-type': {
    status: 401,
    log: NOT_A_STRING,
    claim: 'iss',
    meaning: 'iss is not a text; the server refuses that even where it has no issuer configured',
    mending: 'write iss as a text: "resonate-auth mint --iss X"',
  },
  'role-type': {
    status: 401,
    log: NOT_A_STRING,
    claim: 'role',
    meaning: 'role is not a text',
    mending: 'write role as a text, or leave it out: "resonate-auth mint --prefix P"',
  },
  'too-deep': {
    status: 401,
    log: rejectedWith('JSON error: recursion limit exceeded at line {line} column {column}'),
    meaning: 'a claim the server reads is nested more than 126 levels deep',
    mending: LOOK,
  },
  'number-out-of-range': {
    status: 401,
    log: rejectedWith('JSON error: number out of range at line {line} column {column}'),
    meaning: 'a claim the server reads holds a number too large for a double',
    mending: LOOK,
  },
  'broken-text': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'a claim the server reads holds bytes that are not UTF-8 or half a surrogate pair',
    mending: LOOK,
  },
  'exp-unreadable': {
    status: 401,
    log: JSON_ERROR,
    claim: 'exp',
    meaning: 'exp is an array or object with something in it, or a broken text or number',
    mending: `write exp in Unix seconds; ${WITH_EXPIRY}`,
  },
  'nbf-unreadable': {
    status: 401,
    log: JSON_ERROR,
    claim: 'nbf',
    meaning:
      'nbf is an array or object with something in it, or a broken text; the server stumbles over it',
    mending: 'write nbf in Unix seconds or leave it out: the server never looks at its value',
  },
  'sub-unreadable': {
    status: 401,
    log: JSON_ERROR,
    claim: 'sub',
    meaning: 'sub is an array, an object or a broken text; the server stumbles over it',
    mending: 'write sub as a text or leave it out: the server never looks at its value',
  },
  'missing-exp': {
    status: 401,
    log: EXP_MISSING,
    claim: 'exp',
    meaning: 'there is no exp; every token must expire',
    mending: WITH_EXPIRY,
  },
  'exp-type': {
    status: 401,
    log: EXP_MISSING,
    claim: 'exp',
    meaning: 'exp is not a number',
    mending: `write exp in Unix seconds; ${WITH_EXPIRY}`,
  },
  'exp-range': {
    status: 401,
    log: EXP_MISSING,
    claim: 'exp',
    meaning: 'exp is negative or does not fit 64 bits',
    mending: `write exp in Unix seconds; ${WITH_EXPIRY}`,
  },
  'missing-iss': {
    status: 401,
    log: rejectedWith('Missing required claim: iss'),
    claim: 'iss',
    meaning: 'there is no iss, but the server has an issuer configured',
    mending: 'mint with the configured issuer: "resonate-auth mint --iss X"',
  },
  'missing-aud': {
    status: 401,
    log: rejectedWith('Missing required claim: aud'),
    claim: 'aud',
    meaning: 'there is no aud, but the server has an audience configured',
    mending: 'mint with the configured audience: "resonate-auth mint --aud X"',
  },
  expired: {
    status: 401,
    log: rejectedWith('ExpiredSignature'),
    claim: 'exp',
    meaning: 'the token has expired, more than 60 s ago',
    mending: 'mint it anew: "resonate-auth mint --exp 12h"',
  },
  'wrong-issuer': {
    status: 401,
    log: rejectedWith('InvalidIssuer'),
    claim: 'iss',
    meaning: 'iss is not byte for byte the configured issuer',
    mending: 'mint with the configured issuer: "resonate-auth mint --iss X"',
  },
  'wrong-audience': {
    status: 401,
    log: rejectedWith('InvalidAudience'),
    claim: 'aud',
    meaning: 'the configured audience is not in aud',
    mending: 'mint with the configured audience: "resonate-auth mint --aud X"',
  },
} as const satisfies Readonly<Record<string, Reason>>

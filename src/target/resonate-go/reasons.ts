import type { ReasonRow } from '../target.ts'

const RECORDED = { certainty: 'recorded' } as const

const SOURCE = { certainty: 'source' } as const

/** Reasons every version knows, in the order in which the server finds them. */
const COMMON = [
  {
    id: 'bad-request',
    status: 400,
    meaning: 'the request line or a header is not HTTP as Go reads it',
    mending: 'percent-encode blanks and control characters, write "%25" for a percent sign',
    ...SOURCE,
  },
  {
    id: 'redirect',
    status: 301,
    meaning: 'the path has a slash too many or too few at its end; nothing was checked',
    mending: 'ask for the path as the API spells it',
    ...SOURCE,
  },
  {
    id: 'redirect-method',
    status: 307,
    meaning: 'the path has a slash too many or too few at its end; nothing was checked',
    mending: 'ask for the path as the API spells it',
    ...SOURCE,
  },
  {
    id: 'cors-origin',
    status: 403,
    meaning: 'the Origin header names none of the configured origins',
    mending: 'add the origin to api.subsystems.http.config.cors.allowOrigins',
    ...RECORDED,
  },
  {
    id: 'not-found',
    status: 404,
    meaning: 'this server has no such path for this method; the credential was not looked at',
    mending: 'use the REST paths of this version; the envelope POST / belongs to the Rust server',
    ...RECORDED,
  },
  {
    id: 'credentials',
    status: 401,
    meaning:
      'basic auth is on and the Authorization header is not exactly "Basic " and the base64 text of user:password',
    mending:
      'send a configured user and password; user names written in YAML are lower case to the server',
    ...RECORDED,
  },
  {
    id: 'poll-credentials',
    status: 401,
    detail: 'unauthorized',
    meaning: 'the poll listener has users of its own and was sent none of them',
    mending: 'send a user and password of the poll plugin; they are not those of the API',
    ...RECORDED,
  },
  {
    id: 'poll-method',
    status: 405,
    detail: 'method not allowed',
    meaning: 'the poll listener answers GET only',
    mending: 'use GET',
    ...SOURCE,
  },
  {
    id: 'poll-path',
    status: 400,
    detail: 'invalid request',
    meaning: 'the path to poll names no group and no id',
    mending: 'poll /<group>/<id>',
    ...SOURCE,
  },
  {
    id: 'validation',
    status: 400,
    detail: '{what is wrong with a field}',
    meaning: 'the request is malformed; this is found before the token is looked at',
    mending: 'mend the query, the headers or the body',
    ...RECORDED,
  },
  {
    id: 'closed',
    status: 0,
    meaning: 'the handler panics and the connection is closed without an answer',
    mending: 'mend the cron expression or the cursor',
    ...SOURCE,
  },
  {
    id: 'passed',
    status: 200,
    meaning: 'nothing stands in the way; the operation itself decides the answer',
    mending: 'nothing to mend',
    ...RECORDED,
  },
] as const satisfies readonly ReasonRow[]

/** Reasons of JWT auth, which 0.7 does not have. */
const TOKEN_REASONS = [
  {
    id: 'bad-header',
    status: 400,
    claim: 'form',
    meaning: 'the token holds a control character, which no HTTP header can carry',
    mending: 'take the line breaks out of the token',
    ...SOURCE,
  },
  {
    id: 'no-token',
    status: 401,
    detail: 'missing authorization header',
    meaning: 'no Authorization header was sent, or an empty one',
    mending: 'send "Authorization: Bearer <token>"; this server does not read head.auth in a body',
    ...RECORDED,
  },
  {
    id: 'malformed',
    status: 401,
    detail: 'token validation failed: token is malformed: {why}',
    meaning:
      'what was sent is no JWT that Go can read: segments, base64url, JSON, or a claim of the wrong type',
    mending: 'send a JWT as it was minted, without quotes or a second "Bearer"',
    ...RECORDED,
  },
  {
    id: 'alg',
    status: 401,
    detail: 'token validation failed: token is unverifiable: {why}',
    meaning:
      'the header names an algorithm this server does not accept: it takes RS256, RS384 and RS512',
    mending: 'sign with an RSA key and RS256',
    ...RECORDED,
  },
  {
    id: 'signature',
    status: 401,
    detail: 'token validation failed: token signature is invalid: {why}',
    meaning: 'the signature was not made with the private half of the configured key',
    mending: 'sign with the right key, or configure its public half and restart the server',
    ...RECORDED,
  },
  {
    id: 'expired',
    status: 401,
    claim: 'exp',
    detail: 'token validation failed: token has invalid claims: token is expired',
    meaning: 'exp is not after this second; fractions are cut and there is no leeway',
    mending: 'mint a fresh token; seconds near 2^63 count as past',
    ...RECORDED,
  },
  {
    id: 'not-yet-valid',
    status: 401,
    claim: 'nbf',
    detail: 'token validation failed: token has invalid claims: token is not valid yet',
    meaning: 'nbf is after this second; there is no leeway',
    mending: 'wait, or mint without nbf',
    ...RECORDED,
  },
  {
    id: 'no-prefix',
    status: 403,
    claim: 'prefix',
    detail: 'unauthorized prefix',
    meaning: 'the token has no prefix (or null) and its role is not admin',
    mending: 'mint with a prefix ("" for every id) or the role admin',
    ...RECORDED,
  },
  {
    id: 'outside-prefix',
    status: 403,
    claim: 'prefix',
    detail: 'unauthorized prefix',
    meaning:
      'the id does not start with the prefix, byte for byte; a search compares its pattern, a task "__invoke:", "__resume:" or "__notify:" and the prefix',
    mending: 'use an id under the prefix, or a token with another prefix',
    ...RECORDED,
  },
] as const satisfies readonly ReasonRow[]

export type ReasonId = (typeof COMMON)[number]['id'] | (typeof TOKEN_REASONS)[number]['id']

/** The reasons of 0.7, which knows basic auth alone. */
export const REASONS_07: readonly ReasonRow[] = COMMON

/** The reasons of 0.8. */
export const REASONS_08: readonly ReasonRow[] = [
  ...COMMON.slice(0, -2),
  ...TOKEN_REASONS,
  ...COMMON.slice(-2),
]

/** The status of every reason. */
export const REASON_STATUS: Readonly<Record<ReasonId, ReasonRow['status']>> = Object.fromEntries(
  REASONS_08.map(({ id, status }) => [id, status]),
  // The rows hold every id once.
) as Record<ReasonId, ReasonRow['status']>

import { MESSAGES, rejectedWith } from './reason-log.ts'
import type { Reason } from './reasons.ts'

const BASE64 = rejectedWith('Base64 error: Invalid symbol {byte}, offset {offset}.')
const JSON_ERROR = rejectedWith('JSON error: {text} at line {line} column {column}')
const MINT = 'mint a token with "resonate-auth mint"'
const LOOK = 'look at it with "resonate-auth decode TOKEN"'

/** Reasons that lie in the token's text and its header. */
export const FORM_REASONS = {
  'no-token': {
    status: 401,
    log: MESSAGES.noToken,
    meaning: 'no token came with the request',
    mending: `put a token into head.auth of the body; ${MINT}`,
  },
  'empty-token': {
    status: 401,
    log: rejectedWith('InvalidToken'),
    meaning: 'the token is an empty text',
    mending: `set the variable the token comes from; ${MINT}`,
  },
  'not-three-segments': {
    status: 401,
    log: rejectedWith('InvalidToken'),
    meaning: 'not a JWT: fewer than two dots',
    mending: `an API key or a password will not do; ${MINT}`,
  },
  'bearer-prefix': {
    status: 401,
    log: BASE64,
    meaning: 'the token begins with "Bearer ", which belongs into the Authorization header only',
    mending: 'leave "Bearer " out of head.auth',
  },
  'quoted-token': {
    status: 401,
    log: BASE64,
    meaning: 'the token stands in quotes',
    mending: 'take the quotes off, for instance in the env file',
  },
  'encrypted-token': {
    status: 401,
    log: BASE64,
    meaning: 'five segments: an encrypted token (JWE), which no Resonate server reads',
    mending: `sign instead of encrypting; ${MINT}`,
  },
  'too-many-segments': {
    status: 401,
    log: BASE64,
    meaning: 'more than three segments between dots',
    mending: LOOK,
  },
  'white-space': {
    status: 401,
    log: BASE64,
    meaning: 'a blank or a line end in the token',
    mending: 'trim the token where it is read, for instance "$(tr -d \'\\n\' < FILE)"',
  },
  padded: {
    status: 401,
    log: rejectedWith('Base64 error: {text}'),
    meaning: 'a segment is padded with "="; JWTs are not padded',
    mending: `remove every "="; ${MINT}`,
  },
  'standard-base64': {
    status: 401,
    log: BASE64,
    meaning: 'a segment is in standard base64 ("+" or "/") and not in base64url ("-" and "_")',
    mending: MINT,
  },
  'cut-off': {
    status: 401,
    log: rejectedWith('Base64 error: Invalid input length: {length}'),
    meaning: 'a segment is cut off: it has a length that no base64 text has',
    mending: 'copy the whole token again',
  },
  'trailing-bits': {
    status: 401,
    log: rejectedWith('Base64 error: Invalid last symbol {byte}, offset {offset}.'),
    meaning: 'the last symbol of a segment carries bits that belong to nothing; cut off or changed',
    mending: 'copy the whole token again',
  },
  'not-base64url': {
    status: 401,
    log: BASE64,
    meaning: 'a segment has a character that base64url does not have',
    mending: LOOK,
  },
  'header-not-json': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'the header is not JSON as the server reads it',
    mending: LOOK,
  },
  'header-not-object': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'the header is JSON, but not an object',
    mending: LOOK,
  },
  'header-repeated': {
    status: 401,
    log: rejectedWith('JSON error: duplicate field `{name}` at line {line} column {column}'),
    meaning: 'the header has a member twice',
    mending: MINT,
  },
  'header-type': {
    status: 401,
    log: rejectedWith(
      'JSON error: invalid type: {found}, expected {type} at line {line} column {column}',
    ),
    meaning:
      'a header member that must be a text (kid, typ, cty …) or a list of texts (x5c) is not one',
    mending: `write it as a text or leave it out; ${MINT}`,
  },
  'jwk-shape': {
    status: 401,
    log: JSON_ERROR,
    meaning:
      'the jwk in the header is not a key as the server knows them; it would not be used anyway',
    mending: `leave jwk out of the header; ${MINT}`,
  },
  'alg-missing': {
    status: 401,
    log: rejectedWith('JSON error: missing field `alg` at line {line} column {column}'),
    meaning: 'the header has no alg',
    mending: MINT,
  },
  'alg-none': {
    status: 401,
    log: rejectedWith(
      'JSON error: unknown variant `{alg}`, expected one of {names} at line {line} column {column}',
    ),
    meaning:
      'alg is none: an unsigned token, which the server refuses even with publickey = "none"',
    mending: MINT,
  },
  'alg-unknown': {
    status: 401,
    log: rejectedWith(
      'JSON error: unknown variant `{alg}`, expected one of {names} at line {line} column {column}',
    ),
    meaning: 'alg is none of the twelve names the server knows; they are case-sensitive',
    mending: 'sign with EdDSA, ES256, ES384, RS256 or PS256: "resonate-auth mint --key FILE"',
  },
  'alg-type': {
    status: 401,
    log: JSON_ERROR,
    meaning: 'alg is not a text',
    mending: MINT,
  },
} as const satisfies Readonly<Record<string, Reason>>

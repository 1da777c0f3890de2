import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authenticate, authenticateValue } from '../../../../src/target/resonate-go/authenticate.ts'
import type { Authentication } from '../../../../src/target/target.ts'
import { KEY, signToken } from './server.ts'

const AT = 1_000_000

function judge(token: string, at = AT): Authentication {
  return authenticate(Buffer.from(token), { key: KEY }, at)
}

function reasonOf(judged: Authentication): string {
  return judged.authenticated ? 'known' : judged.reason
}

test.each([
  ['no exp at all', '{}', 'known'],
  ['exp null', '{"exp":null}', 'known'],
  ['exp a second ahead', `{"exp":${AT + 1}}`, 'known'],
  ['exp in this second: no leeway', `{"exp":${AT}}`, 'expired'],
  ['a fraction of exp is cut', `{"exp":${AT}.9}`, 'expired'],
  ['exp as text', `{"exp":"${AT + 1}"}`, 'known'],
  ['exp as text with an exponent', '{"exp":"4e9"}', 'known'],
  ['exp as text that is no number', '{"exp":"soon"}', 'malformed'],
  ['exp as a boolean', '{"exp":true}', 'malformed'],
  ['exp in milliseconds never ends', `{"exp":${AT}000}`, 'known'],
  ['exp near 2^63 wraps into the past', '{"exp":9223372036854775807}', 'expired'],
  ['exp zero', '{"exp":0}', 'expired'],
  ['nbf in this second', `{"nbf":${AT}}`, 'known'],
  ['nbf a second ahead', `{"nbf":${AT + 1}}`, 'not-yet-valid'],
  ['nbf near 2^63 wraps into the past', '{"nbf":9223372036854775807}', 'known'],
  ['iat in the future', `{"iat":${AT + 9}}`, 'known'],
  ['iat of a wrong type', '{"iat":[]}', 'malformed'],
  ['a name in another case', `{"EXP":${AT}}`, 'expired'],
  ['the last of two names', `{"exp":${AT + 1},"Exp":${AT}}`, 'expired'],
  ['a member of exp spelled with a long s is another', `{"iſs":1}`, 'malformed'],
  ['iss as a number', '{"iss":1}', 'malformed'],
  ['aud as a list of text', '{"aud":["a","b"]}', 'known'],
  ['aud as a number', '{"aud":1}', 'malformed'],
  ['prefix as a number', '{"prefix":1}', 'malformed'],
  ['prefix null', '{"prefix":null}', 'known'],
  ['role as a list', '{"role":[]}', 'malformed'],
  ['null as a payload', 'null', 'known'],
  ['a list as a payload', '[]', 'malformed'],
  ['two values as a payload', '{} {}', 'malformed'],
])('%s', (_, payload, reason) => {
  expect(reasonOf(judge(signToken(payload)))).toBe(reason)
})

test('both times at fault are told in one go, the expiry first', () => {
  const judged = judge(signToken(`{"exp":${AT},"nbf":${AT + 1}}`))
  expect(!judged.authenticated && judged.detail).toBe(
    'token validation failed: token has invalid claims: token is expired, token is not valid yet',
  )
})

test.each([
  ['{"alg":"none"}', 'alg'],
  ['{"alg":"HS256"}', 'alg'],
  ['{"alg":"PS256"}', 'alg'],
  ['{"alg":"EdDSA"}', 'alg'],
  ['{"alg":"rs256"}', 'alg'],
  ['{"alg":256}', 'alg'],
  ['{}', 'alg'],
  ['{"Alg":"RS256"}', 'alg'],
  ['{"alg":"RS384"}', 'signature'],
  ['{"alg":"HS256","alg":"RS256"}', 'known'],
  ['{"alg":"RS256","crit":["x"],"b64":false,"kid":1,"typ":2}', 'known'],
  ['{"alg":"RS256"', 'malformed'],
  ['null', 'alg'],
])('the protected header %s', (header, reason) => {
  expect(reasonOf(judge(signToken('{}', header)))).toBe(reason)
})

test.each([
  ['no dot', (token: string) => token.replaceAll('.', ''), 'malformed'],
  ['four segments', (token: string) => `${token}.x`, 'malformed'],
  ['padding', (token: string) => `${token}=`, 'malformed'],
  ['blanks behind it', (token: string) => `${token} \t`, 'known'],
  ['a line break in it', (token: string) => token.replace('.', '\n.'), 'bad-header'],
  ['no signature', (token: string) => token.replace(/[^.]*$/, ''), 'signature'],
  ['nothing', () => '', 'malformed'],
])('a token with %s', (_, change, reason) => {
  expect(reasonOf(judge(change(signToken('{}'))))).toBe(reason)
})

test.each([
  ['Bearer TOKEN', 'known'],
  ['bEARER TOKEN', 'known'],
  ['TOKEN', 'known'],
  ['Bearer  TOKEN', 'malformed'],
  ['Bearer\tTOKEN', 'malformed'],
  ['Basic TOKEN', 'malformed'],
  ['Bearer', 'malformed'],
  ['Bearer ', 'no-token'],
  ['', 'no-token'],
])('Authorization: %j', (spelling, reason) => {
  const value = Buffer.from(spelling.replace('TOKEN', signToken('{}')))
  expect(reasonOf(authenticateValue(value, { key: KEY }, AT))).toBe(reason)
})

test('no change of one byte of the payload or the signature is let through', () => {
  const token = Buffer.from(signToken('{"prefix":"a.","role":"worker"}'))
  const start = token.indexOf('.') + 1
  fc.assert(
    fc.property(
      // The last character of the signature has bits that nobody reads.
      fc.integer({ min: start, max: token.length - 2 }),
      fc.constantFrom(...Buffer.from('AZaz09-_')),
      (index, code) => {
        const changed = Buffer.from(token)
        changed[index] = code
        if (changed.equals(token)) return
        expect(authenticate(changed, { key: KEY }, AT).authenticated).toBe(false)
      },
    ),
    { seed: 8, numRuns: 200 },
  )
})

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(authenticate(bytes, { key: KEY }, AT).authenticated).toBe(false)
    }),
    { seed: 8, numRuns: 300 },
  )
})

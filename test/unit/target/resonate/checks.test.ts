import { expect, test } from 'vitest'
import { authenticate, readClaims } from '../../../../src/target/resonate/authenticate.ts'
import { authorize } from '../../../../src/target/resonate/authorize.ts'
import { operationData } from '../../../../src/target/resonate/operations.ts'
import { resonate09 } from '../../../../src/target/resonate/target.ts'
import { VERSIONS } from '../../../../src/target/resonate/versions.ts'
import type { Check } from '../../../../src/target/target.ts'

const AT = 1_800_000_000
const encode = (text: string): string => Buffer.from(text).toString('base64url')

function listStates(checks: readonly Check[]): string {
  const marks = { pass: '✓', fail: '✗', unchecked: '–', unreached: '·' }
  return checks.map(({ subject, state }) => `${marks[state]}${subject}`).join(' ')
}

function says(checks: readonly Check[], subject: string): string | undefined {
  return checks.find((check) => check.subject === subject)?.says
}

const HEADER = encode('{"alg":"HS256","kid":"k1","crit":["b64"]}')

test.each([
  [
    'accepted',
    `${HEADER}.${encode('{"exp":1900000000,"nbf":1900000000,"sub":"w","prefix":"a:"}')}.`,
    '✓form ✓header –alg –signature ✓exp –iss –aud ✓role ✓prefix –nbf –sub –kid –crit',
  ],
  ['no dots', 'abc', '✗form ·header ·alg ·signature ·exp ·iss ·aud ·role ·prefix'],
  [
    'no JSON in the header',
    `${encode('x')}.e30.`,
    '✓form ✗header ·alg ·signature ·exp ·iss ·aud ·role ·prefix',
  ],
  ['no alg', 'e30.e30.', '✓form ✓header ✗alg ·signature ·exp ·iss ·aud ·role ·prefix'],
  [
    'no JSON in the payload',
    `${encode('{"alg":"HS256"}')}.${encode('x')}.`,
    '✗form ✓header –alg –signature ·exp ·iss ·aud ·role ·prefix',
  ],
  [
    'a list as sub',
    `${encode('{"alg":"HS256"}')}.${encode('{"exp":1900000000,"sub":[]}')}.`,
    '✓form ✓header –alg –signature ·exp ·iss ·aud ·role ·prefix ✗sub',
  ],
  [
    'expired',
    `${encode('{"alg":"HS256"}')}.${encode('{"exp":1}')}.`,
    '✓form ✓header –alg –signature ✗exp ·iss ·aud ·role ·prefix',
  ],
])('a token with %s is checked as far as the server comes', (_, token, states) => {
  expect(listStates(authenticate(Buffer.from(token), { key: 'none' }, AT).checks)).toBe(states)
})

test('what follows a failed issuer is not reached, what comes before it passed', () => {
  const payload = Buffer.from('{"exp":1900000000,"iss":"https://b","aud":["x"]}')
  const { checks } = readClaims(payload, { key: 'none', iss: 'https://a', aud: 'x' }, AT)
  expect(listStates(checks)).toBe('✓exp ✗iss ·aud ·role ·prefix')
  expect(says(checks, 'iss')).toBe('"https://b", but the server wants exactly "https://a"')
})

test.each([
  ['{"exp":1799999820}', 'exp', 'expired 2027-01-15T07:57:00Z, 3 min ago; the server allows 60 s'],
  [
    '{"exp":1799999970}',
    'exp',
    'expired 2027-01-15T07:59:30Z, 30 s ago, within the 60 s the server allows',
  ],
  ['{"exp":1800003600}', 'exp', 'expires 2027-01-15T09:00:00Z, in 60 min'],
  ['{"exp":1800003600000}', 'exp', '1800003600000; meant as milliseconds?'],
  [
    '{"exp":1900000000,"role":"Admin"}',
    'role',
    '"Admin": everything is allowed, whatever the prefix',
  ],
  ['{"exp":1900000000,"prefix":""}', 'prefix', '"": everything is allowed'],
  [
    '{"exp":1900000000,"prefix":["a:"]}',
    'prefix',
    '["a:"], not a text: everything is forbidden unless the role is admin',
  ],
  ['{"exp":1900000000,"aud":["x"]}', 'aud', '["x"]; the server has no audience configured'],
])('%s: the sentence about %s has the values', (payload, subject, sentence) => {
  const { checks } = readClaims(Buffer.from(payload), { key: 'none' }, AT)
  expect(says(checks, subject)).toBe(sentence)
})

test('an operation outside the prefix is told with both texts', () => {
  const authority = { prefix: { kind: 'text', text: 'a:' } } as const
  const verdict = authorize(authority, 'task.create', { action: { data: { id: 'b:1' } } })
  expect(verdict).toMatchObject({ allowed: false, reason: 'outside-prefix' })
  expect(says(verdict.checks, 'prefix')).toBe('data.action.data.id: "b:1" does not start with "a:"')
})

test('operationData puts the id where authorize looks for it', () => {
  const authority = { prefix: { kind: 'text', text: 'a:' } } as const
  const open = VERSIONS['0.9'].kinds.filter(
    (kind) => authorize(authority, kind, operationData(kind, 'a:1')).allowed,
  )
  expect(
    open.filter((kind) => authorize(authority, kind, operationData(kind, 'b:1')).allowed),
  ).toEqual([])
  expect(VERSIONS['0.9'].kinds.filter((kind) => !open.includes(kind))).toEqual([
    'promise.search',
    'task.search',
    'schedule.search',
    'debug.start',
    'debug.stop',
    'debug.reset',
    'debug.snap',
    'debug.tick',
  ])
})

test('the reasons for tokens and for requests share no id', () => {
  const ids = resonate09.reasons.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

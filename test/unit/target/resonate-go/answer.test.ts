import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer, HttpHeader, HttpRequest } from '../../../../src/target/request.ts'
import { answer } from '../../../../src/target/resonate-go/answer.ts'
import type { GoServer, Listener } from '../../../../src/target/resonate-go/server.ts'
import { KEY, signToken } from './server.ts'

const AT = 1_000_000

const OPEN: Listener = { enabled: true, accounts: new Map(), origins: [] }

const USERS: Listener = { ...OPEN, accounts: new Map([['alice', 'pa:ss']]) }

const OPEN_07: GoServer = { version: '0.7', http: OPEN, poll: OPEN }
const BASIC_07: GoServer = { version: '0.7', http: USERS, poll: USERS }
const JWT_08: GoServer = { version: '0.8', key: KEY, http: OPEN, poll: OPEN }

interface Sent {
  readonly method?: string
  readonly headers?: readonly HttpHeader[]
  readonly body?: string
  readonly listener?: string
}

function ask(server: GoServer, path: string, sent: Sent = {}): Answer {
  const { method = 'GET', headers = [], body = '', listener } = sent
  const request: HttpRequest = { method, path, headers, body: Buffer.from(body) }
  return answer(server, listener === undefined ? request : { ...request, listener }, AT)
}

function basic(credentials: string, scheme = 'Basic'): readonly HttpHeader[] {
  return [['Authorization', `${scheme} ${Buffer.from(credentials).toString('base64')}`]]
}

function bearer(payload: string): readonly HttpHeader[] {
  return [['authorization', `Bearer ${signToken(payload)}`]]
}

test.each([
  ['GET', '/promises/x', 'passed', undefined],
  ['GET', '/', 'refused', 404],
  ['POST', '/', 'refused', 404],
  ['GET', '/ping', 'passed', 200],
  ['HEAD', '/promises/x', 'refused', 404],
  ['PUT', '/promises/x', 'refused', 404],
  ['get', '/promises/x', 'refused', 404],
  ['GET', '/promises/', 'passed', undefined],
  ['GET', '/promises', 'refused', 400],
  ['GET', '/schedules/x/', 'passed', undefined],
  ['POST', '/promises/', 'refused', 307],
  ['GET', '/tasks/claim/x/1/', 'refused', 301],
  ['GET', '/%zz', 'refused', 400],
  ['G T', '/promises/x', 'refused', 400],
  ['OPTIONS', '*', 'passed', 200],
])('0.8 without auth answers %s %s', (method, path, outcome, status) => {
  const server: GoServer = { version: '0.8', http: OPEN, poll: OPEN }
  expect(ask(server, path, { method })).toMatchObject({ outcome, status })
})

test('0.7 has no /ping', () => {
  expect(ask(OPEN_07, '/ping').status).toBe(404)
})

test('a malformed request is refused before its token, an unknown path before both', () => {
  const headers: readonly HttpHeader[] = [['Authorization', 'Bearer nonsense']]
  expect(ask(JWT_08, '/promises', { method: 'POST', headers, body: '{' }).status).toBe(400)
  expect(ask(JWT_08, '/promises', { method: 'POST', headers, body: '{}' }).status).toBe(400)
  expect(ask(JWT_08, '/promise', { headers }).status).toBe(404)
  expect(ask(JWT_08, '/promises/x', { headers }).status).toBe(401)
})

test.each([
  ['GET', '/promises/a.x', '', 'a.', undefined],
  ['GET', '/promises/b.x', '', 'a.', 403],
  ['GET', '/promises/a%2Ex', '', 'a.', undefined],
  ['GET', '/promises?id=a.*', '', 'a.', undefined],
  ['GET', '/promises?id=*', '', 'a.', 403],
  ['POST', '/promises', '{"id":"a.x","timeout":1}', 'a.', undefined],
  ['POST', '/promises', '{"id":"a.x","ID":"b","timeout":1}', 'a.', 403],
  ['PATCH', '/promises/b', '{"id":"a.x","state":"RESOLVED"}', 'a.', 403],
  [
    'POST',
    '/locks/acquire',
    '{"resourceId":"b","executionId":"a.x","processId":"p","ttl":1}',
    'a.',
    403,
  ],
  ['POST', '/locks/heartbeat', '{"processId":"p"}', 'a.', undefined],
])('0.8: %s %s %s with the prefix %s', (method, path, body, prefix, status) => {
  const headers = bearer(JSON.stringify({ prefix }))
  expect(ask(JWT_08, path, { method, headers, body }).status).toBe(status)
})

test('of two Authorization headers the first counts', () => {
  const good = bearer('{"role":"admin"}')
  const bad: readonly HttpHeader[] = [['Authorization', 'Bearer nonsense']]
  expect(ask(JWT_08, '/promises/x', { headers: [...good, ...bad] }).outcome).toBe('passed')
  expect(ask(JWT_08, '/promises/x', { headers: [...bad, ...good] }).outcome).toBe('refused')
})

test.each([
  ['the user', basic('alice:pa:ss'), undefined],
  ['the scheme in lower case', basic('alice:pa:ss', 'basic'), 401],
  ['two blanks', basic('alice:pa:ss', 'Basic '), 401],
  ['no padding', [['Authorization', 'Basic YWxpY2U6cGE6c3M']] as const, 401],
  ['another password', basic('alice:pass'), 401],
  ['another case of the name', basic('Alice:pa:ss'), 401],
  ['a Bearer scheme', basic('alice:pa:ss', 'Bearer'), 401],
  ['nothing', [], 401],
])('0.7 with basic auth on :8001 and %s', (_, headers, status) => {
  const answered = ask(BASIC_07, '/promises/x', { headers })
  expect(answered.status).toBe(status)
  if (status === 401)
    expect(answered.headers).toEqual([['www-authenticate', 'Basic realm="Authorization Required"']])
})

test.each([
  ['the user', basic('alice:pa:ss'), 200],
  ['the scheme in lower case', basic('alice:pa:ss', 'basic'), 200],
  ['another password', basic('alice:pa'), 401],
  ['nothing', [], 401],
])('0.7 with basic auth on the poll listener and %s', (_, headers, status) => {
  for (const listener of ['poll', '8002'])
    expect(ask(BASIC_07, '/group/id', { headers, listener }).status).toBe(status)
})

test('the poll listener knows no JWT', () => {
  expect(ask(JWT_08, '/group/id', { listener: 'poll' }).status).toBe(200)
  expect(ask(JWT_08, '/poll/group/id').status).toBe(401)
})

test.each([
  ['POST', '/group/id', 405],
  ['GET', '/group', 400],
  ['GET', '/group/id/more', 200],
])('the poll listener answers %s %s', (method, path, status) => {
  expect(ask(OPEN_07, path, { method, listener: 'poll' }).status).toBe(status)
})

test('metrics are open and nothing else is there', () => {
  expect(ask(BASIC_07, '/metrics', { listener: 'metrics' }).status).toBe(200)
  expect(ask(BASIC_07, '/promises/x', { listener: '9090' }).status).toBe(404)
})

test('an origin that is not configured is refused, a preflight needs no credential and allows none', () => {
  const server: GoServer = { ...JWT_08, http: { ...OPEN, origins: ['https://a.example'] } }
  const from = (origin: string): readonly HttpHeader[] => [
    ['Origin', origin],
    ['Access-Control-Request-Method', 'GET'],
  ]
  const options = (origin: string) =>
    ask(server, '/promises/x', { method: 'OPTIONS', headers: from(origin) })
  expect(options('https://b.example').status).toBe(403)
  const preflight = options('https://a.example')
  expect(preflight.status).toBe(204)
  const allowed = preflight.headers?.find(([name]) => name === 'access-control-allow-headers')
  expect(allowed?.[1].toLowerCase()).not.toContain('authorization')
})

test('a cron expression of a time zone alone ends the connection without an answer', () => {
  const body = JSON.stringify({ id: 's', cron: 'TZ=UTC', promiseId: 'p', promiseTimeout: 1 })
  expect(ask(JWT_08, '/schedules', { method: 'POST', body })).toMatchObject({
    outcome: 'refused',
    status: undefined,
    reason: 'closed',
  })
})

test('no request makes it throw', () => {
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS', '', 'é')
  const piece = fc.constantFrom(
    ...[
      '/',
      'promises',
      'tasks/claim',
      'poll',
      '%',
      '%2e',
      '?',
      'id=',
      'cursor=',
      '&',
      '..',
      '\u0000',
    ],
  )
  const path = fc.oneof(
    fc.array(piece).map((all) => `/${all.join('')}`),
    fc.string(),
  )
  const header = fc.tuple(fc.constantFrom('Authorization', 'Origin', 'Host', ''), fc.string())
  const body = fc.oneof(fc.json(), fc.string(), fc.constant('['.repeat(100_000)))
  fc.assert(
    fc.property(method, path, fc.array(header), body, (verb, target, headers, text) => {
      for (const server of [OPEN_07, BASIC_07, JWT_08])
        expect(['passed', 'refused']).toContain(
          ask(server, target, { method: verb, headers, body: text }).outcome,
        )
    }),
    { seed: 8, numRuns: 300 },
  )
})

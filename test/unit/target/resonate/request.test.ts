import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resonate010, resonate010Plugins } from '../../../../src/target/resonate/target.ts'
import { bodyOf, type RequestRow } from '../../../vectors/requests.ts'
import { readRows } from '../../../vectors/rows.ts'
import { answerAt, requestTo, serverOf } from './request-rows.ts'
import { settingsOf } from './rust-vectors.ts'

interface EnvelopeRow extends RequestRow {
  readonly response_data?: unknown
  readonly response_text?: string | null
  readonly log: string | null
}

interface PollRow extends RequestRow {
  readonly response_body?: string | null
  readonly allow?: string | null
  readonly log: readonly string[]
}

const ENVELOPES = readRows<EnvelopeRow>('rust-0.9/envelope.jsonl')
const POLLS = readRows<PollRow>('rust-0.9/poll.jsonl')

/** Statuses an operation never answers by itself: what is let through may end in any other. */
const DECIDED = [401, 403, 404, 405, 410, 413]

function answerRow(row: RequestRow) {
  const { method, path, headers, at } = row
  return answerAt(serverOf(row), { method, path, headers, body: bodyOf(row) }, at)
}

test('every recorded envelope is answered with its status and log line', () => {
  const unmet = ENVELOPES.filter((row) => {
    const { status, log } = answerRow(row)
    const fits = status === undefined ? !DECIDED.includes(row.status) : status === row.status
    return !fits || (log.length === 0 ? null : log.join('\n')) !== row.log
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
})

test('every refused envelope says what the server said', () => {
  const unmet = ENVELOPES.filter((row) => {
    const { outcome, text } = answerRow(row)
    const said = typeof row.response_data === 'string' ? row.response_data : row.response_text
    return outcome === 'refused' && typeof said === 'string' && said !== '' && text !== said
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
})

test('only the data of an operation that is let through decide 400 behind our back', () => {
  const left = ENVELOPES.filter((row) => answerRow(row).status === undefined && row.status !== 200)
  expect(left.map(({ id }) => id)).toEqual(['data-id-null', 'data-id-number'])
})

test('every recorded request to /poll and beside it is answered with status, log and allow', () => {
  const unmet = POLLS.filter((row) => {
    const { status, log, headers } = answerRow(row)
    const allow = headers?.find(([name]) => name === 'allow')?.[1]
    return (
      status !== row.status ||
      JSON.stringify(log) !== JSON.stringify(row.log) ||
      allow !== (row.allow ?? undefined)
    )
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
})

test.each([
  ['an absolute target', 'GET', 'http://h:1/health', 200],
  ['an absolute target without a path', 'POST', 'http://h', 400],
  ['an authority alone', 'GET', 'h:80', 404],
  ['a fragment', 'GET', '/health#x', 200],
  ['the asterisk', 'GET', '*', 404],
  ['an empty group', 'GET', '/poll//b', 200],
  ['a slash that is not the last of a legacy path', 'GET', '/promises//', 410],
  ['a legacy path with a slash and nothing behind it', 'GET', '/promises/', 404],
  ['a per cent sign without digits', 'GET', '/poll/a/%zz', 200],
  ['a lower-case method', 'post', '/', 405],
  ['a blank in the path', 'GET', '/a b', 400],
  ['a scheme alone', 'GET', 'http://', 400],
  ['two colons in the authority', 'GET', 'http://a:1:2/', 400],
  ['a path of 65535 bytes', 'GET', `/${'a'.repeat(65_534)}`, 414],
])('%s', (_, method, path, status) => {
  expect(answerAt({}, requestTo(method, path), 0).status).toBe(status)
})

test.each([
  ['101 headers', Array.from({ length: 101 }, (_, n) => [`x-${n}`, ''] as const), 431],
  ['a header of half a megabyte', [['X', 'a'.repeat(500_000)]] as const, 431],
  ['a control character in a header', [['X', 'a\u0001']] as const, 400],
  ['a tab in a header', [['X', 'a\tb']] as const, 200],
  ['a blank in the name of a header', [['X Y', '']] as const, 400],
  [
    'two lengths',
    [
      ['Content-Length', '1'],
      ['content-length', '2'],
    ] as const,
    400,
  ],
  ['a signed length', [['Content-Length', '+1']] as const, 400],
  ['an encoding that does not end chunked', [['Transfer-Encoding', 'gzip']] as const, 400],
])('%s', (_, headers, status) => {
  expect(answerAt({}, requestTo('GET', '/health', { headers }), 0).status).toBe(status)
})

test.each([
  ['/metrics', 'GET', 200],
  ['/metrics', 'POST', 405],
  ['/health', 'GET', 404],
])('the metrics listener has %s for %s only', (path, method, status) => {
  const { status: given, headers } = answerAt(
    { origins: ['*'] },
    requestTo(method, path, { listener: 'metrics' }),
    0,
  )
  expect(given).toBe(status)
  expect(headers?.filter(([name]) => name !== 'allow') ?? []).toEqual([])
})

const TOKEN = /"auth":"(ey[^"]+)"/.exec(
  ENVELOPES.find(({ id }) => id === 'auth-ok')?.body ?? '',
)?.[1]
const SIGNED = {
  auth: settingsOf({ publickey: 'keys/t-ed25519.pub.pem', iss: null, aud: null }),
}

function operation(head: object, more: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      kind: 'promise.get',
      head: { corrId: 'c', version: '2026-04-01', ...head },
      data: { id: 'team-a:x' },
      ...more,
    }),
  )
}

test.each([
  [
    'in the header',
    requestTo('POST', '/', {
      headers: [['Authorization', `Bearer ${TOKEN}`]],
      body: operation({}),
    }),
    'only the header carries the token, and POST / reads head.auth',
  ],
  [
    'in another member of head',
    requestTo('POST', '/', { body: operation({ token: TOKEN }) }),
    'head.token carries the token, and POST / reads head.auth',
  ],
  [
    'beside head',
    requestTo('POST', '/', { body: operation({}, { auth: TOKEN }) }),
    'auth carries the token, and POST / reads head.auth',
  ],
  [
    'after "Bearer "',
    requestTo('POST', '/', { body: operation({ auth: `Bearer ${TOKEN}` }) }),
    'head.auth carries more than the token: it takes the token alone, without "Bearer " and blanks',
  ],
  [
    'in the query of /poll',
    requestTo('GET', `/poll/g/i?token=${TOKEN}`),
    'the query parameter "token" carries the token, and /poll reads the Authorization header',
  ],
  [
    'nowhere',
    requestTo('GET', '/poll/g/i'),
    'nothing carries the token, and /poll reads the Authorization header',
  ],
  [
    'after "bearer"',
    requestTo('GET', '/poll/g/i', { headers: [['Authorization', `bearer ${TOKEN}`]] }),
    'the Authorization header is not "Bearer ", with one blank and this capital, and then the token',
  ],
  [
    'in the second header',
    requestTo('GET', '/poll/g/i', {
      headers: [
        ['Authorization', 'Basic eDp5'],
        ['Authorization', `Bearer ${TOKEN}`],
      ],
    }),
    'the second Authorization header carries the token, and /poll reads the first',
  ],
])('a token %s is found, and the corrected request is let through', (_, request, says) => {
  const { status, correction } = answerAt(SIGNED, request, 0)
  expect(status).toBe(401)
  expect(correction?.says).toBe(says)
  expect(JSON.stringify(correction, readableBytes)).not.toContain(TOKEN)
  expect(answerAt(SIGNED, withToken(correction?.request), 0).outcome).toBe('passed')
})

function readableBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value
}

/** The corrected request with the token where the placeholder stands. */
function withToken(request = requestTo('GET', '/')) {
  const put = (text: string): string => text.replaceAll('TOKEN', TOKEN ?? '')
  return {
    ...request,
    headers: request.headers.map(([name, value]) => [name, put(value)] as const),
    body: Buffer.from(put(Buffer.from(request.body).toString())),
  }
}

test('0.10 takes the header where head.auth is absent, and only there', async () => {
  const serve = (await resonate010.requests?.())?.serve({ ...SIGNED, debug: false, origins: [] })
  const headers = [['Authorization', `Bearer ${TOKEN}`]] as const
  const statusOf = (head: object) =>
    serve?.(requestTo('POST', '/', { headers, body: operation(head) }), 0).outcome
  expect([statusOf({}), statusOf({ auth: null }), statusOf({ auth: '' })]).toEqual([
    'passed',
    'passed',
    'refused',
  ])
})

test.each([
  ['0.10', resonate010, 200],
  ['0.10-plugins', resonate010Plugins, 404],
])('%s has a console, and its own answer to /health', async (_, target, health) => {
  const serve = (await target.requests?.())?.serve({ ...SIGNED, debug: false, origins: [] })
  const statusOf = (method: string, path: string, kind?: string) =>
    serve?.(
      requestTo(method, path, {
        ...(kind !== undefined && { body: operation({}, { kind, data: {} }) }),
      }),
      0,
    ).status
  expect(statusOf('GET', '/health')).toBe(health)
  expect(statusOf('GET', '/')).toBe(303)
  expect(statusOf('GET', '/console/app.js')).toBe(200)
  expect(statusOf('POST', '/', 'ui.execution.get')).toBe(404)
  expect(statusOf('POST', '/console/rpc', 'ui.execution.get')).toBe(401)
})

test('any request at all has an answer', () => {
  const headers = fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })))
  const message = fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'OPTIONS'), fc.string()),
    path: fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }), fc.constantFrom('/', '/poll/a/b')),
    headers,
    body: fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    ),
  })
  fc.assert(
    fc.property(message, (request) => {
      const { status, outcome } = answerAt({ ...SIGNED, origins: ['*'] }, request, 0)
      return outcome === 'refused' ? (status ?? 0) >= 400 : status === undefined || status === 200
    }),
  )
})

test('a body nested a hundred thousand deep is answered', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const body = (name: string) =>
    Buffer.from(
      `{"kind":"promise.get","head":{"corrId":"c","version":"2026-04-01"},"data":{},"${name}":${deep}}`,
    )
  expect(answerAt(SIGNED, requestTo('POST', '/', { body: body('x') }), 0).reason).toBe('no-token')
  expect(answerAt(SIGNED, requestTo('POST', '/', { body: body('data') }), 0).status).toBe(400)
})

import { expect, test } from 'vitest'
import type { HttpHeader } from '../../../../src/target/request.ts'
import { cors } from '../../../../src/target/resonate/cors.ts'
import { type CorsRow, headersOf } from '../../../vectors/requests.ts'
import { readRows } from '../../../vectors/rows.ts'
import { answerAt, requestTo } from './request-rows.ts'
import { settingsOf } from './rust-vectors.ts'

/** What the row's server answers; an operation that is let through answers 200 in all of them. */
function answerRow(row: CorsRow): CorsRow['response'] {
  const { method, path, body } = row.request
  const auth =
    row.auth === undefined ? undefined : settingsOf({ ...row.auth, iss: null, aud: null })
  const { status, headers } = answerAt(
    { auth, origins: row.allow_origins },
    requestTo(method, path, {
      headers: headersOf(row),
      body: Buffer.from(body ?? ''),
      ...(row.listener !== undefined && { listener: row.listener }),
    }),
    0,
  )
  return { status: status ?? 200, headers: Object.fromEntries(headers ?? []) }
}

test('every recorded CORS answer has its status and headers', () => {
  const unmet = readRows<CorsRow>('rust-0.9/cors.jsonl').filter((row) => {
    const { status, headers } = answerRow(row)
    const sorted = Object.entries(row.response.headers).sort(([a], [b]) => (a < b ? -1 : 1))
    return (
      status !== row.response.status ||
      JSON.stringify(headers) !== JSON.stringify(Object.fromEntries(sorted))
    )
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
})

function allowedOrigin(origins: readonly string[], ...sent: readonly string[]): string | undefined {
  const headers = sent.map((value): HttpHeader => ['Origin', value])
  const given = cors(origins, requestTo('GET', '/', { headers }))
  return given.headers.find(([name]) => name === 'access-control-allow-origin')?.[1]
}

test.each([
  ['the same text', ['https://a.example'], ['https://a.example'], 'https://a.example'],
  ['another case', ['https://a.example'], ['https://A.example'], undefined],
  ['a final slash', ['https://a.example/'], ['https://a.example'], undefined],
  ['no origin sent', ['https://a.example'], [], undefined],
  ['no origin sent, all allowed', ['*'], [], '*'],
  ['a star beside others', ['https://a.example', '*'], ['https://b.example'], '*'],
  ['a star with a blank', ['* '], ['https://a.example'], undefined],
  [
    'the first of two',
    ['https://b.example'],
    ['https://a.example', 'https://b.example'],
    undefined,
  ],
  [
    'blanks around what was sent',
    ['https://a.example'],
    [' https://a.example\t'],
    'https://a.example',
  ],
  ['an entry that no header can carry', ['a\nb'], ['a\nb'], undefined],
  ['an empty entry', [''], [''], ''],
])('%s', (_, origins, sent, allowed) => {
  expect(allowedOrigin(origins, ...sent)).toBe(allowed)
})

test('an empty list is no layer; entries that are all unusable leave the layer on', () => {
  const preflight = requestTo('OPTIONS', '/nowhere')
  expect(cors([], preflight)).toEqual({ status: undefined, headers: [] })
  expect(cors(['a\nb'], preflight).status).toBe(200)
})

import { expect, test } from 'vitest'
import { readRows } from '../vectors/rows.ts'
import { run } from './run.ts'

interface TokenRow {
  readonly log: { readonly message: string; readonly error?: string } | null
}

test('every log line the server wrote about a token is explained', async () => {
  const lines = new Set(
    readRows<TokenRow>('rust-0.9/tokens.jsonl').flatMap(({ log }) =>
      log === null
        ? []
        : [log.error === undefined ? log.message : `${log.message} error=${log.error}`],
    ),
  )
  const unexplained: string[] = []
  for (const line of lines) {
    const { status } = await run(['explain', `2026-11-22T12:00:00Z  WARN resonate::auth: ${line}`])
    if (status !== 0) unexplained.push(line)
  }
  expect(unexplained).toEqual([])
})

test.each([
  [
    'in colour',
    '\u001b[33m WARN\u001b[0m \u001b[2mresonate::auth\u001b[0m: Auth rejected: token verification failed \u001b[3mkind\u001b[0m=promise.get \u001b[3merror\u001b[0m=ExpiredSignature',
  ],
  [
    'as JSON',
    '{"level":"WARN","fields":{"message":"Auth rejected: token verification failed","error":"ExpiredSignature"}}',
  ],
])('a log line %s is read', async (_, line) => {
  const { status, stdout } = await run(['explain', '-'], { stdin: line })
  expect({ status, expired: stdout.includes('exp') }).toEqual({ status: 0, expired: true })
  expect(stdout).toMatch(/resonate-auth mint/)
})

test('a status lists every reason it can have', async () => {
  const { status, stdout } = await run(['explain', '403', '--json'])
  expect(status).toBe(0)
  const { reasons } = JSON.parse(stdout)
  expect(reasons.every((row: { status: number }) => row.status === 403)).toBe(true)
  expect(reasons.map((row: { id: string }) => row.id)).toContain('no-prefix')
})

test.each([
  ['ts', /^typescript 0\.11\.5/],
  ['python', /^python 0\.8\.1/],
  ['go', /^go /],
])('explain sdk %s', async (name, head) => {
  const { status, stdout } = await run(['explain', 'sdk', name])
  expect(status).toBe(0)
  expect(stdout).toMatch(head)
  for (const line of ['token:', 'travels:', 'ids:', 'prefix:', 'on 401:', 'on 403:'])
    expect(stdout).toContain(line)
})

test('a token is shown and judged as far as that goes without a key', async () => {
  const b64 = (text: string): string => Buffer.from(text).toString('base64url')
  const token = `${b64('{"alg":"EdDSA"}')}.${b64('{"prefix":"a."}')}.AAAA`
  const { status, stdout } = await run(['explain', token])
  expect(status).toBe(0)
  expect(stdout).toContain('would answer 401 even with a right signature')
  expect(stdout).toMatch(/✗ exp/)
})

test('a token says nothing to a server that knows none', async () => {
  const argv = ['explain', 'eyJhbGciOiJFZERTQSJ9.e30.AA', '--target', 'resonate-go@0.7']
  const { status, stdout, stderr } = await run(argv)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('resonate-go@0.7 knows no tokens')
})

test('an unknown topic suggests the nearest', async () => {
  const { status, stderr } = await run(['explain', 'no-prefx'])
  expect(status).toBe(2)
  expect(stderr).toContain('did you mean "no-prefix"?')
})

test('without a topic all of them are listed', async () => {
  const { status, stdout } = await run(['explain'])
  expect({
    status,
    listed: stdout.includes('no-prefix') && stdout.includes('sdk typescript'),
  }).toEqual({
    status: 0,
    listed: true,
  })
})

import { expect, test } from 'vitest'
import { run } from './run.ts'

const b64 = (text: string): string => Buffer.from(text).toString('base64url')
const jwt = (payload: string, header = '{"alg":"EdDSA","typ":"JWT"}'): string =>
  `${b64(header)}.${b64(payload)}.${b64('s'.repeat(64))}`

test('a token is shown member by member, times as dates, the signature unchecked', async () => {
  const token = jwt('{"exp":1795352400,"prefix":"worker-1"}')
  expect(await run(['decode', token])).toEqual({
    status: 0,
    stdout: [
      'header',
      '  alg  "EdDSA"',
      '  typ  "JWT"',
      'payload',
      '  exp     1795352400  (2026-11-22T13:00:00Z, in 60 min)',
      '  prefix  "worker-1"',
      'signature: not checked (64 bytes)',
      '',
    ].join('\n'),
    stderr: '',
  })
})

test.each([
  ['a string without its quotes', 'prefix', 'worker-1\n'],
  ['an array as JSON', 'aud', '["a", "b"]\n'],
  ['a number with every digit', 'big', '18446744073709551617\n'],
])('--claim prints %s', async (_, name, stdout) => {
  const token = jwt('{"prefix":"worker-1","aud":["a", "b"],"big":18446744073709551617}')
  expect(await run(['decode', '--claim', name, token])).toEqual({ status: 0, stdout, stderr: '' })
})

test('--claim of an absent claim is no, and names those there are', async () => {
  expect(await run(['decode', '--claim', 'aud', jwt('{"prefix":"a","exp":1}')])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'resonate-auth: no claim "aud"; the payload has prefix, exp\n',
  })
})

test.each([
  [
    'a payload cut off in the middle',
    `${jwt('{"exp":1,"prefix":"a"}').split('.').slice(0, 2).join('.').slice(0, -4)}.`,
    'not JSON',
  ],
  ['two segments', `${b64('{"alg":"none"}')}.${b64('{}')}`, '2 segments between dots; a JWT has 3'],
  ['padding', `${jwt('{"a":1}').split('.')[0]}==.${b64('{}')}.x`, 'padded with "="'],
  ['a repeated member', jwt('{"exp":1,"exp":2}'), '"exp" stands in it more than once'],
  [
    'invalid UTF-8',
    `${b64('{}')}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.`,
    'bytes that are not UTF-8',
  ],
  ['white space', `${jwt('{}').replace('.', '.\n')}`, 'white space inside the token'],
  ['five segments', 'a.b.c.d.e', 'five segments: an encrypted token (JWE)'],
])('%s is told and the rest is shown', async (_, token, problem) => {
  const { stdout } = await run(['decode', token])
  expect(stdout).toContain(problem)
})

test.each([
  ['0123456789abcdef0123456789abcdef', 'a random secret in hexadecimal'],
  ['ghp_0123456789abcdef0123456789abcdef0123', 'a GitHub token'],
  ['-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----', 'a private key, not a token'],
  ['alice:secret', 'user:password'],
])('%j is named for what it is and never repeated', async (text, what) => {
  const { status, stdout, stderr } = await run(['decode'], { stdin: text })
  expect({ status, named: stdout.startsWith(what) }).toEqual({ status: 1, named: true })
  expect(stdout + stderr).not.toContain(text.slice(0, 20))
})

test.each([
  ['Bearer ', '"Bearer"'],
  ['export RESONATE_TOKEN=', '"export", the name before "="'],
  ['Authorization: Bearer ', '"Authorization:", "Bearer"'],
  ['\u{feff}', 'a byte order mark'],
])('%j before a token is taken off and told', async (before, removed) => {
  const { status, stderr } = await run(['decode', `${before}${jwt('{"exp":1}')}`])
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: `resonate-auth: took off ${removed} around the token\n`,
  })
})

test.each([
  ['quotes', '"'.repeat(700_000)],
  ['Bearer', 'bearer '.repeat(200_000)],
  ['names', 'a='.repeat(500_000)],
  ['blanks in the middle', `a${' '.repeat(1_000_000)}b`],
  ['members', jwt(`{${Array.from({ length: 150_000 }, (_, at) => `"${at}":1`).join(',')}}`)],
  ['one long name among many', jwt(`{"${'n'.repeat(500_000)}":1${',"a":1'.repeat(100_000)}}`)],
  ['depth', jwt(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`)],
])('a token of a megabyte that is all %s is read to its end', async (_, text) => {
  expect([0, 1]).toContain((await run(['decode'], { stdin: text })).status)
  expect([0, 1]).toContain((await run(['decode', '--json'], { stdin: text })).status)
})

test('members that a JavaScript object treats specially are plain members', async () => {
  const { stdout } = await run(['decode', '--json', jwt('{"__proto__":{"x":1},"constructor":2}')])
  expect(JSON.parse(stdout).payload.text).toBe('{"__proto__":{"x":1},"constructor":2}')
  expect(stdout).toContain('"__proto__": {')
})

test('a token of more than 2 MiB is refused with a reason', async () => {
  const { status, stdout, stderr } = await run(['decode'], { stdin: 'a'.repeat(3_000_000) })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toMatch(/more than 2097152 bytes/)
})

test('no token and a terminal is a usage error that says what to give', async () => {
  expect(await run(['decode'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'resonate-auth: error: a token is missing\nresonate-auth: hint: give a token, @FILE, or - for standard input\n',
  })
})

test('what could steer a terminal is shown, not sent', async () => {
  const { stdout } = await run(['decode', jwt('{"sub":"\u009b31m\u202e"}')])
  expect(stdout).toContain('"\\u{9b}31m\\u{202e}"')
})

test('a claim nested a hundred thousand levels deep is shown and does not end the program', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const token = jwt(`{"x":${deep}}`)
  expect(await run(['decode', '-'], { stdin: token })).toMatchObject({ status: 0, stderr: '' })
  const { status, stdout } = await run(['decode', '--json', '-'], { stdin: token })
  expect({ status, x: JSON.parse(stdout).payload.members.x }).toEqual({ status: 0, x: deep })
})

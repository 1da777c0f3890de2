import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskSecrets, safeName, showValue } from '../../../src/lint/secret.ts'

test.each([
  ['token = "abc"', 'token = •••••'],
  ["token='abc' # x", 'token=••••• # x'],
  ['token = "a\\"bc" # x', 'token = ••••••• # x'],
  ['token = "abc', 'token = ••••'],
  ['token = """\nabc\n"""\nb = 1', 'token = •••\n•••\n•••\nb = 1'],
  ['token = """\nabc', 'token = •••\n•••'],
  ['"api-key" = "x"', '"api-key" = •••'],
  ['db_password: hunter2', 'db_password: •••••••'],
  ['url = "postgres://u:pw@h/d"', 'url = "postgres://u:••@h/d"'],
  ['auth = { token = "x", aud = "y" }', 'auth = { token = •••, aud = "y" }'],
  ['# Bearer abcdefgh', '# Bearer ••••••••'],
  ['serve --auth-token abc --x', 'serve --auth-token ••• --x'],
  ['["serve", "--push-token", "abc"]', '["serve", "--push-token", "•••"]'],
  ['- --push-token\n- abc', '- --push-token\n- •••'],
  ['publickey = "public.pem"', 'publickey = "public.pem"'],
  ['iss = "https://issuer.example.com"', 'iss = "https://issuer.example.com"'],
])('%j is shown as %j', (text, wanted) => {
  expect(maskSecrets(text)).toBe(wanted)
})

test('masking keeps length and lines, and masking twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          'token',
          ' = ',
          '"',
          "'",
          '"""',
          '\n',
          '\r',
          '#',
          'x',
          '[',
          ']',
          '://a:b@c',
        ),
      ),
      (parts) => {
        const text = parts.join('')
        const masked = maskSecrets(text)
        expect(masked).toHaveLength(text.length)
        expect(masked.replace(/[^\r\n]/g, '')).toBe(text.replace(/[^\r\n]/g, ''))
      },
    ),
  )
})

test.each([
  ['auth.publickey', 'auth.publickey'],
  ['RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN', 'RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN'],
  ['RESONATE_SERVER_PORT_8001_TCP_ADDR', 'RESONATE_SERVER_PORT_8001_TCP_ADDR'],
  ['sk-live-9f8e7d6c5b4a3210fedcba98', '‹redacted, 32 characters›'],
])('the name %j is repeated as %j', (name, wanted) => {
  expect(safeName(name)).toBe(wanted)
})

test.each([
  ['RESONATE_X_TOKEN', 'a b', '‹redacted, 3 characters›'],
  ['RESONATE_AUTH__ISS', 'https://a', 'https://a'],
  ['RESONATE_STORAGE__POSTGRES__URL', 'postgres://u:pw@h/d', 'postgres://u:••@h/d'],
])('the value of %s is shown as %j', (name, value, wanted) => {
  expect(showValue(name, value)).toBe(wanted)
})

test.each([
  'token',
  '://:',
  'token=[',
  'token=""" ',
  'token=\n',
  'eyJaaaaa-',
  'eyJaaaaa.',
  '--token ',
  'Bearer ',
  '-----BEGIN PRIVATE KEY-----',
  ' ',
  'a__',
  '-',
])('a text of nothing but %j is masked to its end', (unit) => {
  const text = unit.repeat(600_000 / unit.length)
  expect(maskSecrets(text)).toHaveLength(text.length)
})

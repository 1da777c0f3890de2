import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeToken } from '../../../src/token/decode.ts'

test('any text gives header, payload and problems, never an exception', () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.base64String(), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
    fc.uint8Array().map((bytes) => `${Buffer.from(bytes).toString('base64url')}.e30.`),
  )
  fc.assert(
    fc.property(text, (token) => {
      const { header, payload, problems } = decodeToken(token)
      const readable = header.members !== undefined && payload.members !== undefined
      return readable || header.problems.length + payload.problems.length + problems.length > 0
    }),
  )
})

test('RFC 7519 §3.1: the example token', () => {
  const { header, payload, signature } = decodeToken(
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  )
  expect(header.members).toEqual([
    { name: 'typ', json: '"JWT"' },
    { name: 'alg', json: '"HS256"' },
  ])
  expect(payload.members).toEqual([
    { name: 'iss', json: '"joe"' },
    { name: 'exp', json: '1300819380' },
    { name: 'http://example.com/is_root', json: 'true' },
  ])
  expect(signature?.length).toBe(32)
})

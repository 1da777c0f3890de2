import { expect, test } from 'vitest'
import { recognizeOpaque } from '../../../src/token/opaque.ts'

test.each<readonly [string, RegExp]>([
  ['-----BEGIN RSA PRIVATE KEY-----\nMII', /^a private key/],
  ['-----BEGIN PUBLIC KEY-----\nMII', /^a PEM file/],
  ['{"a":1}', /^JSON/],
  ['github_pat_11AAAA_bbbb', /^a GitHub token/],
  ['sk-abcdef', /^an API key/],
  ['xoxb-1-2-3', /^a Slack token/],
  ['AKIAIOSFODNN7EXAMPLE', /^an AWS access key id/],
  ['123e4567-e89b-12d3-a456-426614174000', /^a UUID/],
  ['v4.local.abc', /^a PASETO/],
  ['v4.public.abc.def', /^a PASETO/],
  ['0123456789abcdef0123456789abcdef', /hexadecimal/],
  ['c2VjcmV0c2VjcmV0c2VjcmV0', /^a random secret/],
  ['alice:secret', /^user:password/],
  ['dev-token-here', /^not a JWT/],
])('%j is named', (text, what) => {
  expect(recognizeOpaque(text)?.what).toMatch(what)
})

test.each([['eyJhbGciOiJFZERTQSJ9.e30.AAAA'], ['a.b.c'], ['eyJhbGciOiJFZERTQSJ9.e30']])(
  '%j may be a JWT',
  (text) => {
    expect(recognizeOpaque(text)).toBe(undefined)
  },
)

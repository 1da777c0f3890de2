import fc from 'fast-check'
import { expect, test } from 'vitest'
import { originFlaw } from '../../../src/lint/web-origin.ts'

test.each([
  'https://app.example.com',
  'http://localhost:5173',
  'https://app.example.com:8443',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'https://xn--9ca.example.com',
  'chrome-extension://abcdefgh',
  'capacitor://localhost',
  'null',
  '*',
  '',
])('a browser may send %j', (origin) => {
  expect(originFlaw(origin)).toBeUndefined()
})

test.each([
  ['https://app.example.com/', 'path', ['https://app.example.com']],
  ['https://app.example.com/a?b#c', 'path', ['https://app.example.com']],
  ['https://App.Example.com', 'upper-case', ['https://app.example.com']],
  ['HTTPS://app.example.com', 'upper-case', ['https://app.example.com']],
  ['https://app.example.com:443', 'default-port', ['https://app.example.com']],
  ['http://app.example.com:80', 'default-port', ['http://app.example.com']],
  ['https://*.example.com', 'wildcard', []],
  ['*.example.com', 'wildcard', []],
  ['^https://.+$', 'pattern', []],
  ['app.example.com', 'scheme-missing', ['https://app.example.com']],
  ['localhost:5173', 'scheme-missing', ['http://localhost:5173']],
  ['//app.example.com', 'scheme-missing', ['https://app.example.com']],
  [' https://a.example.com', 'blanks', ['https://a.example.com']],
  ['https://a.example.com ', 'blanks', ['https://a.example.com']],
  [
    'https://a.example.com,https://b.example.com',
    'joined',
    ['https://a.example.com', 'https://b.example.com'],
  ],
  [
    'https://a.example.com https://b.example.com',
    'joined',
    ['https://a.example.com', 'https://b.example.com'],
  ],
  ['"https://a.example.com"', 'quotes', ['https://a.example.com']],
  ['https://é.example.com', 'idn', ['https://xn--9ca.example.com']],
  ['https://user@a.example.com', 'credentials', ['https://a.example.com']],
  ['http://127.1:3000', 'form', ['http://127.0.0.1:3000']],
  ['http://[0:0:0:0:0:0:0:1]', 'form', ['http://[::1]']],
  ['https://a.example.com:08443', 'form', ['https://a.example.com:8443']],
])('no browser sends %j: %s', (entry, kind, meant) => {
  expect(originFlaw(entry)).toMatchObject({ kind, meant })
})

test('what is proposed instead has no flaw, whatever is written', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.domain()), (entry) => {
      for (const meant of originFlaw(entry)?.meant ?? []) expect(originFlaw(meant)).toBeUndefined()
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimValue, listClaims, readMembers, serializeClaims } from '../../../src/token/claims.ts'

test('members keep their own text, repeated names their places', () => {
  const text = ' { "a" : 1e400 , "b":[1,{"c":"]}"}], "a":18446744073709551617,"\\u0061":null } '
  expect(readMembers(text)).toEqual({
    ok: true,
    claims: [
      { name: 'a', json: '1e400' },
      { name: 'b', json: '[1,{"c":"]}"}]' },
      { name: 'a', json: '18446744073709551617' },
      { name: 'a', json: 'null' },
    ],
  })
})

test.each([
  ['', 'not JSON'],
  ['{', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['null', 'not a JSON object'],
  ['"x"', 'not a JSON object'],
])('readMembers(%j) says %j', (text, message) => {
  expect(readMembers(text)).toEqual({ ok: false, message })
})

test('what is read is what was written, for any object', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(object, fc.constantFrom(0, 2), (value, space) => {
      const members = readMembers(JSON.stringify(value, undefined, space))
      const claims = members.ok ? members.claims : []
      expect(JSON.parse(serializeClaims(claims))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('an audience is an array, also a single one', () => {
  expect(serializeClaims(listClaims({ aud: ['a'], exp: 5 }))).toBe('{"aud":["a"],"exp":5}')
})

test('a value too deep to be printed as data stays text', () => {
  const json = `${'['.repeat(501)}"]"${']'.repeat(501)}`
  expect(claimValue({ name: 'x', json })).toBe(json)
  expect(claimValue({ name: 'x', json: '[["]"]]' })).toEqual([[']']])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBreaches, type Policy } from '../../../src/fleet/policy.ts'
import { listClaims, type RegisteredClaims } from '../../../src/token/claims.ts'

const NOW = 1_000_000

test.each<readonly [string, Policy, RegisteredClaims, number]>([
  ['no policy', {}, { role: 'admin' }, 0],
  ['a lifetime within the limit', { maxLifetime: 60 }, { exp: NOW + 60 }, 0],
  ['a lifetime beyond it', { maxLifetime: 60 }, { exp: NOW + 61 }, 1],
  ['no expiry under a limit', { maxLifetime: 60 }, {}, 1],
  ['a required claim', { requiredClaims: ['sub'] }, { sub: '' }, 0],
  ['a missing one', { requiredClaims: ['sub', 'iss'] }, { sub: '' }, 1],
  ['an admin where it is forbidden', { forbidAdmin: true }, { role: 'Admin' }, 1],
  ['an empty prefix likewise', { forbidAdmin: true }, { prefix: '' }, 1],
  ['a prefix of the form', { prefixPattern: 'team-*.' }, { prefix: 'team-a.' }, 0],
  ['a prefix of another form', { prefixPattern: 'team-*.' }, { prefix: 'team-a' }, 1],
  ['a pattern without a star', { prefixPattern: 'a.' }, { prefix: 'a.b' }, 1],
  ['overlapping ends', { prefixPattern: 'aba*aba' }, { prefix: 'ababa' }, 1],
])('%s', (_, policy, claims, count) => {
  expect(findBreaches(policy, listClaims(claims), { alg: 'EdDSA' }, NOW).length).toBe(count)
})

test.each([
  ['an algorithm that is listed', { algorithms: ['EdDSA'] } as const, { alg: 'EdDSA' } as const, 0],
  ['one that is not', { algorithms: ['EdDSA'] } as const, { alg: 'RS256' } as const, 1],
  ['a small RSA key', { minRsaBits: 3072 }, { alg: 'RS256', rsaBits: 2048 } as const, 1],
  ['a key that is no RSA key', { minRsaBits: 3072 }, { alg: 'ES256' } as const, 0],
])('%s', (_, policy, key, count) => {
  expect(findBreaches(policy, [], key, NOW).length).toBe(count)
})

test('a pattern fits as the regular expression it stands for', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 })
  fc.assert(
    fc.property(text, pattern, (prefix, prefixPattern) => {
      const breaches = findBreaches(
        { prefixPattern },
        listClaims({ prefix }),
        { alg: 'EdDSA' },
        NOW,
      )
      expect(breaches.length === 0).toBe(
        new RegExp(`^${prefixPattern.replaceAll('*', '.*')}$`).test(prefix),
      )
    }),
  )
})

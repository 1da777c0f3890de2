import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { describeKeys } from '../../../src/key/describe.ts'
import { listKeys } from '../../../src/key/key-file.ts'
import { importPrivateKey } from '../../../src/key/private-key.ts'
import { importPublicKey } from '../../../src/key/public-key.ts'

const FOLDER = new URL('../../vectors/keys/', import.meta.url)
const SEEDS = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER)))

/** True, or whatever is thrown that is no AuthError. */
function survives(bytes: Uint8Array): boolean {
  for (const read of [importPrivateKey, importPublicKey, describeKeys]) {
    try {
      read(bytes, 'x')
    } catch (error) {
      if (!(error instanceof AuthError)) throw error
    }
  }
  return true
}

test('no bytes do more than an AuthError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives))
})

test('no text does more than an AuthError', () => {
  const words = fc.constantFrom(
    '-----BEGIN ',
    '-----END ',
    '-----',
    'PRIVATE KEY',
    'EC ',
    '\n',
    'MC4C',
    '{"kty":',
    '"d":"AQ"',
    '[',
    'ssh-rsa ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) =>
      survives(Buffer.from(parts.join(''))),
    ),
  )
})

test('no change of a byte of a real key file does more than an AuthError', () => {
  const change = fc.record({ seed: fc.nat(SEEDS.length - 1), at: fc.nat(8_000), byte: fc.nat(255) })
  fc.assert(
    fc.property(change, ({ seed, at, byte }) => {
      const bytes = Uint8Array.from(SEEDS[seed] ?? [])
      if (bytes.length > 0) bytes[at % bytes.length] = byte
      return survives(bytes)
    }),
    { numRuns: 400 },
  )
})

test('no change of the DER in a PEM block does more than an AuthError', () => {
  const entries = SEEDS.flatMap((bytes) => {
    try {
      return listKeys(bytes).filter(({ syntax }) => syntax !== 'JWK')
    } catch {
      return []
    }
  })
  const change = fc.record({ seed: fc.nat(entries.length - 1), at: fc.nat(120), byte: fc.nat(255) })
  fc.assert(
    fc.property(change, ({ seed, at, byte }) => {
      const bytes = Uint8Array.from(entries[seed]?.bytes ?? [])
      bytes[at % bytes.length] = byte
      return survives(bytes)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['nested JSON', '['.repeat(500_000)],
  ['many BEGIN lines', '-----BEGIN X-----\n'.repeat(50_000)],
  [
    'many empty blocks',
    '-----BEGIN EC PARAMETERS-----\n-----END EC PARAMETERS-----\n'.repeat(15_000),
  ],
  ['dashes', '-'.repeat(1_000_000)],
  ['a label without end', `-----BEGIN ${'A '.repeat(400_000)}`],
  ['white space', ' '.repeat(1_000_000)],
  ['padding', '='.repeat(1_000_000)],
  ['an OpenSSH line of spaces', `ssh-rsa${' '.repeat(1_000_000)}!`],
  ['colons', `-----BEGIN X-----\n${'a:\n'.repeat(300_000)}-----END X-----`],
])('%s cost no more than their length', (_what, text) => {
  expect(survives(Buffer.from(text))).toBe(true)
})

test('many small DER elements are refused', () => {
  const content = Buffer.alloc(1_000_000, Buffer.from('0500', 'hex'))
  expect(survives(Buffer.concat([Buffer.from('30830f4240', 'hex'), content]))).toBe(true)
})

test.each([
  ['PuTTY-User-Key-File-3: ssh-ed25519', 'a PuTTY key'],
  ['AGE-SECRET-KEY-1QQ', 'an age identity'],
  ['eyJhbGciOiJFZERTQSJ9.e30.AA', 'a token, not a key'],
  ['{"keys":[]}', 'JSON without a key'],
  ['{"a":1}', 'not a JWK'],
  ['{', 'begins like JSON'],
  ['hello', 'not a key in any known form'],
])('%j is %s', (text, sentence) => {
  expect(() => listKeys(Buffer.from(text))).toThrow(sentence)
})

test('a JWK with a member nested 200,000 levels deep is read like any other', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const jwk = `{"kty":"OKP","crv":"Ed25519","x":"${'A'.repeat(43)}","deep":${deep}}`
  expect(importPublicKey(Buffer.from(jwk)).type).toBe('ed25519')
})

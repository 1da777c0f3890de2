import { readFileSync } from 'node:fs'
import { compactVerify, importSPKI } from 'jose'
import { expect, test } from 'vitest'
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  type Algorithm,
  type AlgorithmRow,
  FITTING,
} from '../../../src/key/algorithm.ts'
import { importPrivateKey, type PrivateKey } from '../../../src/key/private-key.ts'
import { exportSpkiPem } from '../../../src/key/public-key.ts'
import { signInput } from '../../../src/key/sign.ts'

function readKey(name: string): PrivateKey {
  return importPrivateKey(readFileSync(new URL(`../../vectors/keys/${name}`, import.meta.url)))
}

function keyFor(algorithm: Algorithm): PrivateKey {
  const { type, curve }: AlgorithmRow = ALGORITHMS[algorithm]
  if (type === 'ed25519') return readKey('t-ed25519.pem')
  if (type === 'rsa') return readKey('t-rsa2048.pem')
  return readKey(curve === 'P-256' ? 't-p256.pem' : 't-p384.pem')
}

test.each(ALGORITHM_NAMES)('jose accepts what is signed with %s', async (algorithm) => {
  const key = keyFor(algorithm)
  const header = Buffer.from(JSON.stringify({ alg: algorithm })).toString('base64url')
  const input = `${header}.${Buffer.from('{"exp":1}').toString('base64url')}`
  const signature = signInput(algorithm, key, Buffer.from(input))
  const token = `${input}.${Buffer.from(signature).toString('base64url')}`
  const verified = await compactVerify(token, await importSPKI(exportSpkiPem(key), algorithm))
  expect(Buffer.from(verified.payload).toString()).toBe('{"exp":1}')
})

test.each(ALGORITHM_NAMES)('a %s signature has the size of the table', (algorithm) => {
  const row: AlgorithmRow = ALGORITHMS[algorithm]
  expect(signInput(algorithm, keyFor(algorithm), Buffer.from('x'))).toHaveLength(
    row.signature ?? 256,
  )
})

test('the fitting algorithms are those of the table, each in one row', () => {
  const fitting: readonly Algorithm[] = Object.values(FITTING).flat()
  expect(new Set(fitting)).toEqual(new Set(ALGORITHM_NAMES))
  expect(fitting).toHaveLength(ALGORITHM_NAMES.length)
})

test.each([
  ['t-ed25519.pem', 'ES256'],
  ['t-p256.pem', 'ES384'],
  ['t-p384.pem', 'ES256'],
  ['t-rsa2048.pem', 'EdDSA'],
] as const)('%s does not sign with %s', (name, algorithm) => {
  expect(() => signInput(algorithm, readKey(name), Buffer.from('x'))).toThrow(
    `${algorithm} does not fit this key`,
  )
})

import { expect, test } from 'vitest'
import { loadKey } from '../../../../src/target/resonate-go/key.ts'
import { readVector } from '../../../vectors/go-configs.ts'
import { readRows } from '../../../vectors/rows.ts'

interface KeyRow {
  readonly id: string
  readonly publickey: string
  readonly starts: boolean
  readonly exit?: number
  readonly stderr?: string
}

const ROWS = readRows<KeyRow>('go-0.8/keys.jsonl').filter(({ publickey }) => publickey !== '')

test('every recorded key file starts the server or stops it with the recorded words', () => {
  const wrong = ROWS.filter((row) => {
    const load = loadKey(row.publickey, readVector(row.publickey))
    if (load.starts) return !row.starts
    return row.starts || load.exit !== row.exit || `Error: ${load.message}` !== row.stderr
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

/** A SubjectPublicKeyInfo of an elliptic curve, which the object identifier of these bytes names. */
function curveKey(curve: string): Buffer {
  const element = (tag: string, content: string): string =>
    `${tag}${(content.length / 2).toString(16).padStart(2, '0')}${content}`
  const algorithm = element('30', `06072a8648ce3d0201${element('06', curve)}`)
  const der = Buffer.from(element('30', `${algorithm}030200ff`), 'hex')
  return Buffer.from(
    `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`,
  )
}

test.each([
  ['a curve that the server does not know', '2b8104000a', 'unsupported elliptic curve'],
  ['an arc of 31 bits', '2b87ffffff7f', 'unsupported elliptic curve'],
  ['an arc of 32 bits', '2b8fffffff7f', 'invalid ECDSA parameters'],
  ['an arc that does not end', '2b810400ae', 'invalid ECDSA parameters'],
  ['an arc with a leading zero', '2b80810400', 'invalid ECDSA parameters'],
  ['no arcs', '', 'invalid ECDSA parameters'],
])('%s', (_, curve, complaint) => {
  expect(loadKey('k.pem', { ok: true, bytes: curveKey(curve) })).toEqual({
    starts: false,
    exit: 1,
    message: `failed to parse public key: x509: ${complaint}`,
  })
})

import { generateKeyPairSync, verify } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folder, NOW, run } from './run.ts'

/** RFC 8037 A.1 as PKCS#8. */
const PRIVATE =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const RSA = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const P384 = p384.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const work = folder({
  'private.pem': { text: PRIVATE, mode: 0o600 },
  'rsa.pem': { text: RSA, mode: 0o600 },
  'p384.pem': { text: P384, mode: 0o600 },
  'claims.json': '{"team":"blue","big":18446744073709551617}',
  'prefix.json': '{"prefix":"a.","exp":4102444800}',
})
afterAll(work.remove)

const cwd = work.path
const mint = (...argv: string[]): ReturnType<typeof run> => run(['mint', ...argv], { cwd })

const segment = (token: string, index: number): string =>
  Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()

test('bare mint --prefix gives one token on stdout, for an hour, with a random id', async () => {
  const { status, stdout } = await mint('--prefix', 'worker-1')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}\n$/)
  expect(segment(stdout, 0)).toBe('{"alg":"EdDSA","typ":"JWT"}')
  const { jti, ...claims } = JSON.parse(segment(stdout, 1))
  expect(claims).toEqual({ exp: NOW + 3600, iat: NOW, prefix: 'worker-1' })
  expect(jti).toMatch(/^[\w-]{22}$/)
})

test("the signature is the key's own", async () => {
  const { stdout } = await mint('--prefix', 'a.', '--key', 'rsa.pem', '--quiet')
  const [header, payload, signature = ''] = stdout.trim().split('.')
  const input = Buffer.from(`${header}.${payload}`)
  expect(verify('sha256', input, rsa.publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
})

test.each<readonly [string, readonly string[], unknown]>([
  ['an empty prefix for --all-ids', ['--all-ids'], { prefix: '' }],
  ['a role', ['--role', 'admin'], { role: 'admin' }],
  ['neither', ['--no-prefix'], {}],
  ['one audience as an array', ['--all-ids', '--aud', 'a'], { aud: ['a'], prefix: '' }],
  [
    'audiences in their order',
    ['--all-ids', '--aud', 'b', '--aud', 'a'],
    { aud: ['b', 'a'], prefix: '' },
  ],
  [
    'the last word of two about the audience',
    ['--all-ids', '--no-aud', '--aud', 'a'],
    { aud: ['a'], prefix: '' },
  ],
  [
    'an issuer and a subject',
    ['--all-ids', '--iss', 'i', '--sub', 's'],
    { iss: 'i', sub: 's', prefix: '' },
  ],
  [
    'a text claim with "=" and quotes',
    ['--all-ids', '--claim', 'n=a="b"'],
    { prefix: '', n: 'a="b"' },
  ],
  [
    'a JSON claim',
    ['--all-ids', '--claim-json', 'n=[1,{"a":null}]'],
    { prefix: '', n: [1, { a: null }] },
  ],
  [
    'a member called __proto__',
    ['--all-ids', '--claim-json', '__proto__={"a":1}'],
    JSON.parse('{"prefix":"","__proto__":{"a":1}}'),
  ],
  ['exp and prefix from a file', ['--claims', '@prefix.json'], { prefix: 'a.', exp: 4102444800 }],
])('the claims set has %s', async (_, argv, claims) => {
  const { stdout } = await mint(...argv, '--no-jti', '--no-iat')
  const expected = { exp: NOW + 3600, ...(claims as object) }
  expect(JSON.parse(segment(stdout, 1))).toEqual(expected)
})

test('numbers from a file keep every digit', async () => {
  const { stdout } = await mint('--all-ids', '--claims', '@claims.json')
  expect(segment(stdout, 1)).toContain('"big":18446744073709551617')
})

test.each([
  ['15m', NOW + 900],
  ['1h30m', NOW + 5400],
  ['P1DT2H', NOW + 93_600],
  ['2026-12-31T00:00:00Z', 1_798_675_200],
  ['1798675200', 1_798_675_200],
])('--exp %s is %d', async (exp, seconds) => {
  const { stdout } = await mint('--all-ids', '--exp', exp)
  expect(JSON.parse(segment(stdout, 1)).exp).toBe(seconds)
})

test.each<readonly [string, readonly string[], string]>([
  [
    'nothing that says what it opens',
    [],
    'give one of --prefix PREFIX, --role admin, --all-ids, --no-prefix',
  ],
  ['a role that opens nothing', ['--role', 'worker'], 'give one of --prefix'],
  ['a bare number as a duration', ['--all-ids', '--exp', '3600'], 'for a duration write 3600s'],
  [
    'a claim given twice',
    ['--prefix', 'a', '--claim', 'prefix=b'],
    'claim "prefix" is given twice, by --prefix and --claim',
  ],
  ['an algorithm that does not fit', ['--all-ids', '--alg', 'ES256'], 'ES256 does not fit the key'],
  ['an unknown algorithm', ['--all-ids', '--alg', 'Ed25519'], 'Allowed choices are EdDSA'],
  ['all ids and a prefix', ['--all-ids', '--prefix', 'a'], 'contradict each other'],
  ['a JSON claim that is none', ['--all-ids', '--claim-json', 'a=b'], 'is not JSON'],
  ['a claim without a name', ['--all-ids', '--claim', '=b'], 'Expected name=value'],
])('%s is a usage error and prints no token', async (_, argv, says) => {
  const { status, stdout, stderr } = await mint(...argv)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(says)
})

test.each<readonly [string, readonly string[], string]>([
  ['an expired one', ['--all-ids', '--exp', '2026-01-01'], 'would answer 401'],
  ['one without exp', ['--all-ids', '--claim-json', 'exp=null'], 'would answer 401'],
  ['a string audience', ['--all-ids', '--claim', 'aud=x'], 'would answer 401'],
  ['a number as issuer', ['--all-ids', '--claim-json', 'iss=1'], 'would answer 401'],
  ['a number as role', ['--all-ids', '--claim-json', 'role=1'], 'would answer 401'],
  ['a prefix that is no string', ['--claim-json', 'prefix=1'], 'would answer 403'],
])('%s is refused because the server would refuse it', async (_, argv, says) => {
  const { status, stdout, stderr } = await mint(...argv)
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain(says)
  expect(await mint(...argv, '--allow-dead')).toMatchObject({ status: 0 })
})

test.each<readonly [string, readonly string[], string]>([
  ['an admin with a prefix', ['--role', 'admin', '--prefix', 'a.'], 'role=admin voids the prefix'],
  ['an empty prefix', ['--all-ids'], 'an empty prefix opens everything'],
  [
    'a prefix without a delimiter',
    ['--prefix', 'worker-1'],
    'prefix "worker-1" also opens "worker-10…"',
  ],
  ['a colon', ['--prefix', 'worker-1:'], 'newer ones refuse ":"'],
  ['a long life', ['--all-ids', '--exp', '91d'], 'the token lives 91 days'],
  ['milliseconds', ['--all-ids', '--exp', '1798675200000'], 'looks like milliseconds'],
  ['no reach', ['--no-prefix'], 'every operation is answered 403'],
])('%s is noted, and not under --quiet', async (_, argv, says) => {
  expect((await mint(...argv)).stderr).toContain(says)
  expect((await mint(...argv, '--quiet')).stderr).toBe('')
})

test('a well-formed prefix is minted without a word', async () => {
  expect((await mint('--prefix', 'worker-1.')).stderr).toBe('')
})

test('--kid alone is the RFC 7638 thumbprint', async () => {
  const { stdout } = await mint('--all-ids', '--kid')
  expect(JSON.parse(segment(stdout, 0)).kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
})

test('--alg chooses within the key: PS256 with an RSA key', async () => {
  const { stdout } = await mint('--all-ids', '--key', 'rsa.pem', '--alg', 'PS256')
  expect(JSON.parse(segment(stdout, 0)).alg).toBe('PS256')
})

test('a P-384 key signs ES384', async () => {
  const { stdout } = await mint('--all-ids', '--key', 'p384.pem')
  expect(JSON.parse(segment(stdout, 0)).alg).toBe('ES384')
})

test('--out writes 0600 once and says so; the second time it is refused', async () => {
  const argv = ['--prefix', 'a.', '--out', 'a.jwt']
  expect(await mint(...argv)).toEqual({
    status: 0,
    stdout: '',
    stderr: 'resonate-auth: wrote a.jwt\n',
  })
  const path = join(cwd, 'a.jwt')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const before = readFileSync(path, 'utf8')
  const again = await mint(...argv)
  expect(again).toMatchObject({ status: 3, stdout: '' })
  expect(again.stderr).toContain('--force')
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(await mint(...argv, '--force')).toMatchObject({ status: 0 })
})

test('--json gives the token with its parts', async () => {
  const { stdout } = await mint('--prefix', 'a.', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'resonate-auth/mint/v1',
    key: 'private.pem',
    header: { alg: 'EdDSA' },
    payload: { prefix: 'a.', exp: NOW + 3600 },
  })
})

test('a policy refuses what it forbids and says which rule', async () => {
  const strict = folder({
    'private.pem': { text: PRIVATE, mode: 0o600 },
    '.resonate-authrc.json':
      '{"ttl":"15m","policy":{"maxLifetime":"1h","forbidAdmin":true,"requiredClaims":["sub"],"prefixPattern":"team-*."}}',
  })
  const at = { cwd: strict.path }
  const fine = await run(['mint', '--prefix', 'team-a.', '--sub', 's', '--quiet'], at)
  expect(JSON.parse(segment(fine.stdout, 1)).exp).toBe(NOW + 900)
  const refusals: readonly (readonly [readonly string[], string])[] = [
    [['--prefix', 'team-a.', '--sub', 's', '--exp', '2h'], 'a token may live 60 min at most'],
    [['--role', 'admin', '--sub', 's'], 'a token that opens everything is forbidden'],
    [['--prefix', 'team-a.'], 'claim "sub" is required'],
    [['--prefix', 'b.', '--sub', 's'], 'is not of the form "team-*."'],
  ]
  for (const [argv, says] of refusals) {
    const { status, stdout, stderr } = await run(['mint', ...argv], at)
    expect({ status, stdout, told: stderr.includes(says) }).toEqual({
      status: 3,
      stdout: '',
      told: true,
    })
  }
  strict.remove()
})

test('no key at all says how to make one', async () => {
  const empty = folder()
  const { status, stdout, stderr } = await run(['mint', '--prefix', 'a.'], { cwd: empty.path })
  empty.remove()
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('resonate-auth keygen')
})

import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { derivePublicPath } from '../../src/cli/keygen.ts'
import { folder, type RunOptions, type RunResult, run } from './run.ts'

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const { remove } of made) remove()
})

type Files = Parameters<typeof folder>[0]

/** Runs in a new folder with `files`; `read` reads from it afterwards. */
async function runIn(
  argv: readonly string[],
  files: Files = {},
  options: RunOptions = {},
): Promise<
  RunResult & { path: string; read: (name: string) => string; mode: (name: string) => number }
> {
  const { path, remove } = folder(files)
  made.push({ remove })
  const result = await run(argv, { ...options, cwd: path })
  return {
    ...result,
    path,
    read: (name) => readFileSync(join(path, name), 'utf8'),
    mode: (name) => statSync(join(path, name)).mode & 0o777,
  }
}

test('bare keygen writes an Ed25519 pair and prints what goes under [auth]', async () => {
  const { status, stdout, stderr, read, mode } = await runIn(['keygen'])
  expect(status).toBe(0)
  expect(stdout).toBe('[auth]\npublickey = "public.pem"\n')
  expect(stderr).toMatch(/wrote private\.pem \(Ed25519, for you alone\)/)
  expect(stderr).toMatch(/kid [\w-]{43}\n/)
  expect(stderr).toMatch(/SPKI SHA-256 [0-9a-f]{64}\n/)
  expect([mode('private.pem'), mode('public.pem')]).toEqual([0o600, 0o644])
  expect(
    createPublicKey(createPrivateKey(read('private.pem'))).export({ format: 'pem', type: 'spki' }),
  ).toBe(read('public.pem'))
})

test('the modes do not follow the umask', async () => {
  const before = process.umask(0o077)
  try {
    const { mode } = await runIn(['keygen'])
    expect([mode('private.pem'), mode('public.pem')]).toEqual([0o600, 0o644])
  } finally {
    process.umask(before)
  }
})

test.each([
  [['--type', 'rsa', '--bits', '2048'], 'rsa', undefined],
  [['--type', 'ec'], 'ec', 'prime256v1'],
  [['--type', 'ec', '--curve', 'P-384'], 'ec', 'secp384r1'],
] as const)('keygen %j writes that kind of key', async (argv, type, curve) => {
  const { status, read } = await runIn(['keygen', ...argv])
  expect(status).toBe(0)
  const key = createPrivateKey(read('private.pem'))
  expect(key.asymmetricKeyType).toBe(type)
  expect(key.asymmetricKeyDetails?.namedCurve).toBe(curve)
})

test('--json is one document with paths, kid and fingerprint, and no secret', async () => {
  const { stdout, stderr, read } = await runIn(['keygen', '--json', '--quiet'])
  expect(stderr).toBe('')
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    schema: 'resonate-auth/keygen/v1',
    type: 'Ed25519',
    algorithms: ['EdDSA'],
    encrypted: false,
    privateKey: 'private.pem',
    publicKey: 'public.pem',
    publicKeyPem: read('public.pem'),
  })
  expect(document.jwk).toEqual(createPublicKey(read('public.pem')).export({ format: 'jwk' }))
  const [, secret = 'missing'] = read('private.pem').split('\n')
  expect(stdout).not.toContain(secret)
})

test.each([
  ['private.pem', 'public.pem'],
  ['keys/private.pem', 'keys/public.pem'],
  ['worker.pem', 'worker.pub.pem'],
  ['keys/worker.key', 'keys/worker.pub.pem'],
  ['my.private.key', 'my.public.key'],
])('the public key of %s goes to %s', (out, publicOut) => {
  expect(derivePublicPath(out)).toBe(publicOut)
})

test.each(['private.pem', 'public.pem'])(
  'an existing %s is left alone, and nothing else is written',
  async (name) => {
    const { status, stdout, stderr, path, read } = await runIn(['keygen'], { [name]: 'mine' })
    expect(status).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toMatch(`error: ${name}: already exists, nothing was written`)
    expect(stderr).toMatch('--force')
    expect(readdirSync(path)).toEqual([name])
    expect(read(name)).toBe('mine')
  },
)

test('--force replaces the pair, and the mode of a file that others could read', async () => {
  const { status, read, mode } = await runIn(['keygen', '--force'], {
    'private.pem': { text: 'old', mode: 0o644 },
    'public.pem': 'old',
  })
  expect(status).toBe(0)
  expect(read('private.pem')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(mode('private.pem')).toBe(0o600)
})

test('a directory that is not there is told before the work', async () => {
  const { status, stderr, path } = await runIn(['keygen', '--out', 'keys/private.pem'])
  expect(status).toBe(3)
  expect(stderr).toMatch('keys/private.pem: no such directory')
  expect(readdirSync(path)).toEqual([])
})

test('--out - prints the private key alone and shows the public one', async () => {
  const { status, stdout, stderr, path } = await runIn(['keygen', '--out', '-'])
  expect(status).toBe(0)
  expect(createPrivateKey(stdout).asymmetricKeyType).toBe('ed25519')
  expect(stderr).toMatch('-----BEGIN PUBLIC KEY-----')
  expect(readdirSync(path)).toEqual([])
})

test('--out - with --public-out writes the public half', async () => {
  const { stdout, read } = await runIn(['keygen', '--out', '-', '--public-out', 'p.pem'])
  expect(createPublicKey(createPrivateKey(stdout)).export({ format: 'pem', type: 'spki' })).toBe(
    read('p.pem'),
  )
})

test('a private key on a terminal is warned about', async () => {
  const { stderr } = await runIn(['keygen', '--out', '-'], {}, { terminal: { stdout: true } })
  expect(stderr).toMatch('warning: the private key stands on your terminal')
})

test.each([
  [['--bits', '2048'], 'add --type rsa'],
  [['--curve', 'P-384'], 'add --type ec'],
  [['--type', 'rsa', '--bits', '1024'], 'from 2048 to 8192'],
  [['--type', 'rsa', '--bits', '8193'], 'from 2048 to 8192'],
  [['--type', 'dsa'], 'ed25519, rsa, ec'],
  [['--curve', 'P-521', '--type', 'ec'], 'P-256, P-384'],
  [['--out', 'a.pem', '--public-out', './a.pem'], 'same place'],
  [['--encrypt'], '--passphrase-file'],
  [['--passphrase-file', 'a', '--passphrase-fd', '3'], 'both give the passphrase'],
])('keygen %j is a usage error', async (argv, sentence) => {
  const { status, stdout, stderr, path } = await runIn(['keygen', ...argv])
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(sentence)
  expect(readdirSync(path)).toEqual([])
})

test('a passphrase from a file encrypts, its line end apart', async () => {
  const { status, stderr, read } = await runIn(['keygen', '--passphrase-file', 'pass'], {
    pass: { text: 'open sesame\r\n', mode: 0o600 },
  })
  expect(status).toBe(0)
  expect(stderr).toMatch('Ed25519, encrypted')
  expect(stderr).not.toMatch('warning')
  const pem = read('private.pem')
  expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
  expect(createPrivateKey({ key: pem, passphrase: 'open sesame' }).asymmetricKeyType).toBe(
    'ed25519',
  )
})

/** A person at a terminal who answers each of the two questions, once. */
function person(first: string, second: string): RunOptions {
  const answers = [
    ['new passphrase:', first],
    ['the same passphrase again:', second],
  ] as const
  return { terminal: { stderr: true }, answers }
}

test('--encrypt asks for the passphrase twice', async () => {
  const { status, read } = await runIn(['keygen', '--encrypt'], {}, person('sesame', 'sesame'))
  expect(status).toBe(0)
  expect(createPrivateKey({ key: read('private.pem'), passphrase: 'sesame' }).type).toBe('private')
})

test('two different passphrases write nothing', async () => {
  const { status, path } = await runIn(['keygen', '--encrypt'], {}, person('sesame', 'simsim'))
  expect(status).toBe(3)
  expect(readdirSync(path)).toEqual([])
})

test('an empty passphrase is refused', async () => {
  const { status, stderr, path } = await runIn(['keygen', '--passphrase-file', 'pass'], {
    pass: '\n',
  })
  expect(status).toBe(3)
  expect(stderr).toMatch('the passphrase is empty')
  expect(readdirSync(path)).toEqual(['pass'])
})

test('a target without tokens has nothing to prove the pair with', async () => {
  const { status, path } = await runIn(['keygen', '--target', 'resonate-go@0.7'])
  expect(status).toBe(2)
  expect(readdirSync(path)).toEqual([])
})

test('a kind of key that the target does not take is refused before it is written', async () => {
  const { status, stderr, path } = await runIn(['keygen', '--target', 'resonate-go@0.8'])
  expect(status).toBe(3)
  expect(stderr).toMatch('resonate-go@0.8 does not accept keys of this kind, nothing was written')
  expect(readdirSync(path)).toEqual([])
})

test('the search for RSA primes moves where a terminal watches, and is silent elsewhere', async () => {
  const host = { generateRsa: async () => readFileSync(new URL('rsa.der', WORK)) }
  const argv = ['keygen', '--type', 'rsa', '--bits', '2048']
  const watched = await runIn(argv, {}, { host, terminal: { stderr: true } })
  const unwatched = await runIn(argv, {}, { host })
  expect(watched.stderr).toMatch('searching an RSA key of 2048 bits')
  expect(unwatched.stderr).not.toMatch('searching')
})

const WORK = (() => {
  const { path, remove } = folder()
  made.push({ remove })
  const pem = readFileSync(new URL('../vectors/keys/t-rsa2048.pem', import.meta.url))
  writeFileSync(
    join(path, 'rsa.der'),
    createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }),
  )
  return new URL(`file://${path}/`)
})()

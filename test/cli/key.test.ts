import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKeyInput,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRows, VECTORS } from '../vectors/rows.ts'
import { folder, type RunOptions, type RunResult, run } from './run.ts'

const KEYS = join(VECTORS, 'keys')
const made: { remove: () => void }[] = []
afterAll(() => {
  for (const { remove } of made) remove()
})

function keyBytes(name: string): Buffer {
  return readFileSync(join(KEYS, name))
}

/** Runs `key …` where the key files lie. */
function runKey(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(['key', ...argv], { cwd: KEYS, ...options })
}

/** A folder of its own with some of the key files, readable for their owner alone. */
function shelf(...names: readonly string[]): string {
  const { path, remove } = folder({ pass: { text: 'x\n', mode: 0o600 } })
  made.push({ remove })
  for (const name of names) writeFileSync(join(path, name), keyBytes(name), { mode: 0o600 })
  return path
}

interface RustRow {
  readonly file: string | null
  readonly starts: boolean
  readonly stderr?: string
  readonly accepted: Readonly<Record<string, number>>
}

test('inspect says of every recorded file what the Rust server did with it', async () => {
  const wrong: string[] = []
  for (const { file, starts, stderr, accepted } of readRows<RustRow>('rust-0.9/keys.jsonl')) {
    if (file === null) continue
    const name = basename(file)
    const { status, stdout } = await runKey(['inspect', name, '--json', '--target', 'resonate@0.9'])
    const [told] = JSON.parse(stdout).targets
    const algorithms = Object.keys(accepted).filter((alg) => accepted[alg] === 200)
    const same =
      status === (algorithms.length > 0 ? 0 : 1) &&
      told.starts === starts &&
      (starts ? true : `Fatal: ${told.message}\n` === stderr) &&
      algorithms.every((alg) => told.algorithms.includes(alg)) &&
      told.usable === algorithms.length > 0
    if (!same) wrong.push(name)
  }
  expect(wrong).toEqual([])
})

interface GoRow {
  readonly publickey: string
  readonly starts: boolean
  readonly stderr?: string
  readonly token_status?: Readonly<Record<string, { readonly status: number }>>
}

test('inspect says of every recorded file what the Go server did with it', async () => {
  const wrong: string[] = []
  const rows = readRows<GoRow>('go-0.8/keys.jsonl').filter(
    ({ publickey }) =>
      statSync(join(VECTORS, publickey), { throwIfNoEntry: false })?.isFile() === true,
  )
  for (const { publickey, starts, stderr, token_status = {} } of rows) {
    const argv = ['inspect', publickey, '--json', '--target', 'resonate-go@0.8']
    const [told] = JSON.parse((await runKey(argv, { cwd: VECTORS })).stdout).targets
    const usable = Object.values(token_status).some(({ status }) => status !== 401)
    if (
      told.starts !== starts ||
      told.usable !== usable ||
      (!starts && `Error: ${told.message}` !== stderr)
    )
      wrong.push(publickey)
  }
  expect({ wrong, some: rows.length > 0 }).toEqual({ wrong: [], some: true })
})

test.each([
  ['t-ed25519.pem', 0, { form: 'PKCS#8', type: 'Ed25519', private: true, algorithms: ['EdDSA'] }],
  ['k-private-rsa2048-pkcs1.pem', 0, { form: 'PKCS#1', type: 'RSA', bits: 2048, private: true }],
  ['k-private-ec-p256-sec1.pem', 0, { form: 'SEC1', type: 'EC', curve: 'P-256', private: true }],
  ['k-ed25519.der', 0, { form: 'SPKI', encoding: 'DER', label: null, private: false }],
  ['k-ed25519.jwk.json', 0, { form: 'JWK', encoding: 'JSON', type: 'Ed25519' }],
  ['k-cert-ec-p384-self.pem', 0, { form: 'X.509 certificate', type: 'EC', curve: 'P-384' }],
  ['k-ssh-ed25519-public.txt', 0, { form: 'OpenSSH public', type: 'Ed25519', private: false }],
  ['k-ssh-rsa-private.pem', 0, { form: 'OpenSSH private', type: 'RSA', private: true }],
  ['k-rsa1024.pem', 0, { type: 'RSA', bits: 1024 }],
  ['k-ec-p521.pem', 0, { type: 'P-521', algorithms: [], kid: null, spkiSha256: null }],
  ['k-ec-p256-infinity.pem', 3, { type: null, problem: expect.stringContaining('not on P-256') }],
  [
    'k-private-ed25519-encrypted-pkcs8.pem',
    0,
    { form: 'encrypted PKCS#8', encrypted: true, private: true, type: null },
  ],
] as const)('inspect %s exits %i and says %j', async (name, status, key) => {
  const result = await runKey(['inspect', name, '--json'])
  expect(result.status).toBe(status)
  expect(JSON.parse(result.stdout)).toMatchObject({
    schema: 'resonate-auth/key/v1',
    file: name,
    keys: [key],
  })
})

test('inspect lists every key of a file', async () => {
  const { stdout } = await runKey(['inspect', 'k-two-blocks-ed-then-rsa.pem'])
  expect(stdout).toMatch(/, key 1 of 2: a public key\n(?: .*\n)*? {2}key +Ed25519\n/)
  expect(stdout).toMatch(/, key 2 of 2: a public key\n(?: .*\n)*? {2}key +RSA 2048\n/)
})

test('inspect opens an encrypted key with its passphrase, and a wrong one is an error', async () => {
  const name = 'k-private-ed25519-encrypted-pkcs8.pem'
  const cwd = shelf(name)
  const opened = await runKey(['inspect', name, '--passphrase-file', 'pass'], { cwd })
  expect(opened).toMatchObject({ status: 0, stderr: '' })
  expect(opened.stdout).toMatch(/an encrypted private key\n(?: .*\n)* {2}key +Ed25519\n/)
  writeFileSync(join(cwd, 'pass'), 'wrong')
  const closed = await runKey(['inspect', name, '--passphrase-file', 'pass'], { cwd })
  expect(closed.status).toBe(3)
  expect(closed.stderr).toMatch(`${name}: the passphrase does not open the private key`)
})

test('inspect of a private key shows no secret, its mode, and that its public half works', async () => {
  const cwd = shelf('t-rsa2048.pem')
  const { status, stdout, stderr } = await runKey(['inspect', 't-rsa2048.pem'], { cwd })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^ {2}mode +0600$/m)
  expect(stdout).toMatch('starts and then rejects every token: it is a private key')
  expect(stdout).toMatch(/its public half, written by "resonate-auth key public"[\s\S]*works with/)
  for (const line of keyBytes('t-rsa2048.pem').toString().split('\n').slice(1, -2))
    expect(stdout).not.toContain(line)
})

test('a private key that others can read is warned about, a public one is not', async () => {
  const { path, remove } = folder({
    'private.pem': { text: keyBytes('t-ed25519.pem').toString(), mode: 0o644 },
    'public.pem': { text: keyBytes('t-ed25519.pub.pem').toString(), mode: 0o644 },
  })
  made.push({ remove })
  const told = await runKey(['inspect', 'private.pem'], { cwd: path })
  expect(told.stderr).toMatch('private.pem can be read or written by others (mode 0644)')
  expect(await runKey(['inspect', 'public.pem'], { cwd: path })).toMatchObject({ stderr: '' })
})

test.each([
  [['t-ed25519.pub.pem', '--target', 'resonate'], 0],
  [['t-ed25519.pub.pem', '--target', 'resonate-go'], 1],
  [['t-ed25519.pem', '--target', 'resonate@0.9'], 1],
  [['k-rsa1024.pem', '--target', 'resonate@0.9'], 1],
  [['k-empty.pem', '--target', 'resonate@0.9'], 1],
  [['k-empty.pem'], 3],
  [['nothing.pem', '--target', 'resonate@0.9'], 3],
  [['t-ed25519.pub.pem', '--target', 'resonate-go@0.7'], 2],
] as const)('inspect %j exits %i', async (argv, status) => {
  expect((await runKey(['inspect', ...argv])).status).toBe(status)
})

test.each(['inspect', 'public', 'convert'])(
  '%s without a file reads what is piped in, else private.pem',
  async (verb) => {
    const cwd = shelf('t-ed25519.pem')
    writeFileSync(join(cwd, 'private.pem'), keyBytes('t-p256.pem'), { mode: 0o600 })
    const piped = await runKey([verb, '--json'], { cwd, stdin: keyBytes('t-ed25519.pem') })
    const dashed = await runKey([verb, '-', '--json'], { cwd, stdin: keyBytes('t-ed25519.pem') })
    const bare = await runKey([verb, '--json'], { cwd })
    expect(piped).toMatchObject({ status: 0, stdout: dashed.stdout })
    expect(bare.stdout).not.toBe(piped.stdout)
    expect(bare.status).toBe(0)
  },
)

/** The public half as `node:crypto` sees it. */
function publicOf(name: string): KeyObject {
  return name.includes('cert')
    ? new X509Certificate(keyBytes(name)).publicKey
    : createPublicKey(keyBytes(name))
}

test.each([
  't-ed25519.pem',
  't-ed25519.pub.pem',
  't-p256.pem',
  't-p384.pem',
  't-rsa2048.pem',
  't-rsa1024.pub.pem',
  'k-private-rsa2048-pkcs1.pem',
  'k-private-ec-p256-sec1.pem',
  'k-cert-rsa2048-self.pem',
  'k-rsa2048-pkcs1.pem',
])('public of %s is what node:crypto makes of it', async (name) => {
  expect(await runKey(['public', name])).toMatchObject({
    status: 0,
    stdout: publicOf(name).export({ format: 'pem', type: 'spki' }),
  })
})

test.each([
  ['k-ed25519.jwk.json', 'k-ed25519.pem'],
  ['k-ed25519.der', 'k-ed25519.pem'],
  ['k-ssh-ed25519-from-k-ed25519.txt', 'k-ed25519.pem'],
  ['k-ec-p256-compressed.pem', 'k-ec-p256.pem'],
])('public of %s is %s', async (name, pem) => {
  const { stdout } = await runKey(['public', name])
  expect(stdout).toBe(createPublicKey(keyBytes(pem)).export({ format: 'pem', type: 'spki' }))
})

/** How `node:crypto` reads each form again. */
const READERS: Readonly<Record<string, (text: string) => KeyObject>> = {
  pkcs8: createPrivateKey,
  pkcs1: createPrivateKey,
  sec1: createPrivateKey,
  jwk: (text) => createPrivateKey(jwkInput(JSON.parse(text))),
  jwks: (text) => createPrivateKey(jwkInput(JSON.parse(text).keys[0])),
}

function jwkInput(key: JsonWebKeyInput['key']): JsonWebKeyInput {
  return { key, format: 'jwk' }
}

test.each([
  ['t-ed25519.pem', 'pkcs8', /^-----BEGIN PRIVATE KEY-----\n/],
  ['t-ed25519.pem', 'jwk', /"crv": "Ed25519"/],
  ['t-ed25519.pem', 'jwks', /^\{\n {2}"keys": \[/],
  ['t-p256.pem', 'sec1', /^-----BEGIN EC PRIVATE KEY-----\n/],
  ['t-p384.pem', 'sec1', /^-----BEGIN EC PRIVATE KEY-----\n/],
  ['t-p256.pem', 'jwk', /"y":/],
  ['t-rsa2048.pem', 'pkcs1', /^-----BEGIN RSA PRIVATE KEY-----\n/],
  ['t-rsa2048.pem', 'jwk', /"qi":/],
  ['k-private-rsa2048-pkcs1.pem', 'pkcs8', /^-----BEGIN PRIVATE KEY-----\n/],
  ['k-private-ec-p256-sec1.pem', 'jwks', /"kid":/],
])('convert %s --to %s keeps the key', async (name, format, looks) => {
  const { status, stdout } = await runKey(['convert', name, '--to', format])
  expect(status).toBe(0)
  expect(stdout).toMatch(looks)
  const before = createPrivateKey(keyBytes(name))
  expect(READERS[format]?.(stdout).equals(before)).toBe(true)
})

test.each([
  ['pkcs8-der', 't-p256.pem', true],
  ['spki-der', 't-p256.pem', false],
  ['spki-der', 't-p256.pub.pem', false],
] as const)('convert --to %s of %s writes DER into a file', async (format, name, secret) => {
  const cwd = shelf(name)
  expect(
    await runKey(['convert', name, '--to', format, '--out', 'key.der'], { cwd }),
  ).toMatchObject({ status: 0, stdout: '' })
  const key = readFileSync(join(cwd, 'key.der'))
  const read = secret
    ? createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    : createPublicKey({ key, format: 'der', type: 'spki' })
  expect(createPublicKey(read.export({ format: 'pem', type: secret ? 'pkcs8' : 'spki' }))).toEqual(
    createPublicKey(keyBytes(name)),
  )
  expect(statSync(join(cwd, 'key.der')).mode & 0o777).toBe(secret ? 0o600 : 0o644)
})

test('DER on a terminal is refused, in a document it is base64', async () => {
  const argv = ['public', 't-p256.pub.pem', '--to', 'spki-der']
  const shown = await runKey(argv, { terminal: { stdout: true } })
  expect(shown).toMatchObject({ status: 2, stdout: '' })
  expect(shown.stderr).toMatch('--out FILE')
  const { base64 } = JSON.parse((await runKey([...argv, '--json'])).stdout)
  const der = createPublicKey(keyBytes('t-p256.pub.pem')).export({ format: 'der', type: 'spki' })
  expect(base64).toBe(der.toString('base64'))
})

test('convert encrypts, and what it wrote opens with the passphrase alone', async () => {
  const cwd = shelf('t-rsa2048.pem')
  const argv = ['convert', 't-rsa2048.pem', '--new-passphrase-file', 'pass', '--out', 'e.pem']
  expect(await runKey(argv, { cwd })).toMatchObject({ status: 0, stdout: '' })
  const key = readFileSync(join(cwd, 'e.pem'), 'utf8')
  expect(key).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
  const opened = createPrivateKey({ key, passphrase: 'x' })
  expect(opened.equals(createPrivateKey(keyBytes('t-rsa2048.pem')))).toBe(true)
  const plain = await runKey(['convert', 'e.pem', '--passphrase-file', 'pass'], { cwd })
  expect(plain.stdout).toBe(keyBytes('t-rsa2048.pem').toString())
  expect(plain.stderr).toMatch('e.pem is encrypted, what is written is not')
})

test.each([
  [
    ['convert', 't-p256.pub.pem', '--to', 'pkcs8'],
    3,
    'a public key; it cannot become a private one',
  ],
  [['convert', 't-p256.pub.pem', '--to', 'sec1'], 3, 'it cannot become a private one'],
  [['convert', 'k-cert-rsa2048-self.pem', '--to', 'pkcs8'], 3, 'a certificate; it cannot become'],
  [['convert', 't-ed25519.pem', '--to', 'pkcs1'], 3, 't-ed25519.pem: PKCS#1 is for RSA keys'],
  [['convert', 't-rsa2048.pem', '--to', 'sec1'], 3, 't-rsa2048.pem: SEC1 is for EC keys'],
  [['public', 't-p256.pub.pem', '--to', 'pkcs1'], 3, 't-p256.pub.pem: PKCS#1 is for RSA keys'],
  [['public', 't-p256.pub.pem', '--to', 'pkcs8'], 2, "'pkcs8' is invalid"],
  [['convert', 't-p256.pem', '--to', 'encrypted-pkcs8'], 2, 'nobody to ask for a passphrase'],
  [
    ['convert', 't-p256.pem', '--to', 'jwk', '--new-passphrase-fd', '9'],
    2,
    'a new passphrase is for --to encrypted-pkcs8',
  ],
  [['convert', 't-p521.pem'], 3, 'a P-521 key; tokens are signed with'],
  [['public', 'k-ec-p521.pem', '--to', 'jwks'], 3, 'k-ec-p521.pem: a P-521 key'],
  [['public', 'k-private-rsa2048-encrypted-pkcs8.pem'], 3, 'no passphrase was given'],
  [['public', 'k-empty.pem'], 3, 'k-empty.pem: is empty'],
  [['public', 'k-csr-rsa2048.pem'], 3, 'a certificate request, not a key'],
  [['match', '-', '-'], 2, 'standard input cannot be both'],
  [['match', 't-p256.pem', 'k-private-rsa2048-encrypted-pkcs8.pem'], 3, 'no passphrase was given'],
  [['match', 't-p256.pem', 'k-ec-p521.pem'], 3, 'k-ec-p521.pem: a P-521 key'],
  [['match', 't-p256.pem', 'nothing.pem'], 3, 'nothing.pem: no such file'],
  [['match', 't-p256.pem'], 2, 'missing required argument'],
  [['bogus'], 2, 'see "resonate-auth key --help"'],
  [['inspect', '--bogus'], 2, 'see "resonate-auth key inspect --help"'],
] as const)('key %j exits %i: %s', async (argv, status, says) => {
  const result = await runKey(argv, { stdin: '' })
  expect(result).toMatchObject({ status, stdout: '' })
  expect(result.stderr).toContain(says)
})

test('an existing file is left alone without --force, and the own private key always', async () => {
  const cwd = shelf('t-ed25519.pem', 't-p256.pub.pem')
  const kept = await runKey(['public', 't-ed25519.pem', '--out', 't-p256.pub.pem'], { cwd })
  expect(kept.status).toBe(3)
  expect(readFileSync(join(cwd, 't-p256.pub.pem'))).toEqual(keyBytes('t-p256.pub.pem'))
  const forced = ['public', 't-ed25519.pem', '--force', '--out']
  expect(await runKey([...forced, 't-p256.pub.pem'], { cwd })).toMatchObject({ status: 0 })
  expect(await runKey([...forced, './t-ed25519.pem'], { cwd })).toMatchObject({ status: 2 })
  expect(readFileSync(join(cwd, 't-ed25519.pem'))).toEqual(keyBytes('t-ed25519.pem'))
})

test('a JWKS of all keys of a file; one of them is chosen by its kid', async () => {
  const { stdout } = await runKey(['public', 'k-two-blocks-ed-then-rsa.pem', '--to', 'jwks'])
  const { keys } = JSON.parse(stdout)
  expect(keys.map(({ kty }: { kty: string }) => kty)).toEqual(['OKP', 'RSA'])
  const chosen = await runKey(['public', '--kid', keys[1].kid], { stdin: stdout })
  expect(chosen.stdout).toBe(
    createPublicKey({ key: keys[1], format: 'jwk' }).export({ format: 'pem', type: 'spki' }),
  )
  const unknown = await runKey(['public', '--kid', 'k9'], { stdin: stdout })
  expect(unknown).toMatchObject({ status: 3, stdout: '' })
})

test('the public half of a private key says nothing private in any form', async () => {
  const secret = createPrivateKey(keyBytes('t-p256.pem')).export({ format: 'jwk' }).d ?? 'missing'
  for (const format of ['spki', 'jwk', 'jwks']) {
    const { stdout } = await runKey(['public', 't-p256.pem', '--to', format, '--json'])
    expect(stdout).not.toContain(secret)
    expect(stdout).not.toContain('"d"')
  }
})

test('a stated kid is kept', async () => {
  const jwk = { ...createPublicKey(keyBytes('t-p256.pub.pem')).export({ format: 'jwk' }), kid: 'a' }
  const { stdout } = await runKey(['convert', '--to', 'jwks'], { stdin: JSON.stringify(jwk) })
  expect(JSON.parse(stdout).keys).toEqual([jwk])
})

test.each([
  ['t-ed25519.pem', 't-ed25519.pub.pem', 'the same pair'],
  ['t-rsa2048.pub.pem', 't-rsa2048.pem', 'the same pair'],
  ['k-ed25519.pem', 'k-ed25519.jwk.json', 'the same key'],
  ['k-ed25519.pem', 'k-ssh-ed25519-from-k-ed25519.txt', 'the same key'],
  ['k-ec-p256.pem', 'k-ec-p256-compressed.pem', 'the same key'],
  ['k-private-rsa2048-pkcs1.pem', 'k-private-rsa2048-pkcs8.pem', 'the same key'],
  ['h-rsa2048.pem', 'h-rsa2048.cert.pem', 'the same pair'],
  ['k-private-ed25519-pkcs8.pem', 'k-two-blocks-rsa-then-ed.pem', 'the same pair'],
  ['t-ed25519.pem', 't-ed25519-other.pub.pem', 'different keys'],
  ['t-rsa2048.pem', 't-rsa2048-other.pub.pem', 'different keys'],
  ['t-ed25519.pem', 't-p256.pub.pem', 'different keys'],
])('match %s %s: %s', async (one, other, says) => {
  const same = says !== 'different keys'
  const { status, stdout } = await runKey(['match', one, other])
  expect(status).toBe(same ? 0 : 1)
  expect(stdout.split('\n')[0]).toBe(says)
  const document = JSON.parse((await runKey(['match', one, other, '--json'])).stdout)
  expect(document).toMatchObject({ schema: 'resonate-auth/key-match/v1', match: same })
  expect(new Set(document.keys.map(({ kid }: { kid: string }) => kid)).size).toBe(same ? 1 : 2)
})

test('one passphrase opens both files of a match', async () => {
  const names = ['k-private-rsa2048-encrypted-pkcs8.pem', 'k-private-rsa2048-encrypted-pkcs1.pem']
  const cwd = shelf(...names)
  expect(await runKey(['match', ...names, '--passphrase-file', 'pass'], { cwd })).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(
    await runKey(['match', ...names, '--passphrase-file', '-'], { cwd, stdin: 'x\n' }),
  ).toMatchObject({ status: 0 })
})

test('whatever a file holds, every form of it is a key or an error with a way out', async () => {
  const wrong: string[] = []
  for (const name of readdirSync(KEYS))
    for (const argv of [['inspect'], ['public'], ['convert'], ['convert', '--to', 'jwks']]) {
      const { status, stderr } = await runKey([...argv, name])
      const told =
        status === 0 || (status === 3 && /error: (?!this is a bug)[\s\S]*hint: /.test(stderr))
      if (!told) wrong.push(`${argv.join(' ')} ${name}`)
    }
  expect(wrong).toEqual([])
})

test.each([
  [1001, 't-ed25519.pub.pem', 'holds 1001 keys; at most 1000 are read'],
  [17, 'k-private-rsa2048-encrypted-pkcs1.pem', 'holds 17 encrypted keys; at most 16 are read'],
])('%i times %s is refused before the work', async (count, name, says) => {
  const cwd = shelf()
  writeFileSync(join(cwd, 'many.pem'), keyBytes(name).toString().repeat(count), { mode: 0o600 })
  const result = await runKey(['inspect', 'many.pem', '--passphrase-file', 'pass'], { cwd })
  expect(result).toMatchObject({ status: 3, stdout: '' })
  expect(result.stderr).toContain(`many.pem: ${says}`)
})

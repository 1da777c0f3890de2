import { generateKeyPairSync } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { fromLines, toLines } from '../vectors/rows.ts'
import { folder, NOW, run } from './run.ts'

const pair = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')
const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()

const work = folder({
  'private.pem': { text: privatePem, mode: 0o600 },
  'public.pem': publicPem,
  'other.pem': other.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'garbage.pem': 'not a key\n',
})
afterAll(work.remove)

const cwd = work.path

async function mint(...argv: string[]): Promise<string> {
  const { stdout } = await run(['mint', '--quiet', '--allow-dead', ...argv], { cwd })
  return stdout.trim()
}

function verify(token: string, ...argv: string[]): ReturnType<typeof run> {
  return run(['verify', token, ...argv], { cwd })
}

test('a good token is accepted, with every claim marked', async () => {
  const { status, stdout, stderr } = await verify(
    await mint('--prefix', 'a.'),
    '--publickey',
    'public.pem',
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^accepted: resonate@0\.9 with public\.pem lets it through\n/)
  for (const mark of [/✓ signature/, /✓ exp/, /✓ prefix/, /– iat/]) expect(stdout).toMatch(mark)
})

test('validate is the same command', async () => {
  const { status } = await run(
    ['validate', await mint('--prefix', 'a.'), '--publickey', 'public.pem'],
    { cwd },
  )
  expect(status).toBe(0)
})

test.each<readonly [string, readonly string[], readonly string[], RegExp]>([
  [
    'expired',
    ['--all-ids', '--exp', '2026-01-01'],
    ['--publickey', 'public.pem'],
    /error=ExpiredSignature/,
  ],
  ['another key', ['--all-ids'], ['--publickey', 'other.pem'], /error=InvalidSignature/],
  [
    'a string audience',
    ['--all-ids', '--claim', 'aud=x'],
    ['--publickey', 'public.pem'],
    /JSON error/,
  ],
  [
    'another issuer',
    ['--all-ids', '--iss', 'a'],
    ['--publickey', 'public.pem', '--iss', 'b'],
    /error=InvalidIssuer/,
  ],
  [
    'another audience',
    ['--all-ids', '--aud', 'a'],
    ['--publickey', 'public.pem', '--aud', 'b'],
    /error=InvalidAudience/,
  ],
  [
    'no audience',
    ['--all-ids'],
    ['--publickey', 'public.pem', '--aud', 'b'],
    /Missing required claim: aud/,
  ],
])(
  "%s is rejected with the server's own log line, why and what to do",
  async (_, minted, argv, log) => {
    const { status, stdout } = await verify(await mint(...minted), ...argv)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^rejected: .* answers 401 Unauthorized\n/)
    expect(stdout).toMatch(log)
    expect(stdout).toMatch(/\nwhy: .+\n/)
    expect(stdout).toMatch(/\ndo: {2}.+\n/)
  },
)

test('a token without prefix and role is authenticated and still no', async () => {
  const { status, stdout } = await verify(await mint('--no-prefix'), '--publickey', 'public.pem')
  expect({ status, says: stdout.includes('answers 403 Forbidden') }).toEqual({
    status: 1,
    says: true,
  })
})

test('--key judges a private key as if its public half were configured; --publickey reads it as the server would', async () => {
  const token = await mint('--prefix', 'a.')
  expect(await verify(token, '--key', 'private.pem')).toMatchObject({ status: 0 })
  const strict = await verify(token, '--publickey', 'private.pem')
  expect(strict.status).toBe(1)
  expect(strict.stdout).toContain('the server would not start with this key')
})

test('unsigned mode is no unless it is allowed', async () => {
  const token = await mint('--prefix', 'a.')
  const { status, stderr } = await verify(token, '--publickey', 'none')
  expect({ status, warned: stderr.includes('checks no signature') }).toEqual({
    status: 1,
    warned: true,
  })
  expect(await verify(token, '--publickey', 'none', '--allow-unsigned')).toMatchObject({
    status: 0,
  })
})

test('--at judges at another instant', async () => {
  const token = await mint('--prefix', 'a.')
  expect(
    await verify(token, '--publickey', 'public.pem', '--at', String(NOW + 3660)),
  ).toMatchObject({ status: 0 })
  expect(
    await verify(token, '--publickey', 'public.pem', '--at', String(NOW + 3661)),
  ).toMatchObject({ status: 1 })
})

test('--exact takes a newline as part of the token', async () => {
  const token = await mint('--prefix', 'a.')
  const stdin = `${token}\n`
  const argv = ['verify', '--publickey', 'public.pem']
  expect(await run(argv, { cwd, stdin })).toMatchObject({ status: 0 })
  expect(await run([...argv, '--exact'], { cwd, stdin })).toMatchObject({ status: 1 })
})

test.each<readonly [string, readonly string[], number, string]>([
  ['no key at all', [], 3, 'no public key and no configuration to judge with'],
  ['a missing key file', ['--publickey', 'nowhere.pem'], 3, 'nowhere.pem: no such file'],
  ['a directory', ['--publickey', '.'], 3, '.: is a directory'],
  [
    'both kinds of key',
    ['--publickey', 'public.pem', '--key', 'private.pem'],
    2,
    'both name the key',
  ],
  [
    'an unknown target',
    ['--publickey', 'public.pem', '--target', 'resonat'],
    2,
    'Known: resonate@0.9',
  ],
  [
    'a target without tokens',
    ['--publickey', 'public.pem', '--target', 'resonate-go@0.7'],
    2,
    'knows no tokens',
  ],
])('%s: a sentence and the right status', async (_, argv, expected, says) => {
  const { status, stdout, stderr } = await verify(await mint('--prefix', 'a.'), ...argv)
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' })
  expect(stderr).toContain(says)
})

test('--jsonl answers in order, tells broken lines and goes on', async () => {
  const good = await mint('--prefix', 'a.')
  const lines = [
    toLines([{ id: 'good', token: good, publickey: 'public.pem' }]),
    'nonsense\n\n',
    '[1]\n',
    toLines([
      { id: 'dead', token: good, publickey: 'garbage.pem' },
      { id: 'typed', token: 5, publickey: 'public.pem' },
      { id: 'absent', token: null, publickey: 'public.pem' },
      { id: 'missing', token: good, publickey: 'nowhere.pem' },
    ]),
  ].join('')
  const { status, stdout } = await run(['verify', '--jsonl'], { cwd, stdin: lines })
  expect(status).toBe(3)
  expect(fromLines<Record<string, unknown>>(stdout)).toMatchObject([
    {
      id: 'good',
      starts: true,
      authenticated: true,
      status: 200,
      reason: null,
      claim: null,
      log: null,
    },
    { line: 2, error: 'not JSON' },
    { line: 4, error: 'not a JSON object' },
    {
      id: 'dead',
      starts: false,
      status: null,
      log: "Fatal: Unsupported or invalid public key in 'garbage.pem'. Supported types: RSA, EC (P-256/P-384), Ed25519.",
    },
    { id: 'typed', line: 6, error: '"token" is not a string' },
    { id: 'absent', status: 401, log: 'Auth rejected: no token provided' },
    {
      id: 'missing',
      starts: false,
      status: null,
      log: "Fatal: Failed to read public key file 'nowhere.pem': No such file or directory (os error 2)",
    },
  ])
})

test('a line cannot override what a flag fixed', async () => {
  const stdin = toLines([{ token: 'x', publickey: 'other.pem' }])
  const { status, stdout, stderr } = await run(['verify', '--jsonl', '--publickey', 'public.pem'], {
    cwd,
    stdin,
  })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(JSON.parse(stderr).error.message).toBe('line 1 has "publickey", which --publickey fixes')
})

test("a line is judged by its own target; one without tokens is that line's error", async () => {
  const token = await mint('--prefix', 'a.')
  const line = { token, publickey: 'public.pem' }
  const lines = ['resonate@0.9', 'resonate-go@0.8', 'resonate-go@0.7'].map((target) => ({
    ...line,
    target,
  }))
  const { status, stdout } = await run(['verify', '--jsonl'], { cwd, stdin: toLines(lines) })
  expect(status).toBe(3)
  expect(fromLines(stdout)).toMatchObject([
    { starts: true, status: 200 },
    // The Go server takes RSA keys alone.
    { starts: false, status: null },
    { line: 3, error: 'resonate-go@0.7 knows no tokens, only basic auth' },
  ])
})

test("the key of a flag is read as a line's own target reads it", async () => {
  const token = await mint('--prefix', 'a.')
  const lines = [
    { token },
    { token, target: 'resonate@0.10' },
    { token, target: 'resonate-go@0.8' },
  ]
  const argv = ['verify', '--jsonl', '--key', 'private.pem']
  const { status, stdout } = await run(argv, { cwd, stdin: toLines(lines) })
  expect(status).toBe(1)
  expect(fromLines(stdout)).toMatchObject([{ starts: true }, { starts: true }, { starts: false }])
})

test.each([
  ['public.pem/', 'Not a directory (os error 20)'],
  ['public.pem/.', 'Not a directory (os error 20)'],
  ['public.pem/../public.pem', 'Not a directory (os error 20)'],
  ['nowhere/../public.pem', 'No such file or directory (os error 2)'],
  ['', 'No such file or directory (os error 2)'],
  ['.', 'Is a directory (os error 21)'],
  ['public.pem\0', 'file name contained an unexpected NUL byte'],
])('the key file %j is what the system makes of its name', async (publickey, message) => {
  const stdin = toLines([{ publickey, token: 'x' }])
  const { stdout } = await run(['verify', '--jsonl'], { cwd, stdin })
  expect(fromLines(stdout)).toMatchObject([
    { starts: false, log: `Fatal: Failed to read public key file '${publickey}': ${message}` },
  ])
})

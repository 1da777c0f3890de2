import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { folder, type RunOptions, type RunResult, run } from './run.ts'

function vector(name: string): string {
  return readFileSync(new URL(`../vectors/keys/${name}`, import.meta.url), 'utf8')
}

const PLAIN = { text: vector('t-ed25519.pem'), mode: 0o600 }
const OTHER = vector('t-p256.pem')
const ENCRYPTED = { text: vector('k-private-ed25519-encrypted-pkcs8.pem'), mode: 0o600 }

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const { remove } of made) remove()
})

/** Signs a token in a new folder with `files`; which key signed shows in its header. */
async function mint(
  argv: readonly string[],
  files: Parameters<typeof folder>[0],
  options: RunOptions = {},
): Promise<RunResult & { readonly alg: string | undefined }> {
  const { path, remove } = folder(files)
  made.push({ remove })
  const result = await run(['mint', '--prefix', 'a.', ...argv], { ...options, cwd: path })
  const header = Buffer.from(result.stdout.split('.')[0] ?? '', 'base64url').toString()
  return { ...result, alg: result.status === 0 ? JSON.parse(header).alg : undefined }
}

test('./private.pem signs when nothing else is said', async () => {
  expect(await mint([], { 'private.pem': PLAIN })).toMatchObject({
    status: 0,
    alg: 'EdDSA',
    stderr: '',
  })
})

test('without any key the way to one is shown', async () => {
  const { status, stderr } = await mint([], {})
  expect(status).toBe(3)
  expect(stderr).toMatch('error: private.pem: no such file')
  expect(stderr).toMatch('resonate-auth keygen')
})

test.each([
  ['--key', ['--key', 'k.pem'], { env: { RAUTH_KEY: PLAIN.text } }],
  ['--key -', ['--key', '-'], { stdin: OTHER }],
  ['RAUTH_KEY', [], { env: { RAUTH_KEY: OTHER } }],
  ['RAUTH_KEY with literal line ends', [], { env: { RAUTH_KEY: OTHER.replaceAll('\n', '\\n') } }],
  ['RAUTH_KEY in base64', [], { env: { RAUTH_KEY: Buffer.from(OTHER).toString('base64') } }],
  ['--key-env', ['--key-env', 'CI_KEY'], { env: { CI_KEY: OTHER } }],
] as const)('%s comes before ./private.pem', async (_what, argv, options) => {
  const files = { 'private.pem': PLAIN, 'k.pem': { text: OTHER, mode: 0o600 } }
  expect(await mint(argv, files, options)).toMatchObject({ status: 0, alg: 'ES256' })
})

test('RAUTH_KEY comes before --key-env, and that is said', async () => {
  const env = { RAUTH_KEY: PLAIN.text, CI_KEY: OTHER }
  const { alg, stderr } = await mint(['--key-env', 'CI_KEY'], {}, { env })
  expect(alg).toBe('EdDSA')
  expect(stderr).toMatch('--key-env CI_KEY is not looked at')
})

test.each([
  [['--key', 'a', '--key-env', 'B'], {}, 2, '--key and --key-env both name the private key'],
  [['--key-env', 'B'], {}, 3, 'the environment variable B is not set'],
  [[], { RAUTH_KEY: 'keys/private.pem' }, 3, 'RAUTH_KEY: holds the path of a file'],
  [[], { RAUTH_KEY: 'hello' }, 3, 'RAUTH_KEY: not a key in any known form'],
] as const)('mint %j with %j is refused', async (argv, env, status, sentence) => {
  const result = await mint(argv, {}, { env })
  expect(result.status).toBe(status)
  expect(result.stderr).toMatch(sentence)
  expect(result.stdout).toBe('')
})

test.each([
  [0o600, false],
  [0o400, false],
  [0o640, true],
  [0o604, true],
  [0o620, true],
])('a key with mode %o is warned about: %s', async (mode, warned) => {
  const { status, stderr } = await mint([], { 'private.pem': { text: PLAIN.text, mode } })
  expect(status).toBe(0)
  expect(stderr.includes('chmod 600 private.pem')).toBe(warned)
})

test.each(['x', 'x\n', 'x\r\n'])('the passphrase file %j opens the key', async (text) => {
  const files = { 'private.pem': ENCRYPTED, pass: { text, mode: 0o600 } }
  expect(await mint(['--passphrase-file', 'pass'], files)).toMatchObject({ status: 0, stderr: '' })
})

test.each([
  [
    'a wrong passphrase',
    ['--passphrase-file', 'pass'],
    'the passphrase does not open the private key',
  ],
  ['no passphrase', [], 'is encrypted and no passphrase was given'],
  ['no such descriptor', ['--passphrase-fd', '987'], 'file descriptor 987'],
])('%s is an error with a way out, and asks nothing', async (_what, argv, sentence) => {
  const result = await mint(
    argv,
    { 'private.pem': ENCRYPTED, pass: 'canary-7f3a\n' },
    { env: { CI: 'true' }, terminal: { stderr: true } },
  )
  expect(result).toMatchObject({ status: 3, stdout: '' })
  expect(result.stderr).toMatch(sentence)
  expect(result.stderr).toMatch('hint: ')
  expect(result.stderr).not.toMatch('canary-7f3a')
})

test('a terminal is asked for the passphrase, which is not shown', async () => {
  const result = await mint(
    [],
    { 'private.pem': ENCRYPTED },
    {
      terminal: { stderr: true },
      answers: [['passphrase of private.pem:', 'x']],
    },
  )
  expect(result).toMatchObject({ status: 0, alg: 'EdDSA' })
  expect(result.stderr).toMatch('passphrase of private.pem:')
})

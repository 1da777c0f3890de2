import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BIN, PROGRAM } from '../cli/program.ts'
import { folder } from '../cli/run.ts'
import { readRows, toLines, VECTORS } from '../vectors/rows.ts'

const place = folder({
  'resonate.toml':
    '[auth]\npublickey = "public.pem"\niss = "i"\n[server.cors]\nallow_origins = ["*"]\n',
  'batch.csv': `id,prefix\n${Array.from({ length: 5000 }, (_, index) => `w${index},w${index}.\n`).join('')}`,
  'secret.txt': 'a passphrase\n',
})
afterAll(place.remove)

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A run of the program from the checkout, or of the executable. */
function runAs(
  kind: 'node' | 'binary',
  args: readonly string[],
  cwd: string,
  input?: string,
): Outcome {
  const [command, ...before] = kind === 'node' ? ([process.execPath, BIN] as const) : PROGRAM
  const { status, stdout, stderr } = spawnSync(command, [...before, ...args], {
    cwd,
    encoding: 'utf8',
    env: {},
    maxBuffer: 256 * 1024 * 1024,
    ...(input !== undefined && { input }),
  })
  return { status, stdout, stderr }
}

const same = (args: readonly string[], cwd = place.path, input = ''): void => {
  expect(runAs('binary', args, cwd, input)).toEqual(runAs('node', args, cwd, input))
}

const AT = '2026-11-22T12:00:00Z'

beforeAll(() => {
  runAs('node', ['keygen'], place.path)
  runAs('node', ['keygen', '--type', 'rsa', '--out', 'rsa.pem', '--bits', '2048'], place.path)
  runAs(
    'node',
    ['keygen', '--type', 'ec', '--out', 'ec.pem', '--passphrase-file', 'secret.txt'],
    place.path,
  )
  runAs('node', ['mint', '--prefix', 'a.', '--at', AT, '--out', 'a.jwt'], place.path)
})

test.each<readonly [string, readonly string[]]>([
  ['--help', ['--help']],
  ['--version', ['--version']],
  ['help of a command', ['help', 'mint']],
  ['an unknown command', ['mnit']],
  ['an unknown option', ['mint', '--prefx', 'a']],
  ['mint', ['mint', '--prefix', 'a.', '--no-jti', '--at', AT]],
  ['mint with RSA', ['mint', '--prefix', 'a.', '--no-jti', '--at', AT, '--key', 'rsa.pem']],
  ['mint with a kid', ['mint', '--all-ids', '--kid', '--no-jti', '--at', AT]],
  ['mint without reach', ['mint']],
  ['an encrypted key without a passphrase', ['mint', '--all-ids', '--key', 'ec.pem']],
  ['decode', ['decode', '@a.jwt', '--at', AT]],
  ['decode as JSON', ['decode', '@a.jwt', '--json', '--at', AT]],
  ['verify', ['verify', '@a.jwt', '--at', AT]],
  ['verify with a key', ['verify', '@a.jwt', '--publickey', 'public.pem', '--at', AT]],
  ['can', ['can', '--matrix', 'a.1', '--prefix', 'a.']],
  ['answer', ['answer', '--auth-off', '--method', 'GET', '--path', '/health']],
  ['lint', ['lint', 'resonate.toml']],
  ['lint as SARIF', ['lint', 'resonate.toml', '--format', 'sarif']],
  ['config', ['config', 'resonate.toml', '--json']],
  ['key inspect', ['key', 'inspect', 'ec.pem', '--passphrase-file', 'secret.txt']],
  ['key convert', ['key', 'convert', 'private.pem', '--to', 'jwk']],
  ['explain', ['explain', 'sdk', 'ts']],
  ['a schema', ['explain', 'schema', 'mint-v1']],
  ['rules', ['rules', '--json']],
  ['completion', ['completion', 'bash']],
  ['a missing file', ['lint', 'nowhere.toml']],
  ['a batch over several threads', ['mint', '--batch', 'batch.csv', '--no-jti', '--at', AT]],
])('%s: the executable prints the same bytes and ends with the same status', (_, args) => {
  same(args)
})

test.each(['rust-0.9/tokens.jsonl', 'rust-0.9/tokens-generated.jsonl'])(
  '%s is judged alike',
  (file) => {
    const rows = readRows<{ id: string; token: string | null; server: object; at: number }>(file)
    const lines = rows.map(({ id, token, server, at }) => ({ id, token, ...server, at }))
    same(['verify', '--jsonl'], VECTORS, toLines(lines))
  },
)

test('every recorded key file is judged alike', () => {
  const rows = readRows<{ file: string | null; tokens?: Record<string, string>; at?: number }>(
    'rust-0.9/keys.jsonl',
  )
  const lines = rows.flatMap(({ file, tokens = {}, at = 0 }) =>
    ['', ...Object.values(tokens)].map((token) => ({ token, publickey: file, at })),
  )
  same(['verify', '--jsonl'], VECTORS, toLines(lines))
})

test.each([
  ['.env', 'RAUTH_KEY=keys/private.pem\n'],
  ['bunfig.toml', 'preload = ["./preload.js"]\n'],
])('a %s in the current directory is nothing to the executable', (name, text) => {
  const { path, remove } = folder({
    [name]: text,
    'preload.js': 'console.log("ran")\n',
    'private.pem': readFileSync(join(place.path, 'private.pem'), 'utf8'),
  })
  same(['mint', '--all-ids', '--no-jti', '--at', AT], path)
  remove()
})

test('an encrypted key opens alike', () => {
  const args = [
    'mint',
    '--all-ids',
    '--key',
    'ec.pem',
    '--passphrase-file',
    'secret.txt',
    '--quiet',
    '--at',
    AT,
  ]
  expect(runAs('binary', args, place.path).status).toBe(0)
  expect(readFileSync(join(place.path, 'ec.pem'), 'utf8')).toContain('ENCRYPTED')
})

import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readRows, VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

const TOKEN =
  /"auth":"(ey[^"]+)"/.exec(
    readRows<{ readonly id: string; readonly body?: string }>('rust-0.9/envelope.jsonl').find(
      ({ id }) => id === 'auth-ok',
    )?.body ?? '',
  )?.[1] ?? ''

async function exported(...flags: readonly string[]): Promise<string> {
  const { status, stdout } = await run(['export', ...flags, TOKEN])
  expect(status).toBe(0)
  return stdout
}

test.each([
  ['an operation', [], 'let through'],
  ['an operation on another id', ['--id', 'team-a:y'], 'let through'],
  ['a stream', ['--poll', 'workers/w 1'], '200 OK'],
])(
  'the curl line of %s is answered as it should be, and keeps the token off the command line',
  async (_, flags, says) => {
    const line = await exported('--format', 'curl', ...flags)
    expect(line.split('\n')[0]).not.toContain(TOKEN)
    const judged = await run(['answer', '--publickey', 'keys/t-ed25519.pub.pem', '--curl', '-'], {
      cwd: VECTORS,
      stdin: line,
    })
    expect(judged.stdout).toContain(says)
  },
)

/** What a shell makes of the text that is pasted into it. */
function shell(text: string, print: string): string {
  return execFileSync('sh', ['-c', `${text}\n${print}`], { encoding: 'utf8' })
}

test('env sets the variable', async () => {
  const text = await exported('--format', 'env', '--name', 'T_1')
  expect(shell(text, 'printf %s "$T_1"')).toBe(TOKEN)
})

test('a token with characters of a shell is quoted', async () => {
  const { stdout } = await run(['export', '--format', 'env', '-'], { stdin: "a'b$c;d" })
  expect(shell(stdout, 'printf %s "$RESONATE_TOKEN"')).toBe("a'b$c;d")
})

test.each([
  ['docker-secret', 'docker', ['secret', 'create', 'resonate-token', '-']],
  ['github-actions', 'gh', ['secret', 'set', 'RESONATE_TOKEN']],
  [
    'systemd-credential',
    'systemd-creds',
    ['encrypt', '--name=resonate-token', '-', '/etc/credstore.encrypted/resonate-token'],
  ],
])('%s gives the token to the command by standard input', async (format, command, args) => {
  const text = await exported('--format', format)
  const stand = `${command}() { printf '%s\\n' "$@"; cat; }`
  // A function may not have a dash in its name in every sh; an alias of the text may.
  const plain = text.replace(command, command.replace('-', '_'))
  expect(shell(`${stand.replace(command, command.replace('-', '_'))}\n${plain}`, '')).toBe(
    `${args.join('\n')}\n${TOKEN}`,
  )
})

test('json, dotenv and a Kubernetes secret hold the token under its name', async () => {
  expect(JSON.parse(await exported('--format', 'json'))).toEqual({ RESONATE_TOKEN: TOKEN })
  expect(await exported('--format', 'dotenv')).toBe(`RESONATE_TOKEN=${TOKEN}\n`)
  expect(parse(await exported('--format', 'k8s-secret', '--name', 'MY_TOKEN'))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'my-token' },
    type: 'Opaque',
    stringData: { MY_TOKEN: TOKEN },
  })
})

test('--out writes a file that only its owner reads, and never over another', async () => {
  const { path, remove } = folder()
  const argv = ['export', '--format', 'env', '--out', 'token.sh', TOKEN]
  expect(await run(argv, { cwd: path })).toEqual({
    status: 0,
    stdout: '',
    stderr: 'resonate-auth: wrote token.sh\n',
  })
  expect(statSync(join(path, 'token.sh')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(path, 'token.sh'), 'utf8')).toBe(`export RESONATE_TOKEN=${TOKEN}\n`)
  expect((await run(argv, { cwd: path })).status).toBe(3)
  remove()
})

test('--json gives the text in a document', async () => {
  expect(JSON.parse(await exported('--format', 'env', '--json'))).toEqual({
    schema: 'resonate-auth/export/v1',
    format: 'env',
    name: 'RESONATE_TOKEN',
    text: `export RESONATE_TOKEN=${TOKEN}\n`,
    out: null,
  })
})

test.each([
  ['an unknown form', ['--format', 'xml', 'a.b.c'], 2],
  ['a name that no variable has', ['--name', 'a-b', 'a.b.c'], 2],
  ['a URL that is none', ['--url', 'localhost', 'a.b.c'], 2],
  ['a poll path of one part', ['--poll', 'w', 'a.b.c'], 2],
  ['a token with a line break', ['a.b\nc'], 3],
  ['no token', [], 2],
])('%s', async (_, flags, status) => {
  const result = await run(['export', ...flags])
  expect(result.status).toBe(status)
  expect(result.stdout).toBe('')
})

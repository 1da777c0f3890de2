import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, type RunOptions, type RunResult, run } from './run.ts'

type Files = Parameters<typeof folder>[0]

/** Runs `config` in a new folder that holds `files`; `below` is the directory in it to run in. */
async function config(
  files: Files,
  argv: readonly string[] = [],
  { below = '.', ...options }: RunOptions & { readonly below?: string } = {},
): Promise<RunResult> {
  const { path, remove } = folder(files)
  try {
    const result = await run(['config', ...argv], { cwd: join(path, below), ...options })
    return { ...result, stderr: result.stderr.replaceAll(path, '$DIR') }
  } finally {
    remove()
  }
}

/** The line of the table for one key. */
function line({ stdout }: RunResult, key: string): string | undefined {
  return stdout.split('\n').find((text) => text.startsWith(`${key} `))
}

const TOKEN = 's3cr3t-t0ken-of-a-worker'
const PUSH = `[transports.http_push.auth]\nmode = "bearer"\ntoken = "${TOKEN}"\n`

test('each setting is told with its value, its place and what it is instead of', async () => {
  const result = await config(
    { 'resonate.toml': 'level = "warn"\n[server]\nport = 9001\n' },
    ['--env', '--', 'serve', '--server-port', '9003'],
    { env: { RESONATE_SERVER__PORT: '9002' } },
  )
  expect(result.status).toBe(0)
  expect(line(result, 'level')).toMatch(/^level +"warn" +resonate\.toml:1:9$/)
  expect(line(result, 'server.port')).toMatch(
    /^server\.port +9003 +--server-port +9002 from \$RESONATE_SERVER__PORT, 9001 from resonate\.toml:3:8$/,
  )
  expect(line(result, 'auth.publickey')).toMatch(/^auth\.publickey +– +default$/)
  expect(result.stdout).toMatch(/\nstarts: yes\n$/)
})

test('what is ignored is told with its place, why, and what was meant', async () => {
  const { stdout } = await config({ 'resonate.toml': '[auth]\npublickey = "none"\nissuer = "x"\n' })
  expect(stdout).toContain('\nIGNORED\nauth.issuer (resonate.toml:3:1): ')
  expect(stdout).toContain('did you mean auth.iss?')
})

test('a configuration that stops the server exits 1 with what the server says', async () => {
  const { status, stdout } = await config({ 'resonate.toml': 'level = x' })
  expect(status).toBe(1)
  expect(stdout).toContain(
    'starts: no, it ends with status 1, saying\n  Fatal: Configuration error: ',
  )
})

test('a start that the machine decides is no failure', async () => {
  const { status, stdout } = await config({ 'resonate.toml': 'server.bind = "db.example.com"' })
  expect(status).toBe(0)
  expect(stdout).toContain('starts: depends on whether db.example.com is an address of the machine')
})

test.each<[string, Files, readonly string[], Record<string, string>]>([
  ['a value', { 'resonate.toml': PUSH }, [], {}],
  [
    'a value that loses',
    { 'resonate.toml': PUSH },
    ['--env'],
    { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'other' },
  ],
  ['a variable', {}, ['--env'], { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: TOKEN }],
  [
    'a flag',
    {},
    [
      '--',
      'serve',
      '--transports-http-push-auth-mode=bearer',
      `--transports-http-push-auth-token=${TOKEN}`,
    ],
    {},
  ],
  ['a syntax error', { 'resonate.toml': `${PUSH.trimEnd()} x\n` }, [], {}],
  ['a wrong type', { 'resonate.toml': `transports.http_push.auth = ["${TOKEN}"]` }, [], {}],
  [
    'a list of the wrong kind',
    {},
    ['--env'],
    { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: `[${TOKEN}]` },
  ],
  ['a table of the wrong kind', {}, ['--env'], { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH: TOKEN }],
  ['a panic', {}, ['--env'], { RESONATE_MY_TOKEN: `"${TOKEN}é${'x'.repeat(0)}\\n"` }],
  ['a database', { 'resonate.toml': `storage.postgres.url = "postgres://u:${TOKEN}@h/d"` }, [], {}],
])('the secret in %s is not shown, as a table or as JSON', async (_, files, argv, env) => {
  const [end] = [argv.indexOf('--')].map((at) => (at === -1 ? argv.length : at))
  for (const json of [[], ['--json']]) {
    const { stdout, stderr } = await config(
      files,
      [...argv.slice(0, end), ...json, ...argv.slice(end)],
      { env },
    )
    expect(stdout + stderr).not.toContain(TOKEN)
  }
})

test('--show-secrets shows them', async () => {
  const { stdout } = await config({ 'resonate.toml': PUSH }, ['--show-secrets'])
  expect(stdout).toContain(TOKEN)
})

test('--json is one document: settings, their places and shadows, what is ignored, the start', async () => {
  const { stdout } = await config(
    { 'resonate.toml': 'level = "warn"\n[tasks]\nlease_timeout = 9223372036854775807\nx = 1\n' },
    ['--json', '--env'],
    { env: { RESONATE_LEVEL: 'debug' } },
  )
  expect(stdout).toContain('"value": 9223372036854775807,')
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'resonate-auth/config/v1',
    target: 'resonate@0.9',
    starts: true,
    exit: null,
    message: null,
    settings: {
      level: {
        value: 'debug',
        origin: { kind: 'variable', name: 'RESONATE_LEVEL' },
        shadows: [
          { value: 'warn', origin: { kind: 'file', file: 'resonate.toml', line: 1, column: 9 } },
        ],
      },
      'auth.iss': { value: null, origin: { kind: 'default' }, shadows: [] },
    },
    ignored: [
      {
        what: 'tasks.x',
        origin: { kind: 'file', file: 'resonate.toml', line: 4, column: 1 },
        meant: null,
      },
    ],
  })
})

test('--explain shows one key, and suggests one for a wrong name', async () => {
  const { stdout } = await config({ 'resonate.toml': 'level = "warn"' }, ['--explain', 'level'])
  expect(stdout).toMatch(/^KEY .*\nlevel +"warn" +resonate\.toml:1:9\n\nstarts: yes\n$/)
  const wrong = await config({}, ['--explain', 'auth.public_key'])
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('did you mean auth.publickey?')
})

test('the file is looked for as the server does, and told; one above the work tree with a doubt', async () => {
  const here = await config({ 'resonate.toml': '' })
  expect(here.stderr).toContain('resonate-auth: configuration from resonate.toml\n')
  const files = { 'resonate.toml': 'level = "warn"', 'a/b/x': '' }
  const above = await config(files, ['--explain', 'level'], { below: 'a/b' })
  expect(above.stdout).toContain('../../resonate.toml:1:9')
  expect(above.stderr).toContain(
    'configuration from ../../resonate.toml, which lies above the current directory\n',
  )
  const inside = await config({ ...files, '.git/HEAD': '' }, ['--quiet'], { below: 'a/b' })
  expect(inside.stderr).toBe('')
})

test('a named file stands for the server’s own, and its directory for the server’s', async () => {
  const files = { 'deploy/prod.toml': '[auth]\npublickey = "missing.pem"\n' }
  const { stdout } = await config(files, ['deploy/prod.toml'])
  expect(stdout).toContain('deploy/prod.toml:2:13')
  expect(stdout).toContain(
    "Fatal: Failed to read public key file 'missing.pem': No such file or directory",
  )
})

test('an env file is read as docker reads it, or as dotenv', async () => {
  const files = { '.env': "RESONATE_LEVEL='warn' \n" }
  const docker = await config(files, ['--env-file', '.env', '--explain', 'level'])
  expect(line(docker, 'level')).toContain('"\'warn\' "')
  const dotenv = await config(files, [
    '--env-file',
    '.env',
    '--env-file-format=dotenv',
    '--explain=level',
  ])
  expect(line(dotenv, 'level')).toMatch(/^level +"warn" +\$RESONATE_LEVEL \(\.env/)
})

test('without an environment option the environment is not read, and that is said', async () => {
  const result = await config({}, [], { env: { RESONATE_LEVEL: 'debug' } })
  expect(line(result, 'level')).toMatch(/"info"/)
  expect(result.stderr).toContain('the environment was not read')
})

test('the arguments may begin with the program’s name, or with a flag', async () => {
  const named = await config({}, [
    '--explain',
    'level',
    '--',
    '/bin/resonate',
    'dev',
    '--level',
    'a',
  ])
  expect(line(named, 'level')).toMatch(/"a" +--level/)
  const flags = await config({}, ['--explain', 'level', '--', '--level', 'b'])
  expect(line(flags, 'level')).toMatch(/"b" +--level/)
})

test.each<[readonly string[], string]>([
  [['a.toml', 'b.toml'], 'one configuration file is read, not 2'],
  [['--config', 'a.toml', 'b.toml'], '--config and b.toml both name the configuration file'],
])('%j is a wrong command line', async (argv, message) => {
  const { status, stderr } = await config({ 'a.toml': '', 'b.toml': '' }, argv)
  expect(status).toBe(2)
  expect(stderr).toContain(message)
})

test('a named file that is not there is a failure, not a default', async () => {
  expect(await config({}, ['nope.toml'])).toMatchObject({ status: 3, stdout: '' })
})

test('what a device holds is not said before the server reads it', async () => {
  const result = await config({}, ['--json', '--', 'serve', '--auth-publickey', '/dev/null'])
  expect(JSON.parse(result.stdout)).toMatchObject({ starts: 'unknown' })
})

test.each([
  ['--env-file', 'server.env', '# port\nRESONATE_SERVER__PORT=9001\n', 2],
  [
    '--compose',
    'compose.yml',
    'services:\n  server:\n    image: resonate\n    environment:\n      RESONATE_SERVER__PORT: "9001"\n',
    5,
  ],
  [
    '--k8s',
    'pod.yml',
    'kind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: server\n      image: resonate\n      env:\n        - name: RESONATE_SERVER__PORT\n          value: "9001"\n',
    9,
  ],
  [
    '--systemd',
    'resonate.service',
    '[Service]\nEnvironment=RESONATE_SERVER__PORT=9001\nExecStart=/usr/bin/resonate serve\n',
    2,
  ],
])('%s: a value is told with its file and line', async (flag, name, text, line) => {
  const argv = ['--json', flag, name]
  const { stdout } = await config({ 'resonate.toml': '', [name]: text }, argv)
  expect(JSON.parse(stdout).settings['server.port']).toMatchObject({
    value: 9001,
    origin: { kind: 'variable', name: 'RESONATE_SERVER__PORT', file: name, line },
  })
  const { stdout: shown } = await config({ 'resonate.toml': '', [name]: text }, [flag, name])
  expect(shown).toContain(`$RESONATE_SERVER__PORT (${name}:${line}:`)
})

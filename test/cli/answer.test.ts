import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

interface Row {
  readonly id: string
  readonly at: number
  readonly server: object | null
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string | null
  readonly status: number
  readonly log: string | readonly string[] | null
}

interface Line {
  readonly id?: string
  readonly line?: number
  readonly error?: string
  readonly outcome?: string
  readonly status?: number | null
  readonly reason?: string
  readonly log?: string | null
}

const ROWS = [...readRows<Row>('rust-0.9/envelope.jsonl'), ...readRows<Row>('rust-0.9/poll.jsonl')]

function lineOf({ id, at, server, ...rest }: Row): object {
  return { id, at, server: server ?? {}, request: rest }
}

const DECIDED = [401, 403, 404, 405, 410, 413]

test('--jsonl answers every recorded request with its status and log', async () => {
  const { status, stdout } = await run(['answer', '--jsonl'], {
    cwd: VECTORS,
    stdin: toLines(ROWS.map(lineOf)),
  })
  const answers = fromLines<Line>(stdout)
  expect(answers.map(({ id }) => id)).toEqual(ROWS.map(({ id }) => id))
  const unmet = ROWS.filter((row, index) => {
    const { status: given, log } = answers[index] ?? {}
    const recorded = row.log === null ? null : [row.log].flat().join('\n')
    const fits = given === null ? !DECIDED.includes(row.status) : given === row.status
    return !fits || (log ?? '') !== (recorded ?? '')
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
  expect(status).toBe(1)
})

const CORS = {
  server: { allow_origins: ['https://a.example'] },
  request: { method: 'OPTIONS', path: '/', headers: { Origin: 'https://a.example' } },
}

test('--jsonl gives the headers that CORS adds', async () => {
  const { stdout } = await run(['answer', '--jsonl'], { stdin: toLines([CORS]) })
  expect(fromLines(stdout)).toEqual([
    {
      outcome: 'passed',
      status: 200,
      reason: 'preflight',
      log: null,
      headers: {
        'access-control-allow-headers': 'origin,content-length,content-type,authorization',
        'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE,OPTIONS',
        'access-control-allow-origin': 'https://a.example',
        allow: 'POST',
        vary: 'origin, access-control-request-method, access-control-request-headers',
      },
    },
  ])
})

test.each([
  ['no JSON', '{', 'not JSON'],
  ['no request', '{"id":"a"}', '"request" is not an object'],
  [
    'headers of another form',
    '{"request":{"headers":[["a"]]}}',
    '"headers" is not a list of [name, value] pairs',
  ],
  [
    'two bodies',
    '{"request":{"body":"a","body_base64":"YQ=="}}',
    '"body" and "body_base64" both give the body',
  ],
  [
    'parts without end',
    '{"request":{"body_parts":[["a",1e9]]}}',
    '"body_parts" make more than 67108864 characters',
  ],
  [
    'a key file that is missing',
    '{"server":{"publickey":"no.pem"},"request":{}}',
    "the server would not start: Failed to read public key file 'no.pem': No such file or directory (os error 2)",
  ],
  [
    'a key for a server that knows none',
    '{"target":"resonate-go@0.7","server":{"publickey":"x"},"request":{}}',
    'resonate-go@0.7 knows no tokens, only basic auth',
  ],
  ['an unknown target', '{"target":"x","request":{}}', 'unknown target "x"'],
])(
  'a line with %s is answered with its error, and the next line is answered',
  async (_, line, error) => {
    const { status, stdout } = await run(['answer', '--jsonl'], {
      stdin: `${line}\n{"id":"next","request":{"path":"/health"}}\n`,
    })
    const [first, second] = fromLines<Line>(stdout)
    expect(first).toMatchObject({ line: 1, error })
    expect(second).toMatchObject({ id: 'next', status: 200 })
    expect(status).toBe(3)
  },
)

test.each([
  ['--path', ['--path', '/'], { request: { path: '/' } }],
  ['--at', ['--at', '1'], { at: 1, request: {} }],
  ['--target', ['--target', 'resonate@0.9'], { target: 'resonate@0.9', request: {} }],
  ['--config', ['--config', 'a.toml'], { server: 'b.toml', request: {} }],
  ['--publickey', ['--publickey', 'none'], { server: { publickey: 'none' }, request: {} }],
])('%s and the same member in a line contradict each other', async (_, flags, line) => {
  const { status, stdout } = await run(['answer', '--jsonl', ...flags], { stdin: toLines([line]) })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
})

const KEY = ['--publickey', 'keys/t-ed25519.pub.pem']
const TOKEN =
  /"auth":"(ey[^"]+)"/.exec(ROWS.find(({ id }) => id === 'auth-ok')?.body ?? '')?.[1] ?? ''
const BODY =
  '{"kind":"promise.get","head":{"corrId":"c","version":"2026-04-01"},"data":{"id":"team-a:x"}}'

function answer(flags: readonly string[], stdin?: string) {
  return run(['answer', ...KEY, ...flags], {
    cwd: VECTORS,
    ...(stdin !== undefined && { stdin }),
  })
}

test('a token in the header of POST / is told, and the request is shown done right', async () => {
  const flags = ['--header', `Authorization: Bearer ${TOKEN}`, '--body', BODY]
  expect(await answer(flags)).toEqual({
    status: 1,
    stdout: `401 Unauthorized: POST / at resonate@0.9
  ✗ head.auth      absent, or null
  – Authorization  a header that POST / never looks at
why: no token came with the request [no-token]
says: Unauthorized
log: Auth rejected: no token provided
do:  only the header carries the token, and POST / reads head.auth

POST / HTTP/1.1

{"kind":"promise.get","head":{"corrId":"c","version":"2026-04-01","auth":"TOKEN"},"data":{"id":"team-a:x"}}
`,
    stderr: '',
  })
})

test.each([
  [
    'an HTTP message',
    ['--http'],
    `GET /poll/w/1 HTTP/1.1\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
  ],
  ['a curl line', ['--curl', `curl -N h/poll/w/1 -H 'Authorization: Bearer ${TOKEN}'`], undefined],
  ['a curl line on standard input', ['--curl', '-'], `curl -N h/poll/w/1 --oauth2-bearer ${TOKEN}`],
  ['flags', ['--path', '/poll/w/1', '--header', `Authorization: Bearer ${TOKEN}`], undefined],
])('a request as %s is let through to the stream', async (_, flags, stdin) => {
  const { status, stdout } = await answer(flags, stdin)
  expect(status).toBe(0)
  expect(stdout.split('\n')[0]).toBe('200 OK: GET /poll/w/1 at resonate@0.9')
})

test('--json has the members of a line and more', async () => {
  const { status, stdout } = await answer(['--json', '--path', `/poll/a/b?t=${TOKEN}`])
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'resonate-auth/answer/v1',
    target: 'resonate@0.9',
    method: 'GET',
    path: '/poll/a/b',
    outcome: 'refused',
    status: 401,
    reason: 'no-token',
    log: 'Poll connection rejected: unauthorized',
    text: 'Unauthorized',
  })
  expect(stdout).not.toContain(TOKEN)
})

test('a body comes from a file, and a curl line reads its own files', async () => {
  const { path, remove } = folder({
    'body.json': BODY,
    'key.pem': readFileSync(join(VECTORS, 'keys/t-ed25519.pub.pem'), 'utf8'),
  })
  const forms = [
    ['--body', '@body.json'],
    ['--curl', 'curl h --data-binary @body.json'],
  ]
  for (const form of forms) {
    const { stdout } = await run(['answer', '--publickey', 'key.pem', ...form], { cwd: path })
    expect(stdout).toContain('[no-token]')
  }
  remove()
})

test('--config judges by the whole configuration of the server', async () => {
  const { path, remove } = folder({
    'resonate.toml':
      'debug = true\n[auth]\npublickey = "key.pem"\n[server.cors]\nallow_origins = ["*"]\n',
    'key.pem': readFileSync(join(VECTORS, 'keys/t-ed25519.pub.pem'), 'utf8'),
  })
  const { status, stdout } = await run(['answer', '--config', 'resonate.toml', '--body', BODY], {
    cwd: path,
  })
  expect(status).toBe(1)
  expect(stdout).toContain('[no-token]')
  expect(stdout).toContain('access-control-allow-origin: *')
  remove()
})

test('--config judges by the whole configuration of the plugin layout, too', async () => {
  const { path, remove } = folder({
    'resonate.toml':
      'debug = true\n[gateways.gateway_http]\ncors_allow_origins = ["*"]\nauth.publickey = "key.pem"\n',
    'key.pem': readFileSync(join(VECTORS, 'keys/t-ed25519.pub.pem'), 'utf8'),
  })
  const { status, stdout } = await run(
    ['answer', '--target', 'resonate@0.10-plugins', '--config', 'resonate.toml', '--body', BODY],
    { cwd: path },
  )
  expect(status).toBe(1)
  expect(stdout).toContain('[no-token]')
  expect(stdout).toContain('access-control-allow-origin: *')
  remove()
})

test.each([
  ['resonate@0.10', 'workos'],
  ['resonate@0.10-plugins', 'gateways.gateway_http.workos'],
])('%s does not say of callers that WorkOS knows what they are answered', async (target, table) => {
  const { path, remove } = folder({
    'resonate.toml': `[${table}]\napi_key = "k"\norg_id = "o"\n`,
  })
  const { status, stdout, stderr } = await run(
    ['answer', '--target', target, '--config', 'resonate.toml', '--body', BODY],
    { cwd: path },
  )
  expect(status).toBe(3)
  expect(stdout).toBe('')
  expect(stderr).toContain('resonate.toml: what the server answers with it is not known')
  remove()
})

test.each([
  ['--auth-off lets any operation through', ['--auth-off', '--body', BODY], 0, '[passed]'],
  [
    'debug operations are off by default',
    ['--auth-off', '--body', BODY.replace('promise.get', 'debug.snap')],
    1,
    '[debug-disabled]',
  ],
  [
    '--debug switches them on',
    ['--auth-off', '--debug', '--body', BODY.replace('promise.get', 'debug.snap')],
    0,
    '[passed]',
  ],
  [
    '--allow-origin turns CORS on',
    ['--auth-off', '--allow-origin', '*', '--method', 'OPTIONS'],
    0,
    '[preflight]',
  ],
  [
    '--listener asks another listener',
    ['--auth-off', '--listener', 'metrics', '--path', '/metrics'],
    0,
    '[no-token-needed]',
  ],
])('%s', async (_, flags, status, says) => {
  const result = await run(['answer', ...flags], { cwd: VECTORS })
  expect(result.status).toBe(status)
  expect(result.stdout).toContain(says)
})

test.each([
  ['--http and --curl', ['--auth-off', '--http', '--curl', 'curl h'], 2],
  ['--curl and --path', ['--auth-off', '--curl', 'curl h', '--path', '/x'], 2],
  ['--auth-off and --iss', ['--auth-off', '--iss', 'x'], 2],
  ['--config and --publickey', ['--config', 'x', '--publickey', 'none'], 2],
  ['a header without a name', ['--auth-off', '--header', 'x'], 2],
  ['a curl line with a variable', ['--auth-off', '--curl', 'curl h -H "X: $TOKEN"'], 3],
  ['a curl line that is none', ['--auth-off', '--curl', 'wget h'], 3],
  ['a configuration that is missing', ['--config', 'no.toml'], 3],
])('%s: status and a sentence', async (_, flags, status) => {
  const result = await run(['answer', ...flags], { cwd: VECTORS })
  expect(result.status).toBe(status)
  expect(result.stdout).toBe('')
  expect(result.stderr).toMatch(/^resonate-auth: error: [^\n]+\n/)
})

test('a configuration the server does not start with is named', async () => {
  const { path, remove } = folder({ 'resonate.toml': '[auth]\npublickey = "no.pem"\n' })
  const result = await run(['answer', '--config', 'resonate.toml'], { cwd: path })
  expect(result.status).toBe(3)
  expect(result.stderr).toContain('resonate.toml: the server would not start with it')
  remove()
})

test.each(['resonate@0.9', 'resonate@0.10', 'resonate@0.10-plugins'])(
  '--jsonl starts %s with the key and the arguments of a line',
  async (target) => {
    const { path, remove } = folder({
      'key.pem': readFileSync(join(VECTORS, 'keys/t-ed25519.pub.pem'), 'utf8'),
    })
    const server = { publickey: 'key.pem', args: ['--auth-aud', 'a'] }
    const line = { request: { method: 'POST', path: '/', body: BODY }, server }
    const { stdout } = await run(['answer', '--jsonl', '--target', target], {
      cwd: path,
      stdin: toLines([line]),
    })
    expect(JSON.parse(stdout)).toMatchObject({ status: 401, reason: 'no-token' })
    remove()
  },
)

interface GoRow {
  readonly id: string
  readonly at: number
  readonly server: string
  readonly request: object
  readonly status: number
}

test('--jsonl judges another target by the configuration file that a line names', async () => {
  const rows = readRows<GoRow>('go-0.7/requests.jsonl')
  const lines = rows.map(({ id, at, server, request }) => ({
    id,
    at,
    server: { config: server },
    request,
  }))
  const { stdout } = await run(['answer', '--jsonl', '--target', 'resonate-go@0.7'], {
    cwd: join(VECTORS, 'go-0.7'),
    stdin: toLines(lines),
  })
  const answers = fromLines<Line>(stdout)
  const unmet = rows.filter(({ status }, index) => {
    const given = answers[index]?.status
    return given === null ? status === 401 : given !== status
  })
  expect(answers.length).toBe(rows.length)
  expect(unmet.map(({ id }) => id)).toEqual([])
})

test("the server's own flags stand after --, and nothing else does", async () => {
  const { path, remove } = folder({ 'resonate.toml': '[auth]\npublickey = "no.pem"\n' })
  const argv = ['answer', '--path', '/poll/a/b', '--', '--auth-publickey', 'none']
  expect((await run(argv, { cwd: path })).stdout).toContain('[no-token]')
  expect((await run(['answer', 'x'], { cwd: path })).status).toBe(2)
  remove()
})

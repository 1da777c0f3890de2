import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FileRead } from '../../../../src/config/file.ts'
import { configureWith, messageOf, settingOf, type Written } from './configure-with.ts'

test.each<[string, Written, unknown]>([
  ['level', {}, 'info'],
  ['server.port', { toml: '[server]\nport = 9' }, 9n],
  ['server.port', { toml: 'server = ["h", 9]' }, 9n],
  ['server.url', { toml: 'server = ["h", 9]' }, 'http://h:9'],
  ['server.port', { toml: '[server]\nport = 9', env: { RESONATE_SERVER__PORT: '10' } }, 10n],
  [
    'server.port',
    { env: { RESONATE_SERVER__PORT: '10' }, args: ['serve', '--server-port', '11'] },
    11n,
  ],
  [
    'server.cors.allow_origins',
    { args: ['serve', '--server-cors-allow-origin=a,b', '--server-cors-allow-origin=c'] },
    ['a,b', 'c'],
  ],
  ['auth.iss', { toml: '[auth]\npublickey = "none"', args: ['serve', '--auth-iss=x'] }, undefined],
  ['auth.iss', { args: ['serve', '--auth-iss=x', '--auth-publickey=none'] }, 'x'],
  ['transports.http_push.auth.header', {}, undefined],
  ['transports.http_push.auth.header', { toml: '[transports.http_push.auth]' }, 'Authorization'],
  [
    'transports.http_push.auth.mode',
    {
      toml: '[transports.http_push.auth]\nmode = "gcp"',
      args: ['serve', '--transports-http-push-auth-mode=Bearer'],
    },
    'none',
  ],
  ['storage.type', { args: ['serve', '--storage-mysql-url=mysql://h/d'] }, 'mysql'],
  ['storage.type', { args: ['serve', '--storage-postgres-url=postgres://h/d'] }, 'sqlite'],
  ['storage.sqlite.path', { toml: '[storage.sqlite]\npath = "a.db"', args: ['dev'] }, ':memory:'],
  ['storage.sqlite.path', { args: ['dev', '--storage-sqlite-path=a.db'] }, 'a.db'],
  [
    'observability.otlp_endpoint',
    { env: { OTEL_EXPORTER_OTLP_ENDPOINT: '[5]', RESONATE_OBSERVABILITY__OTLP_ENDPOINT: 'x' } },
    '[5]',
  ],
])('%s after %o is %o', (key, written, value) => {
  expect(settingOf(written, key)).toEqual(value)
})

test('a setting tells where it comes from and what it overrides, the nearest first', () => {
  const { settings } = configureWith({
    toml: 'level = "warn"',
    env: { RESONATE_LEVEL: 'debug', resonate_level: 'trace' },
    args: ['serve', '--level', 'error'],
  })
  expect(settings.get('level')).toEqual({
    value: 'error',
    origin: { kind: 'argument', name: '--level', index: 1 },
    shadows: [
      { value: 'trace', origin: { kind: 'variable', name: 'resonate_level' } },
      { value: 'debug', origin: { kind: 'variable', name: 'RESONATE_LEVEL' } },
      {
        value: 'warn',
        origin: { kind: 'file', file: 'resonate.toml', span: { start: 8, end: 14 } },
      },
    ],
  })
})

test('an optional table exists when its name is written, whatever is in it', () => {
  expect([...configureWith({}).tables.keys()]).toEqual([])
  expect([...configureWith({ toml: '[transports.http_push.auth]' }).tables.keys()]).toEqual([
    'transports.http_push.auth',
  ])
})

/** Kind, what was written, what was meant. */
function ignoredBy(written: Written): unknown[] {
  return configureWith(written).ignored.map(({ kind, what, meant }) => [kind, what, meant])
}

test.each<[Written, unknown[]]>([
  [{ toml: '[auth]\npublickey = "none"\nissuer = "x"' }, [['key', 'auth.issuer', 'auth.iss']]],
  [{ toml: '[auth]\npublickey = "none"\naudience = "x"' }, [['key', 'auth.audience', 'auth.aud']]],
  [{ toml: '[cors]\nallow_origins = ["a"]' }, [['key', 'cors', 'server.cors']]],
  [{ toml: '[Auth]\npublickey = "k"' }, [['key', 'Auth', 'auth']]],
  [{ toml: '[server]\nlevel = "x"' }, [['key', 'server.level', 'level']]],
  [{ toml: '[transports.http-push]' }, [['key', 'transports.http-push', 'transports.http_push']]],
  [{ toml: 'server = ["h", 1, "b", 2, "u", [], 7]' }, [['element', 'server.6', undefined]]],
  [{ toml: 'zzzzz = 1' }, [['key', 'zzzzz', undefined]]],
  [
    { env: { RESONATE_AUTH_PUBLICKEY: 'k' } },
    [['variable', 'RESONATE_AUTH_PUBLICKEY', 'RESONATE_AUTH__PUBLICKEY']],
  ],
  [
    { env: { RESONATE_TOKEN: 't', RESONATE_URL: 'u' } },
    [
      ['variable', 'RESONATE_TOKEN', undefined],
      ['variable', 'RESONATE_URL', undefined],
    ],
  ],
  [{ env: { RESONATE_PORT: 'tcp://10.0.0.1:8001' } }, [['variable', 'RESONATE_PORT', undefined]]],
  [
    { env: { RESONATE_AUTH____PUBLICKEY: 'k' } },
    [['variable', 'RESONATE_AUTH____PUBLICKEY', undefined]],
  ],
  [{ args: ['serve', '--auth-aud', 'x'] }, [['flag', '--auth-aud', undefined]]],
  [
    { args: ['serve', '--transports-http-push-auth-token', 'x'] },
    [['flag', '--transports-http-push-auth-token', undefined]],
  ],
  [
    { args: ['dev'], env: { RESONATE_STORAGE__SQLITE__PATH: 'a.db' } },
    [['variable', 'RESONATE_STORAGE__SQLITE__PATH', undefined]],
  ],
  [{ version: '0.9.3', toml: '[server.cors]' }, [['key', 'server.cors', undefined]]],
  [
    { version: '0.9.7', toml: '[transports.bash_exec]\nroot_dir = "/x"' },
    [['key', 'transports.bash_exec.root_dir', undefined]],
  ],
  [{ version: '0.9.6', toml: '[transports.bash_exec]\nroot_dir = "/x"' }, []],
])('%o leaves %o without effect', (written, expected) => {
  expect(ignoredBy(written)).toEqual(expected)
})

const HELD: FileRead = { ok: true, bytes: Buffer.from('SQLite format 3\0') }
const TEXT: FileRead = { ok: true, bytes: Buffer.from('not a database') }
const DIRECTORY: FileRead = {
  ok: false,
  failure: 'directory',
  message: 'Is a directory (os error 21)',
}
const LOOP: FileRead = {
  ok: false,
  failure: 'loop',
  message: 'Too many levels of symbolic links (os error 40)',
}

test.each<[string, Written, string | undefined]>([
  [
    'a missing table counts as the server',
    { toml: 'storage.type = "postgres"' },
    'Fatal: storage.type=postgres requires RESONATE_STORAGE__POSTGRES__URL\n',
  ],
  [
    'the alphabetically first wrong key',
    { toml: 'level = 1\n[auth]\npublickey = 5' },
    'Fatal: Configuration error: invalid type: found signed int `5`, expected a string for key "default.auth.publickey" in resonate.toml TOML file\n',
  ],
  [
    'a table touched by both layers',
    { toml: '[auth]', env: { RESONATE_AUTH__ISS: 'x' } },
    'Fatal: Configuration error: missing field `publickey` for key "AUTH" in `RESONATE_` environment variable(s)\n',
  ],
  [
    'a short list as a table',
    { toml: 'auth = []' },
    'Fatal: Configuration error: invalid length 0, expected struct AuthConfig with 3 elements for key "default.auth" in resonate.toml TOML file\n',
  ],
  [
    'limits before the key',
    { toml: '[transports.http_poll]\nbuffer_size = 0\n[auth]\npublickey = "k"' },
    'Fatal: http_poll.buffer_size must be at least 1\n',
  ],
  [
    'an old release names its storages',
    { version: '0.9.3', toml: 'storage.type = "x"' },
    "Fatal: Unknown storage backend: 'x'. Valid options are 'sqlite' and 'postgres'.\n",
  ],
  ['a flag may name any storage', { args: ['serve', '--storage-type', 'x'] }, undefined],
  ['a database', { toml: 'storage.sqlite.path = "a.db"', files: { 'a.db': HELD } }, undefined],
  [
    'no database',
    { toml: 'storage.sqlite.path = "a.db"', files: { 'a.db': TEXT } },
    'Fatal: Failed to open SQLite database: file is not a database\n',
  ],
  [
    'a directory as database',
    { toml: 'storage.sqlite.path = "d"', files: { d: DIRECTORY } },
    'Fatal: Failed to open SQLite database: unable to open database file: d\n',
  ],
  [
    'a link to itself as database',
    { toml: 'storage.sqlite.path = "l"', files: { l: LOOP } },
    'Fatal: Failed to open SQLite database: unable to open database file: l\n',
  ],
  [
    'a database in no directory',
    { toml: 'storage.sqlite.path = "d/a.db"' },
    'Fatal: Failed to open SQLite database: unable to open database file: d/a.db\n',
  ],
])('start: %s', (_, written, message) => {
  expect(messageOf(written)).toBe(message)
})

test.each<[Written, string]>([
  [
    { toml: 'server.bind = "db.example.com"' },
    'whether db.example.com is an address of the machine',
  ],
  [{ toml: 'server.port = 80' }, "whether the server's user may listen on port 80"],
  [{ toml: 'server.port = 9090' }, 'which of the server and its metrics takes the port they share'],
  [{ args: ['tree', 'x'] }, '"resonate tree" is a client\'s command and starts no server'],
  [
    { env: { RESONATE_NOTE: '['.repeat(5000) } },
    "whether the server's stack holds RESONATE_NOTE, so deeply nested",
  ],
])('%o depends on %s', (written, decides) => {
  expect(configureWith(written).start).toMatchObject({ starts: 'unknown', decides })
})

test('the file of the nearest parent is read and shown as the server shows it', () => {
  const bytes = Buffer.from('level = 5')
  const message = (path: string): string | undefined =>
    messageOf({ files: { [path]: { ok: true, bytes } } })
  expect(message('../resonate.toml')).toContain(' in ../resonate.toml TOML file')
  expect(message('../../resonate.toml')).toContain(' in /resonate.toml TOML file')
})

test('a file that cannot be read stops the server, one that cannot be seen is passed over', () => {
  const denied = {
    ok: false,
    failure: 'denied',
    message: 'Permission denied (os error 13)',
  } as const
  expect(messageOf({ files: { 'resonate.toml': denied } })).toBe(
    'Fatal: Configuration error: Permission denied (os error 13)\n in resonate.toml TOML file\n',
  )
  expect(messageOf({ files: { 'resonate.toml': { ...denied, hidden: true } } })).toBe(undefined)
})

test.each<[string, Written, string]>([
  ['a value of the wrong type', { toml: 'transports.http_push.auth.token = 12345678' }, '12345678'],
  [
    'a number in a variable',
    { env: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: '0012345678' } },
    '12345678',
  ],
  [
    'the line of a syntax error',
    { toml: '[transports.http_push.auth]\ntoken = "s3cr3t" x' },
    '"s3cr3t" x',
  ],
  ['the middle of a text', { toml: 'a = """\ns3cr3t \\q\n"""' }, 's3cr3t \\q'],
  ['a panic', { env: { RESONATE_X: '"s3cr3té\\n"' } }, 's3cr3té\\n'],
  [
    'a value where a table with a secret stands',
    { env: { RESONATE_STORAGE__MYSQL: 'mysql-pw' } },
    'mysql-pw',
  ],
])('the message of %s names its secret', (_, written, secret) => {
  const { start } = configureWith(written)
  if (start.starts !== false) throw new Error('it should not start')
  expect(start.secrets).toContain(secret)
})

test('nothing that is written makes it fail', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 })
  const name = fc.oneof(
    text,
    fc.constantFrom(
      'SERVER__PORT',
      'AUTH',
      'AUTH__ISS',
      'TRANSPORTS__HTTP_PUSH__AUTH__TOKEN',
      'SERVER',
    ),
  )
  const line = fc.oneof(
    text,
    fc.constantFrom(
      '[auth]',
      'publickey = "k"',
      '[server]',
      'port = 5',
      'auth = []',
      '[[server.cors]]',
    ),
  )
  const flag = fc.oneof(
    text,
    fc.constantFrom('--debug', '--server-port', '--auth-iss=x', '--', '-h'),
  )
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.array(fc.tuple(name, text), { maxLength: 4 }),
      fc.array(flag, { maxLength: 4 }),
      (lines, variables, flags) => {
        const env = Object.fromEntries(variables.map(([key, value]) => [`RESONATE_${key}`, value]))
        configureWith({ toml: lines.join('\n'), env, args: ['serve', ...flags] })
      },
    ),
  )
})

test('a file that nests as deeply as TOML allows is read', () => {
  const key = 'a.'.repeat(78)
  const toml = `level = ${`{${key}b=`.repeat(70)}1${'}'.repeat(70)}`
  expect(messageOf({ toml })).toContain('invalid type: found map, expected a string')
})

test('ten thousand unknown keys and variables are told of in linear time', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `unknown_${index}`)
  const toml = names.map((name) => `${name} = 1`).join('\n')
  const env = Object.fromEntries(names.map((name) => [`RESONATE_${name}`, 'x']))
  expect(configureWith({ toml, env }).ignored).toHaveLength(20_000)
})

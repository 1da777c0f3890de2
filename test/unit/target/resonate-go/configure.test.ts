import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Configuration } from '../../../../src/config/configuration.ts'
import { configure } from '../../../../src/target/resonate-go/configure.ts'
import type { GoVersion } from '../../../../src/target/resonate-go/settings.ts'
import { type Start, sourceOf } from './source.ts'

const HTTP_ADDR = 'api.subsystems.http.config.addr'
const USERS = 'api.subsystems.http.config.auth'

function start(version: GoVersion, given: Start): Configuration {
  return configure(version, sourceOf(given))
}

function settingOf(configuration: Configuration, key: string): unknown {
  return configuration.settings.get(key)?.value
}

function messageOf({ start: verdict }: Configuration): string {
  return verdict.starts === false ? verdict.message : String(verdict.starts)
}

function http(config: string): string {
  return `api:\n  subsystems:\n    http:\n      config:\n        ${config}\n`
}

test('a flag wins over a variable, a variable over the file, the file over the default', () => {
  const file = { 'resonate.yaml': http('addr: ":1"') }
  const variables = { API_SUBSYSTEMS_HTTP_CONFIG_ADDR: ':2' }
  const flags = ['serve', '--api-http-addr', ':3']
  expect(settingOf(start('0.8', {}), HTTP_ADDR)).toBe(':8001')
  expect(settingOf(start('0.8', { files: file }), HTTP_ADDR)).toBe(':1')
  expect(settingOf(start('0.8', { files: file, variables }), HTTP_ADDR)).toBe(':2')
  const all = start('0.8', { files: file, variables, arguments: flags })
  expect(settingOf(all, HTTP_ADDR)).toBe(':3')
  expect(all.settings.get(HTTP_ADDR)?.shadows.map(({ value }) => value)).toEqual([':2', ':1'])
})

test.each([
  ['resonate.json beside it', { 'resonate.json': '{}' }, 'resonate.json'],
  ['resonate.toml beside it', { 'resonate.toml': '' }, 'resonate.toml'],
  ['resonate.yml beside it', { 'resonate.yml': '' }, 'resonate.yaml'],
  ['one in the home directory', { '/root/resonate.json': '{}' }, 'resonate.yaml'],
])('with %s, what resonate.yaml holds counts or is told to be ignored', (_, beside, read) => {
  const files = { 'resonate.yaml': http('addr: ":1"'), ...beside }
  const configuration = start('0.8', { files })
  expect(configuration.file?.path).toBe(read)
  const unread = Object.keys(files).filter((path) => path !== read)
  const ignored = configuration.ignored.filter(({ kind }) => kind === 'file')
  expect(ignored.map(({ what }) => what)).toEqual(unread)
})

test.each([
  ['--config with an ending of its own', ['serve', '--config', 'a.yaml'], 'a.yaml'],
  ['-c', ['serve', '-c', 'a.yaml'], 'a.yaml'],
  ['-ca.yaml', ['serve', '-ca.yaml'], 'a.yaml'],
  ['an empty --config', ['serve', '--config='], 'resonate.yaml'],
  ['dev', ['dev'], 'resonate-dev.yaml'],
])('the file of %s', (_, args, path) => {
  const text = 'logLevel: warn\n'
  const files = { 'a.yaml': text, 'resonate.yaml': text, 'resonate-dev.yaml': text }
  expect(start('0.8', { files, arguments: args }).file?.path).toBe(path)
})

test.each([
  ['a.conf', 'Error: Unsupported Config Type "conf"'],
  ['a', 'Error: Unsupported Config Type ""'],
  ['a.ini', 'Error: While parsing config: decoder not found for this format'],
  ['none.yaml', 'Error: open none.yaml: no such file or directory'],
])('--config %s stops the start', (path, message) => {
  const files = { 'a.conf': '', a: '', 'a.ini': '' }
  expect(messageOf(start('0.8', { files, arguments: ['serve', '--config', path] }))).toBe(message)
})

test.each([
  [['srve'], 'Error: unknown command "srve" for "resonate"'],
  [['serve', '--token', 'x'], 'Error: unknown flag: --token'],
  [['serve', '-x'], "Error: unknown shorthand flag: 'x' in -x"],
  [['serve', '--=x'], 'Error: bad flag syntax: --=x'],
  [['serve', '--api-http-addr'], 'Error: flag needs an argument: --api-http-addr'],
  [['serve', '-c'], "Error: flag needs an argument: 'c' in -c"],
  [
    ['serve', '--api-size', '1e3'],
    'Error: invalid argument "1e3" for "--api-size" flag: strconv.ParseInt: parsing "1e3": invalid syntax',
  ],
  [
    ['serve', '--api-http-enable=yes'],
    'Error: invalid argument "yes" for "--api-http-enable" flag: strconv.ParseBool: parsing "yes": invalid syntax',
  ],
  [
    ['serve', '--api-http-timeout', '1d'],
    'Error: invalid argument "1d" for "--api-http-timeout" flag: time: unknown unit "d" in duration "1d"',
  ],
  [
    ['serve', '--api-http-auth', 'alice'],
    'Error: invalid argument "alice" for "--api-http-auth" flag: alice must be formatted as key=value',
  ],
])('the arguments %j stop the start', (args, message) => {
  const configuration = start('0.8', { arguments: args })
  expect(configuration.start).toMatchObject({ starts: false, exit: 1 })
  expect(messageOf(configuration).split('\n')[0]).toBe(message)
})

test('0.7 has no flag for a public key', () => {
  const args = ['serve', '--api-auth-public-key', 'key.pem']
  expect(messageOf(start('0.7', { arguments: args }))).toBe(
    'Error: unknown flag: --api-auth-public-key',
  )
})

test.each([
  [['--api-http-auth', 'alice=secret'], { alice: 'secret' }],
  [['--api-http-auth', 'alice=a,bob=b'], { alice: 'a', bob: 'b' }],
  [['--api-http-auth', 'alice=a', '--api-http-auth', 'bob=b'], { alice: 'a', bob: 'b' }],
  [['--api-http-auth', 'alice=a', '--api-http-auth', 'alice=b'], { alice: 'b' }],
  [['--api-http-auth', 'alice=a,b'], { alice: 'a,b' }],
  [['--api-http-auth', 'alice=a=b'], { alice: 'a=b' }],
  [['--api-http-auth', '"alice=a,b",bob=c'], { alice: 'a,b', bob: 'c' }],
  [['--api-http-auth', 'alice=secret]'], { alice: 'secret' }],
  [['--api-http-auth', 'Alice=x'], { Alice: 'x' }],
])('the users of %j', (args, users) => {
  const { settings } = start('0.8', { arguments: ['serve', ...args] })
  const found = [...settings]
    .filter(([key]) => key.startsWith(`${USERS}.`))
    .map(([key, { value }]) => [key.slice(USERS.length + 1), value])
  expect(Object.fromEntries(found)).toEqual(users)
})

test.each([
  ['resonate.yaml', http('auth: {alice: x, Alice: y}')],
  ['resonate.yaml', http('auth: {Alice: y, alice: x}')],
  [
    'resonate.yaml',
    `${http('auth: {alice: x}')}API: {subsystems: {http: {config: {auth: {alice: y}}}}}\n`,
  ],
  ['resonate.json', '{"api.subsystems.http.config.auth":{"Alice":"y","alice":"x"}}'],
  ['resonate.toml', `[${USERS}]\nAlice = "y"\nalice = "x"\n`],
])('of names in %s that differ in case alone the one with a capital counts: %s', (file, text) => {
  const { settings } = start('0.8', { files: { [file]: text } })
  expect(settings.get(`${USERS}.alice`)?.value).toBe('y')
})

test.each([
  ['2024-01-01T10:00:00Z', true],
  ['2024-01-01', `'Auth.Year' cannot assign type "int"`],
  ['10:00:00', `'Auth.Hour' cannot assign type "int"`],
  ['2024-01-01T10:00:00', `'Auth.LocalDate' cannot assign type "toml.LocalDate"`],
])('users that are the time %s have its fields for names', (time, end) => {
  const text = `api.subsystems.http.config.auth = ${time}\n`
  for (const version of ['0.7', '0.8'] as const) {
    const configuration = start(version, { files: { 'resonate.toml': text } })
    const last = messageOf(configuration).split('\n').at(-1) ?? ''
    const name = version === '0.7' ? 'API.Subsystems.Http.Config.Auth' : 'Auth'
    const expected = `${String(end).replace('Auth', name)} to map value field of type "string"`
    expect(last).toBe(end === true ? 'true' : expected)
  }
})

const EXPECTED_STRING = "expected type 'string', got unconvertible type"

test.each([
  ['auth: {alice: secret}', 'true', 'true'],
  ['auth: {Alice: secret}', 'true', 'true'],
  ['auth: {alice: }', 'true', 'true'],
  ['auth: {alice: 123}', 'true', `'Auth[alice]' ${EXPECTED_STRING} 'int'`],
  ['auth: {alice: true}', 'true', `'Auth[alice]' ${EXPECTED_STRING} 'bool'`],
  ['auth: {alice: 1.5}', 'true', `'Auth[alice]' ${EXPECTED_STRING} 'float64'`],
  ['timeout: 10', 'true', 'true'],
  [
    'addr: 8001',
    'Error: listen tcp: address 8001: missing port in address',
    `'Addr' ${EXPECTED_STRING} 'int'`,
  ],
])('%s in YAML starts 0.7 (weakly typed): %s, 0.8 (strictly): %s', (config, weak, strict) => {
  const files = { 'resonate.yaml': http(config) }
  expect(messageOf(start('0.7', { files }))).toBe(weak)
  expect(messageOf(start('0.8', { files })).split('\n').at(-1)).toBe(strict)
})

test.each([
  ['api.http.token', 'api: {http: {token: x}}', 'api.auth.publicKey'],
  ['api.http.auth', 'api: {http: {auth: {alice: x}}}', USERS],
  ['api.auth.publickye', 'api: {auth: {publickye: x}}', 'api.auth.publicKey'],
  ['auth.publickey', 'auth: {publickey: x}', 'api.auth.publicKey'],
  [
    'aio.subsystems.sender.config.plugins.poll.config.auth',
    'aio: {subsystems: {sender: {config: {plugins: {poll: {config: {auth: {a: b}}}}}}}}',
    'aio.plugins.poll.config.auth',
  ],
  ['nothing.like.it', 'nothing: {like: {it: x}}', undefined],
])('0.8 reads on without a word over %s', (what, yaml, meant) => {
  const configuration = start('0.8', { files: { 'resonate.yaml': `${yaml}\n` } })
  expect(configuration.start).toEqual({ starts: true })
  expect(configuration.ignored).toMatchObject([{ kind: 'key', what }])
  expect(configuration.ignored[0]?.meant).toBe(meant)
})

test.each([
  ['RESONATE_TOKEN', 'x', undefined],
  ['RESONATE_API_AUTH_PUBLICKEY', 'x', 'API_AUTH_PUBLICKEY'],
  ['API_AUTH_PUBLIC_KEY', 'x', 'API_AUTH_PUBLICKEY'],
  ['API_SUBSYSTEMS_HTTP_CONFIG_AUTH_ALICE', 'x', undefined],
  ['API_AUTH_PUBLICKEY', '', undefined],
])('0.8 does not read the variable %s=%s', (name, value, meant) => {
  const { ignored } = start('0.8', { variables: { [name]: value } })
  expect(ignored).toMatchObject([{ kind: 'variable', what: name }])
  expect(ignored[0]?.meant).toBe(meant)
})

test('variables of other programs are not told of', () => {
  const variables = { PATH: '/bin', LANG: 'C', API_KEY: 'x', DATABASE_URL: 'y' }
  expect(start('0.8', { variables }).ignored).toEqual([])
})

test('users cannot come from a variable: the server does not start', () => {
  const variables = { API_SUBSYSTEMS_HTTP_CONFIG_AUTH: 'alice=secret' }
  const { start: verdict } = start('0.8', { variables })
  expect(verdict).toMatchObject({ starts: false, exit: 1 })
})

test('an argument that is not known decides the start', () => {
  const source = sourceOf({})
  const origin = { kind: 'argument', name: '', index: 0 } as const
  const configuration = configure('0.8', {
    ...source,
    arguments: [{ text: undefined, origin, why: 'a value of a secret' }],
  })
  expect(configuration.start).toEqual({ starts: 'unknown', decides: 'a value of a secret', origin })
})

test('a password in an error text is told to be a secret', () => {
  const files = { 'resonate.yaml': `${http('auth: "hunter2 and more"')}` }
  for (const version of ['0.7', '0.8'] as const) {
    const verdict = start(version, { files }).start
    if (verdict.starts !== false) throw new Error(`${version} starts`)
    const hidden = verdict.secrets.reduce((text, one) => text.replaceAll(one, ''), verdict.message)
    expect(hidden).not.toContain('hunter2')
  }
  const args = ['serve', '--api-http-auth', 'hunter2']
  const verdict = start('0.8', { arguments: args }).start
  expect(verdict.starts === false && verdict.secrets).toContain('hunter2')
})

const PIECES = [
  'api:',
  'subsystems:',
  'auth:',
  '&a',
  '*a',
  '<<:',
  '{',
  '}',
  '[',
  ']',
  '- ',
  '\n',
  '\n  ',
  '? ',
  '|',
  '"',
  "'",
  '!!int',
  '%YAML',
  '---',
  '\t',
  '#',
  '=',
  '[api]',
  'x',
  '1',
  '\u0000',
  '\ud800',
]

test('later documents of a YAML file are told to be ignored, whatever its name', () => {
  const text = 'logLevel: warn\n---\nlogLevel: info\n'
  for (const given of [
    { files: { 'resonate.yml': text } },
    { named: { path: 'resonate.conf', text } },
  ]) {
    const { ignored } = start('0.8', given)
    expect(ignored.map(({ what }) => what)).toEqual(['the documents after the first'])
  }
})

test('nothing that a user writes makes it throw', () => {
  const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((all) => all.join(''))
  const ending = fc.constantFrom('yaml', 'json', 'toml', 'env', 'ini')
  const args = fc.array(
    fc.oneof(fc.constantFrom('serve', '--api-http-auth', '--api-size', '-c', '--', '-'), text),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(fc.constantFrom<GoVersion>('0.7', '0.8'), text, ending, args, text, (...all) => {
      const [version, content, extension, list, variable] = all
      const configuration = start(version, {
        files: { [`resonate.${extension}`]: content },
        variables: { API_AUTH_PUBLICKEY: variable, API_SIZE: variable },
        arguments: list,
      })
      expect(configuration.settings.size).toBeGreaterThan(0)
    }),
    { seed: 8, numRuns: 300 },
  )
})

test('a text nested as deep as it is long is read in no time worth counting', () => {
  const deep = ['[', '{', '- ', '? ', '{"a":', '[[', '!'].map((piece) => piece.repeat(50_000))
  for (const extension of ['yaml', 'json', 'toml'])
    for (const text of deep) {
      const { start: verdict } = start('0.8', { files: { [`resonate.${extension}`]: text } })
      expect(verdict.starts).not.toBe(true)
    }
})

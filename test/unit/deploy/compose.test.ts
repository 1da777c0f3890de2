import { expect, test } from 'vitest'
import { type ComposeOptions, readCompose } from '../../../src/deploy/compose.ts'
import type { Deployment } from '../../../src/deploy/deployment.ts'
import { argumentRows, found, host, open, variableRows } from './fixture.ts'

function read(files: readonly string[], options: Partial<ComposeOptions> = {}): Deployment {
  return readCompose(files.map(open), { environment: undefined, host, ...options })
}

function readText(text: string, options: Partial<ComposeOptions> = {}): Deployment {
  const source = { file: 'compose.yml', text }
  return readCompose([source], { environment: undefined, host: () => undefined, ...options })
}

// The values of these files were recorded from compose-go v2.16.2 (`cli.LoadProject`), the places counted by hand.

test('a list of variables: quotes, equals signs in values, a bare name', () => {
  const deployment = read(['compose-list/compose.yaml'], { service: 'server-auth' })
  expect(variableRows(deployment)).toEqual([
    ['RESONATE_SERVER__PORT', '8001', 'compose.yaml:16:8001'],
    ['RESONATE_LEVEL', 'info', 'compose.yaml:17:info'],
    [
      'RESONATE_AUTH__PUBLICKEY',
      '/etc/resonate/auth/public.pem',
      'compose.yaml:18:/etc/resonate/auth/public.pem',
    ],
    ['RESONATE_AUTH__AUD', "it's mine", "compose.yaml:19:it''s mine"],
    [
      'RESONATE_SERVER__CORS__ALLOW_ORIGINS',
      '["https://a.example"]',
      'compose.yaml:20:[\\"https://a.example\\"]',
    ],
    [
      'RESONATE_STORAGE__POSTGRES__URL',
      'postgres://u:p@db:5432/r?sslmode=disable',
      'compose.yaml:21:postgres://u:p@db:5432/r?sslmode=disable',
    ],
    ['RESONATE_TOKEN', undefined, 'compose.yaml:22:RESONATE_TOKEN'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'compose.yaml:11:resonatehqio/resonate:v0.9.8'],
  ])
  expect(deployment.cwd).toBe('/')
})

test.each([
  ['a mounted key', '/etc/resonate/auth/public.pem', 'a key\n'],
  ['a bind mount of nothing: Docker makes a directory', '/resonate.toml', 'directory'],
  ['a volume', '/var/lib/resonate/resonate.db', undefined],
  ['a path above a mount', '/etc/resonate', 'directory'],
  ['a path below a file', '/etc/resonate/auth/public.pem/x', 'not-a-directory'],
  ['a path that nothing is mounted at', '/etc/other.pem', 'missing'],
  ['a path relative to the working directory', 'etc/other.pem', 'missing'],
  ['a path of the system', '/etc/ssl/certs/ca.pem', undefined],
])('files: %s', (_what, path, content) => {
  const deployment = read(['compose-list/compose.yaml'], { service: 'server-auth' })
  expect(found(deployment, path)).toBe(content)
})

const ANCHORS = [
  ['RESONATE_OBSERVABILITY__METRICS_PORT', '0', 'Dockerfile:3:0'],
  ['FROM_IMAGE', 'yes', 'Dockerfile:3:yes'],
  ['FROM_FILE', 'plain value', 'common.env:1:plain value'],
  ['RESONATE_LEVEL', 'info', 'compose.yml:2:info'],
  ['RESONATE_STORAGE__TYPE', 'sqlite', 'common.env:3:sqlite'],
  ['QUOTED', 'a\nb plain value', 'common.env:4:a\\nb $FROM_FILE'],
  ['RAW', '"kept" # all of it', 'raw.env:1:"kept" # all of it'],
  ['SPACED', ' x ', 'raw.env:2: x '],
  ['RESONATE_AUTH__PUBLICKEY', '/run/secrets/jwt-key', 'compose.yml:31:/run/secrets/jwt\\x2dkey'],
  ['RESONATE_AUTH__AUD', 'folded value', 'compose.yml:34:folded\n        value'],
  [
    'RESONATE_SERVER__URL',
    'https://api.example:443/$x',
    `compose.yml:36:https://$HOST_NAME.example\${PORT_PART-:443}/$$x`,
  ],
  ['RESONATE_DEBUG', 'false', 'compose.yml:3:false'],
  ['RESONATE_SERVER__PORT', '8001', 'compose.yml:4:8001'],
  ['RESONATE_TASKS__LEASE_TIMEOUT', '1000', 'compose.yml:8:1_000'],
]

test('anchors, merge keys, env files, .env, a Dockerfile and a folded command', () => {
  const environment = new Map([['PUSH_TOKEN', 'pt']])
  const deployment = read(['compose-anchors/compose.yml'], { environment })
  expect(deployment.name).toBe('resonate')
  expect(variableRows(deployment)).toEqual(ANCHORS)
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'compose.yml:38:serve'],
    ['--server-port', 'compose.yml:39:--server-port'],
    ['9001', 'compose.yml:39:9001'],
    ['--auth-aud', 'compose.yml:40:--auth-aud'],
    ['two words', 'compose.yml:40:two words'],
    ['--transports-http-push-auth-token', 'compose.yml:41:--transports-http-push-auth-token'],
    ['pt', `compose.yml:41:\${PUSH_TOKEN}`],
  ])
  expect(deployment.cwd).toBe('/srv/resonate')
  expect(found(deployment, 'resonate.toml')).toBe('[auth]\npublickey = "none"\n')
  expect(found(deployment, '/run/secrets/jwt-key')).toBe('a key\n')
  expect(found(deployment, '/run/secrets/push-token')).toBe('pt')
})

test('without the environment its variables are unknown, and say why', () => {
  const deployment = read(['compose-anchors/compose.yml'])
  const rows = variableRows(deployment).filter(([, value]) => value === undefined)
  expect(rows).toEqual([['RESONATE_AUTH__ISS', undefined, 'compose.yml:32:RESONATE_AUTH__ISS']])
  expect(deployment.arguments.at(-1)).toMatchObject({
    text: undefined,
    why: 'PUSH_TOKEN is not set here: it is empty unless the environment sets it',
  })
  expect(found(deployment, '/run/secrets/push-token')).toBeUndefined()
})

// Recorded from compose-go v2.16.2.
test.each([
  ['yes', 'yes'],
  ['True', 'true'],
  ['014', '12'],
  ['0x1F', '31'],
  ['1_000', '1000'],
  ['-0', '-0'],
  ['1.0', '1'],
  ['1.50', '1.5'],
  ['1e6', '1e+06'],
  ['1234567.0', '1.234567e+06'],
  ['0.0001', '0.0001'],
  ['1e-5', '1e-05'],
  ['123456789012345678901', '1.2345678901234568e+20'],
  ['18446744073709551615', '18446744073709551615'],
  ["'014'", '014'],
  ['!!str 5', '5'],
  ['12:30', '12:30'],
  ['a b # c', 'a b'],
])('a value written %s in a mapping is %s', (text, value) => {
  expect(
    readText(`services:\n  a:\n    environment:\n      A: ${text}\n`).variables[0]?.value,
  ).toBe(value)
})

test('a date is not known', () => {
  const { variables } = readText('services: {a: {environment: {A: 2020-01-01}}}')
  expect(variables).toMatchObject([{ value: undefined, why: expect.stringContaining('quote it') }])
})

test('extends through another file, paths from where they are written, an init program', () => {
  const deployment = read(['compose-extends/compose.yml'])
  expect(variableRows(deployment)).toEqual([
    ['RESONATE_AUTH__PUBLICKEY', '/keys/public.pem', 'auth.env:1:/keys/public.pem'],
    ['RESONATE_LEVEL', 'debug', 'compose.yml:7:debug'],
    ['RESONATE_SERVER__PORT', '8001', 'base.yml:6:8001'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'compose.yml:14:serve'],
    ['--level=warn', 'compose.yml:14:--level=warn'],
    ['--auth-iss', 'compose.yml:14:--auth-iss'],
    ['https://issuer', 'compose.yml:14:https://issuer'],
  ])
  expect(found(deployment, '/keys/public.pem')).toBe('a key\n')
  expect(found(deployment, '/resonate.toml')).toBe('level = "info"\n')
})

test('a second file over the first, with !reset and a required variable', () => {
  const files = ['compose-override/compose.yml', 'compose-override/compose.prod.yml']
  const environment = new Map([['KEY', '/k']])
  expect(variableRows(read(files, { environment }))).toEqual([
    ['RESONATE_LEVEL', 'info', 'compose.yml:6:info'],
    ['RESONATE_DEBUG', 'false', 'compose.prod.yml:6:false'],
    ['RESONATE_AUTH__PUBLICKEY', '/k', `compose.prod.yml:7:\${KEY:?set KEY}`],
  ])
  expect(argumentRows(read(files))).toEqual([['dev', 'compose.prod.yml:3:dev']])
  expect(read(files).variables.at(-1)).toMatchObject({
    value: undefined,
    why: 'compose stops here: the variable KEY is required',
  })
})

test('a file with a byte order mark and CRLF gives the same values at the same lines', () => {
  const source = open('compose-anchors/compose.yml')
  const text = `\ufeff${source.text.replaceAll('\n', '\r\n')}`
  const environment = new Map([['PUSH_TOKEN', 'pt']])
  const deployment = readCompose([{ ...source, text }], { environment, host })
  const reopen = (file: string) => (file === source.file ? { file, text } : open(file))
  const rows = variableRows(deployment, reopen)
  expect(rows.map(([name, value, at]) => [name, value, at.replaceAll('\r', '')])).toEqual(ANCHORS)
})

test.each([
  ['the only service', 'services: {a: {image: x}}', 'a'],
  ['the only one of the server’s image', 'services: {a: {image: x}, b: {image: h/resonate}}', 'b'],
  [
    'the only one with a variable of the server',
    'services: {a: {image: x}, b: {image: y, environment: [RESONATE_AUTH__AUD=z]}}',
    'b',
  ],
  ['the only one that runs it', 'services: {a: {image: x}, b: {command: resonate serve}}', 'b'],
  ['the only one of that name', 'services: {a: {image: x}, resonate-1: {image: y}}', 'resonate-1'],
])('the service is %s', (_what, text, name) => {
  expect(readText(text).name).toBe(name)
})

test.each([
  [
    'several',
    'services: {a: {image: x}, b: {image: y}}',
    {},
    'which service is the server is not clear',
  ],
  ['none', 'services: {}', {}, 'there are no services in it'],
  ['no such', 'services: {a: {image: x}}', { service: 'b' }, 'there is no service "b"'],
])('%s services: a usage error that lists them', (_what, text, options, message) => {
  expect(() => readText(text, options)).toThrow(
    expect.objectContaining({ code: 'ERR_USAGE', message: `compose.yml: ${message}` }),
  )
})

const image = 'image: resonatehqio/resonate'
test.each([
  ['no command: the image’s', image, ['serve']],
  ['null', `${image}, command: null`, ['serve']],
  ['an empty command', `${image}, command: []`, ['serve']],
  ['arguments only', `${image}, command: dev --debug`, ['dev', '--debug']],
  ['quotes', `${image}, command: 'serve --level "a b"'`, ['serve', '--level', 'a b']],
  ['the rest after an operator is dropped', `${image}, command: 'dev ; x'`, ['dev']],
  ['an entrypoint drops the image’s command', `${image}, entrypoint: [resonate]`, []],
  ['a shell', `${image}, entrypoint: sh -c, command: ["exec resonate dev"]`, ['dev']],
  [
    'a shell with more to it',
    `${image}, entrypoint: sh -c, command: ["a && resonate dev"]`,
    [undefined],
  ],
  ['env', `${image}, entrypoint: [env, A=1, resonate, dev]`, ['dev']],
  ['another program', `${image}, entrypoint: [/start.sh]`, [undefined]],
  ['an image that is not known', 'image: acme/x', [undefined]],
  ['its arguments', 'image: acme/x, command: serve --debug', ['serve', '--debug']],
  [
    'the program in an image that is not known',
    'image: acme/x, command: /bin/resonate dev',
    ['dev'],
  ],
  ['another command there', 'image: acme/x, command: start', [undefined]],
])('arguments: %s', (_what, service, words) => {
  expect(readText(`services: {a: {${service}}}`).arguments.map(({ text }) => text)).toEqual(words)
})

test.each([
  ['a: 1\nb: [', 'compose.yml:2:5: not valid YAML'],
  ['- a', 'compose.yml:1:1: the compose file is not a mapping'],
  ['services: {a: {environment: x}}', 'compose.yml:1:29: "environment" is neither a list nor'],
  ['services: {a: {environment: [A =1]}}', 'compose.yml:1:30: a blank before "="'],
  [`services: {a: {environment: ["A=\${B"]}}`, `compose.yml:1:33: a "\${B" without its "}"`],
  ['services: {a: {command: "x \'y"}}', 'compose.yml:1:25: "command" cannot be split'],
  ['services: {a: {volumes: ["aa:b:c:d"]}}', 'compose.yml:1:26: a volume with an empty part'],
  ['services: {a: {extends: b}}', 'compose.yml:1:25: there is no service "b" to extend'],
  ['services: {a: {extends: a}}', 'compose.yml:1:25: services extend each other without an end'],
  ['a: &a [*a]', 'compose.yml:1:8: an alias stands inside the node it refers to'],
  [`a: ${'['.repeat(5000)}`, 'compose.yml:1:104: YAML nested more than 100 levels deep'],
])('%j is refused with its place', (text, message) => {
  expect(() => readText(text)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message) }),
  )
})

test('an env file that is not here leaves the variables open, and says so', () => {
  const text =
    'services: {a: {image: x/resonate, env_file: [prod.env], command: "sh -c \'dev $A\'"}}'
  expect(readText(text).notes).toMatchObject([
    { about: 'variables', text: 'the variables of prod.env are not known: it cannot be read here' },
  ])
})

import { expect, test } from 'vitest'
import { configureWith, messageOf, settingOf, type Written } from './configure-with.ts'

const VERSION = '0.10-plugins'

test.each<[string, Written, unknown]>([
  ['gateways.gateway_http.bind', {}, '0.0.0.0:8001'],
  [
    'gateways.gateway_http.bind',
    {
      toml: 'gateways.gateway_http.bind = "127.0.0.1:8001"',
      args: ['serve', '--server-port', '9000'],
    },
    '0.0.0.0:9000',
  ],
  [
    'servers.server_sqlite.server_url',
    { args: ['serve', '--server-port', '9000'] },
    'http://localhost:9000',
  ],
  [
    'servers.server_sqlite.path',
    { toml: 'servers.server_sqlite.path = "a.db"', args: ['dev'] },
    ':memory:',
  ],
  ['servers.active', { args: ['serve', '--storage-type', 'postgres'] }, 'server_postgres'],
  ['level', { args: ['serve', '--set', 'level=debug'] }, 'debug'],
  [
    'gateways.gateway_http.cors_allow_origins',
    { args: ['serve', '--server-cors-allow-origin=a', '--server-cors-allow-origin=b'] },
    ['a', 'b'],
  ],
  [
    'gateways.gateway_http.auth.iss',
    {
      env: { RESONATE_GATEWAYS__GATEWAY_HTTP__AUTH__ISS: 'x' },
      args: ['serve', '--auth-iss', '5'],
    },
    '5',
  ],
  ['gateways.gateway_http.auth.publickey', {}, undefined],
  [
    'workers.transport_http_push.auth.token',
    { args: ['serve', '--set', 'workers.transport_http_push.auth.token="t"'] },
    't',
  ],
])('%s after %o is %o', (key, written, value) => {
  expect(settingOf({ ...written, version: VERSION }, key)).toEqual(value)
})

const TAKEN = '`level`, `debug`, `shutdown_timeout`, `servers`, `workers`, `gateways`'
const HTTP = '`enabled`, `bind`, `cors_allow_origins`, `auth`, `workos`, `abort_on_panic`'

test.each<[Written, string | undefined]>([
  [{}, undefined],
  [
    { toml: '[auth]\npublickey = "k"\n[server]\nport = 1' },
    `unknown configuration: \`auth\`, \`server\` — the top level takes ${TAKEN}`,
  ],
  [
    { env: { RESONATE_TOKEN: 't' } },
    `unknown configuration: \`token\` — the top level takes ${TAKEN}`,
  ],
  [
    { env: { RESONATE_DEBUG: '1' } },
    'debug: invalid type: found unsigned int `1`, expected a boolean (from `RESONATE_` environment variable(s))',
  ],
  [
    { toml: 'gateways.gateway_http.port = 1' },
    `gateways.gateway_http.port: unknown setting; this section takes ${HTTP} (from TOML file resonate.toml)`,
  ],
  [
    { toml: 'workers.transport_http_push.auth.tokn = "x"' },
    'workers.transport_http_push.auth.tokn: unknown setting; this section takes `mode`, `token`, `audience`, `header` (from TOML file resonate.toml)',
  ],
  [
    { toml: 'gateways.gateway_http.auth.iss = 5' },
    'gateways.gateway_http.auth.iss.gateways.gateway_http: invalid type: found signed int `5`, expected a string (from TOML file resonate.toml)',
  ],
  [
    { args: ['serve', '--transports-http-push-concurrency', '0'] },
    'workers.transport_http_push.concurrency: must be at least 1 (got 0) (from TOML source string)',
  ],
  [
    { toml: 'servers.active = "mongo"' },
    "server 'mongo' is not compiled into this binary; it carries: server_sqlite, server_postgres, server_mysql, server_scylladb, server_blob, server_neo4j",
  ],
  [
    { toml: '[gateways.gateway_http.auth]' },
    'gateway \'gateway_http\' failed to start: publickey is required when an auth section is present: a path to a PEM file, or "none" to accept unsigned tokens',
  ],
  [
    { toml: '[gateways.gateway_http.auth]\npublickey = "none"\n[gateways.gateway_http.workos]' },
    "gateway 'gateway_http' failed to start: auth and workos cannot both be configured — choose exactly one mode",
  ],
  [{ toml: 'servers.active = 5' }, undefined],
  [{ toml: '[servers.server_mysql]\nzzz = 1' }, undefined],
])('%o ends with %s', (written, message) => {
  expect(messageOf({ ...written, version: VERSION })).toBe(
    message === undefined ? undefined : `Fatal: ${message}\n`,
  )
})

test('a syntax error names the file', () => {
  expect(messageOf({ version: VERSION, toml: 'level = x' })).toBe(
    'Fatal: configuration: TOML parse error at line 1, column 9\n  |\n1 | level = x\n  |         ^\ninvalid string\nexpected `"`, `\'`\n (from TOML file resonate.toml)\n',
  )
})

test('an id that no plugin has is passed over with a warning, and so is a server that is not active', () => {
  const { ignored, start } = configureWith({
    version: VERSION,
    toml: '[gateways.http.auth]\npublickey = "k"\n[servers.server_mysql]\nurl = "u"',
  })
  expect(start).toEqual({ starts: true })
  expect(ignored).toMatchObject([{ what: 'servers.server_mysql' }, { what: 'gateways.http' }])
})

test('a flag about the server is not told of as ignored by the other servers', () => {
  const args = ['serve', '--server-url', 'http://a', '--tasks-retry-timeout', '5']
  expect(configureWith({ version: VERSION, args }).ignored).toEqual([])
})

test('--config names another file, and a missing one is no error', () => {
  const bytes = Buffer.from('level = "warn"')
  const files = { 'prod.toml': { ok: true, bytes } } as const
  const args = ['serve', '--config', 'prod.toml']
  expect(settingOf({ version: VERSION, args, files }, 'level')).toBe('warn')
  expect(settingOf({ version: VERSION, args }, 'level')).toBe('info')
})

test('variables that nobody can foresee or the server drops are told as for the other layouts', () => {
  const deep = configureWith({ version: VERSION, env: { RESONATE_LEVEL: '['.repeat(5000) } })
  expect(deep.start).toMatchObject({
    starts: 'unknown',
    decides: "whether the server's stack holds RESONATE_LEVEL, so deeply nested",
  })
  const dropped = configureWith({ version: VERSION, env: { RESONATE_LEVEL__: 'x' } })
  expect(dropped.start).toEqual({ starts: true })
  expect(dropped.ignored).toMatchObject([{ kind: 'variable', what: 'RESONATE_LEVEL__' }])
})

test.each([
  ['workos={api_key="k",org=1}', 'gateways.gateway_http.workos.org: unknown setting; this section'],
  [
    'cors_allow_origins=["a",1]',
    'gateways.gateway_http.cors_allow_origins.1.gateways.gateway_http:',
  ],
  ['port=1', 'gateways.gateway_http.port: unknown setting; this section'],
])('what --set %s holds stands on the command line', (text, message) => {
  const args = ['serve', '--set', `gateways.gateway_http.${text}`]
  const { start } = configureWith({ version: VERSION, args })
  expect(start).toMatchObject({
    starts: false,
    message: expect.stringContaining(message),
    origin: { kind: 'argument', index: 1 },
  })
  expect(start).toMatchObject({ message: expect.stringMatching(/ \(from TOML source string\)\n$/) })
})

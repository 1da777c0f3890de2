import type { Schema, SettingRow, TableRow } from './settings.ts'

/** What every server keeps, the active one alone being read (facts: 0.10, section 3.1). */
function serverRows(id: string): readonly SettingRow[] {
  return [
    { key: `servers.${id}.server_url`, type: 'string', default: '' },
    { key: `servers.${id}.retry_timeout`, type: 'i64', default: 30000n },
  ]
}

function databaseRows(id: string, name: string): readonly SettingRow[] {
  return [
    {
      key: `servers.${id}.url`,
      type: 'string',
      secret: true,
      flag: { name: `--storage-${name}-url`, value: 'URL' },
    },
    {
      key: `servers.${id}.pool_size`,
      type: 'u32',
      default: 10n,
      flag: { name: `--storage-${name}-pool-size`, value: 'N' },
    },
    ...serverRows(id),
  ]
}

const ROWS: readonly SettingRow[] = [
  { key: 'level', type: 'string', default: 'info', flag: { name: '--level', value: 'LEVEL' } },
  { key: 'debug', type: 'bool', default: false, flag: { name: '--debug' } },
  {
    key: 'shutdown_timeout',
    type: 'u64',
    default: 10000n,
    flag: { name: '--server-shutdown-timeout', value: 'MS' },
  },
  { key: 'servers.active', type: 'string', default: 'server_sqlite' },
  {
    key: 'servers.server_sqlite.path',
    type: 'string',
    default: 'resonate.db',
    flag: { name: '--storage-sqlite-path', value: 'PATH' },
  },
  ...serverRows('server_sqlite'),
  { key: 'servers.server_sqlite.preload_limit', type: 'u32', default: 10n },
  { key: 'servers.server_sqlite.migrate', type: 'bool', default: false },
  { key: 'servers.server_sqlite.wheel_capacity', type: 'usize', default: 8192n },
  { key: 'servers.server_sqlite.wheel_refresh', type: 'u64', default: 30000n },
  { key: 'servers.server_sqlite.sweep_interval', type: 'u64', default: 60000n },
  ...databaseRows('server_postgres', 'postgres'),
  ...databaseRows('server_mysql', 'mysql'),
  {
    key: 'workers.transport_http_push.enabled',
    type: 'bool',
    default: true,
    flag: { name: '--transports-http-push-enabled', value: 'BOOL' },
  },
  {
    key: 'workers.transport_http_push.concurrency',
    type: 'usize',
    default: 100n,
    flag: { name: '--transports-http-push-concurrency', value: 'N' },
  },
  {
    key: 'workers.transport_http_push.connect_timeout',
    type: 'u64',
    default: 5000n,
    flag: { name: '--transports-http-push-connect-timeout', value: 'MS' },
  },
  {
    key: 'workers.transport_http_push.request_timeout',
    type: 'u64',
    default: 30000n,
    flag: { name: '--transports-http-push-request-timeout', value: 'MS' },
  },
  {
    key: 'workers.transport_http_push.auth.mode',
    type: 'mode',
    default: 'none',
    flag: { name: '--transports-http-push-auth-mode', value: 'MODE' },
  },
  {
    key: 'workers.transport_http_push.auth.token',
    type: 'string',
    secret: true,
    flag: { name: '--transports-http-push-auth-token', value: 'TOKEN' },
  },
  {
    key: 'workers.transport_http_push.auth.audience',
    type: 'string',
    flag: { name: '--transports-http-push-auth-aud', value: 'URL' },
  },
  {
    key: 'workers.transport_http_push.auth.header',
    type: 'string',
    default: 'Authorization',
    flag: { name: '--transports-http-push-auth-header', value: 'HEADER' },
  },
  {
    key: 'workers.transport_http_poll.enabled',
    type: 'bool',
    default: true,
    flag: { name: '--transports-http-poll-enabled', value: 'BOOL' },
  },
  {
    key: 'workers.transport_http_poll.max_connections',
    type: 'usize',
    default: 1000n,
    flag: { name: '--transports-http-poll-max-connections', value: 'N' },
  },
  {
    key: 'workers.transport_http_poll.buffer_size',
    type: 'usize',
    default: 100n,
    flag: { name: '--transports-http-poll-buffer-size', value: 'N' },
  },
  {
    key: 'workers.transport_http_poll.keepalive_interval_ms',
    type: 'u64',
    flag: { name: '--transports-http-poll-keepalive-interval', value: 'MS' },
  },
  {
    key: 'workers.transport_gcps.enabled',
    type: 'bool',
    default: false,
    flag: { name: '--transports-gcps-enabled', value: 'BOOL' },
  },
  {
    key: 'workers.transport_gcps.project',
    type: 'string',
    flag: { name: '--transports-gcps-project', value: 'PROJECT' },
  },
  {
    key: 'workers.transport_gcps.concurrency',
    type: 'usize',
    default: 100n,
    flag: { name: '--transports-gcps-concurrency', value: 'N' },
  },
  {
    key: 'workers.transport_gcps.timeout',
    type: 'u64',
    default: 30000n,
    flag: { name: '--transports-gcps-timeout', value: 'MS' },
  },
  {
    key: 'workers.worker_bash.enabled',
    type: 'bool',
    default: false,
    flag: { name: '--transports-bash-exec-enabled', value: 'BOOL' },
  },
  {
    key: 'workers.worker_bash.lease_timeout',
    type: 'i64',
    default: 15000n,
    flag: { name: '--tasks-lease-timeout', value: 'MS' },
  },
  { key: 'gateways.gateway_http.enabled', type: 'bool', default: true },
  { key: 'gateways.gateway_http.bind', type: 'string', default: '0.0.0.0:8001' },
  {
    key: 'gateways.gateway_http.cors_allow_origins',
    type: 'strings',
    default: [],
    flag: { name: '--server-cors-allow-origin', value: 'ORIGIN' },
  },
  {
    key: 'gateways.gateway_http.auth.publickey',
    type: 'string',
    default: '',
    flag: { name: '--auth-publickey', value: 'KEY' },
  },
  {
    key: 'gateways.gateway_http.auth.iss',
    type: 'string',
    flag: { name: '--auth-iss', value: 'ISS' },
  },
  {
    key: 'gateways.gateway_http.auth.aud',
    type: 'string',
    flag: { name: '--auth-aud', value: 'AUD' },
  },
  {
    key: 'gateways.gateway_http.workos.api_key',
    type: 'string',
    secret: true,
    flag: { name: '--workos-api-key', value: 'KEY' },
  },
  {
    key: 'gateways.gateway_http.workos.org_id',
    type: 'string',
    flag: { name: '--workos-org-id', value: 'ORG' },
  },
  {
    key: 'gateways.gateway_http.workos.base_url',
    type: 'string',
    default: 'https://api.workos.com',
    flag: { name: '--workos-base-url', value: 'URL' },
  },
  { key: 'gateways.gateway_http.abort_on_panic', type: 'bool', default: false },
  {
    key: 'gateways.gateway_web.enabled',
    type: 'bool',
    default: true,
    flag: { name: '--console-enabled', value: 'BOOL' },
  },
  { key: 'gateways.gateway_web.redirect_root', type: 'bool', default: true },
  {
    key: 'gateways.gateway_metrics.enabled',
    type: 'bool',
    default: true,
    flag: { name: '--observability-metrics-enabled', value: 'BOOL' },
  },
  {
    key: 'gateways.gateway_metrics.bind',
    type: 'string',
    default: '0.0.0.0:9090',
    flag: { name: '--observability-metrics-bind', value: 'ADDR' },
  },
]

/** Flags that become something else than a key of their own (src/serve.rs, `overrides`). */
const FLAGS: readonly SettingRow[] = [
  { key: '--config', type: 'string', flag: { name: '--config', value: 'PATH' } },
  { key: '--set', type: 'strings', flag: { name: '--set', value: 'KEY=VALUE' } },
  { key: '--server-host', type: 'string', flag: { name: '--server-host', value: 'HOST' } },
  { key: '--server-port', type: 'u16', flag: { name: '--server-port', value: 'PORT' } },
  { key: '--server-bind', type: 'string', flag: { name: '--server-bind', value: 'BIND' } },
  { key: '--server-url', type: 'string', flag: { name: '--server-url', value: 'URL' } },
  {
    key: '--storage-type',
    type: 'string',
    flag: { name: '--storage-type', value: 'STORAGE_TYPE' },
  },
  {
    key: '--tasks-retry-timeout',
    type: 'i64',
    flag: { name: '--tasks-retry-timeout', value: 'MS' },
  },
]

const TABLES: readonly TableRow[] = [
  { key: 'servers', struct: 'Servers' },
  { key: 'servers.server_sqlite', struct: 'Config', strict: true },
  { key: 'servers.server_postgres', struct: 'Config' },
  { key: 'servers.server_mysql', struct: 'Config' },
  { key: 'workers', struct: 'Workers' },
  { key: 'workers.transport_http_push', struct: 'Config', strict: true },
  { key: 'workers.transport_http_push.auth', struct: 'AuthConfig', optional: true, strict: true },
  { key: 'workers.transport_http_poll', struct: 'Config', strict: true },
  { key: 'workers.transport_gcps', struct: 'Config', strict: true },
  { key: 'workers.worker_bash', struct: 'Config', strict: true },
  { key: 'gateways', struct: 'Gateways' },
  { key: 'gateways.gateway_http', struct: 'Config', strict: true },
  { key: 'gateways.gateway_http.auth', struct: 'Config', optional: true, strict: true },
  { key: 'gateways.gateway_http.workos', struct: 'Config', optional: true, strict: true },
  { key: 'gateways.gateway_web', struct: 'Config', strict: true },
  { key: 'gateways.gateway_metrics', struct: 'Config', strict: true },
]

/** The plugin layout of 0.10. From source (resonate-base, resonate-plugin and the plugins' crates); no binary was seen. */
export const SCHEMA_PLUGINS: Schema = {
  version: '0.10-plugins',
  rows: ROWS,
  flags: FLAGS,
  tables: TABLES,
  elsewhere: () => undefined,
  minimums: [
    ['workers.transport_http_push.concurrency', 1n],
    ['workers.transport_http_poll.max_connections', 1n],
    ['workers.transport_http_poll.buffer_size', 1n],
    ['workers.transport_http_poll.keepalive_interval_ms', 1n],
    ['workers.transport_gcps.concurrency', 1n],
    ['workers.worker_bash.lease_timeout', 1n],
  ],
}

/** The plugins in the order in which the server configures them; the servers come first, the active one alone. */
export const PLUGINS = {
  servers: [
    'server_sqlite',
    'server_postgres',
    'server_mysql',
    'server_scylladb',
    'server_blob',
    'server_neo4j',
  ],
  workers: ['transport_http_push', 'transport_http_poll', 'transport_gcps', 'worker_bash'],
  gateways: ['gateway_http', 'gateway_web', 'gateway_metrics'],
} as const

/** The keys that the top level takes; everything else there stops the server. */
export const TOP_LEVEL = ['level', 'debug', 'shutdown_timeout', 'servers', 'workers', 'gateways']

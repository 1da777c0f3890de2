import { type Schema, type SettingRow, setting, type TableRow } from './settings.ts'

/** The keys of the plugins that the binary carries (facts: 0.10, section 3.1); of the databases only the common ones. */
const ROWS: readonly SettingRow[] = [
  setting('level', 'string', 'info', { flag: '--level <LEVEL>' }),
  setting('debug', 'bool', false, { flag: '--debug' }),
  setting('shutdown_timeout', 'u64', 10000n, { flag: '--server-shutdown-timeout <MS>' }),
  setting('servers.active', 'string', 'server_sqlite'),
  setting('servers.server_sqlite.path', 'string', 'resonate.db', {
    flag: '--storage-sqlite-path <PATH>',
  }),
  setting('servers.server_sqlite.server_url', 'string', ''),
  setting('servers.server_sqlite.retry_timeout', 'i64', 30000n),
  setting('servers.server_sqlite.preload_limit', 'u32', 10n),
  setting('servers.server_sqlite.migrate', 'bool', false),
  setting('servers.server_sqlite.wheel_capacity', 'usize', 8192n),
  setting('servers.server_sqlite.wheel_refresh', 'u64', 30000n),
  setting('servers.server_sqlite.sweep_interval', 'u64', 60000n),
  setting('servers.server_postgres.url', 'string', undefined, {
    secret: true,
    flag: '--storage-postgres-url <URL>',
  }),
  setting('servers.server_postgres.pool_size', 'u32', 10n, {
    flag: '--storage-postgres-pool-size <N>',
  }),
  setting('servers.server_postgres.server_url', 'string', ''),
  setting('servers.server_postgres.retry_timeout', 'i64', 30000n),
  setting('servers.server_mysql.url', 'string', undefined, {
    secret: true,
    flag: '--storage-mysql-url <URL>',
  }),
  setting('servers.server_mysql.pool_size', 'u32', 10n, { flag: '--storage-mysql-pool-size <N>' }),
  setting('servers.server_mysql.server_url', 'string', ''),
  setting('servers.server_mysql.retry_timeout', 'i64', 30000n),
  setting('workers.transport_http_push.enabled', 'bool', true, {
    flag: '--transports-http-push-enabled <BOOL>',
  }),
  setting('workers.transport_http_push.concurrency', 'usize', 100n, {
    flag: '--transports-http-push-concurrency <N>',
  }),
  setting('workers.transport_http_push.connect_timeout', 'u64', 5000n, {
    flag: '--transports-http-push-connect-timeout <MS>',
  }),
  setting('workers.transport_http_push.request_timeout', 'u64', 30000n, {
    flag: '--transports-http-push-request-timeout <MS>',
  }),
  setting('workers.transport_http_push.auth.mode', 'mode', 'none', {
    flag: '--transports-http-push-auth-mode <MODE>',
  }),
  setting('workers.transport_http_push.auth.token', 'string', undefined, {
    secret: true,
    flag: '--transports-http-push-auth-token <TOKEN>',
  }),
  setting('workers.transport_http_push.auth.audience', 'string', undefined, {
    flag: '--transports-http-push-auth-aud <URL>',
  }),
  setting('workers.transport_http_push.auth.header', 'string', 'Authorization', {
    flag: '--transports-http-push-auth-header <HEADER>',
  }),
  setting('workers.transport_http_poll.enabled', 'bool', true, {
    flag: '--transports-http-poll-enabled <BOOL>',
  }),
  setting('workers.transport_http_poll.max_connections', 'usize', 1000n, {
    flag: '--transports-http-poll-max-connections <N>',
  }),
  setting('workers.transport_http_poll.buffer_size', 'usize', 100n, {
    flag: '--transports-http-poll-buffer-size <N>',
  }),
  setting('workers.transport_http_poll.keepalive_interval_ms', 'u64', undefined, {
    flag: '--transports-http-poll-keepalive-interval <MS>',
  }),
  setting('workers.transport_gcps.enabled', 'bool', false, {
    flag: '--transports-gcps-enabled <BOOL>',
  }),
  setting('workers.transport_gcps.project', 'string', undefined, {
    flag: '--transports-gcps-project <PROJECT>',
  }),
  setting('workers.transport_gcps.concurrency', 'usize', 100n, {
    flag: '--transports-gcps-concurrency <N>',
  }),
  setting('workers.transport_gcps.timeout', 'u64', 30000n, {
    flag: '--transports-gcps-timeout <MS>',
  }),
  setting('workers.worker_bash.enabled', 'bool', false, {
    flag: '--transports-bash-exec-enabled <BOOL>',
  }),
  setting('workers.worker_bash.lease_timeout', 'i64', 15000n, {
    flag: '--tasks-lease-timeout <MS>',
  }),
  setting('gateways.gateway_http.enabled', 'bool', true),
  setting('gateways.gateway_http.bind', 'string', '0.0.0.0:8001'),
  setting('gateways.gateway_http.cors_allow_origins', 'strings', [], {
    flag: '--server-cors-allow-origin <ORIGIN>',
  }),
  setting('gateways.gateway_http.auth.publickey', 'string', '', { flag: '--auth-publickey <KEY>' }),
  setting('gateways.gateway_http.auth.iss', 'string', undefined, { flag: '--auth-iss <ISS>' }),
  setting('gateways.gateway_http.auth.aud', 'string', undefined, { flag: '--auth-aud <AUD>' }),
  setting('gateways.gateway_http.workos.api_key', 'string', undefined, {
    secret: true,
    flag: '--workos-api-key <KEY>',
  }),
  setting('gateways.gateway_http.workos.org_id', 'string', undefined, {
    flag: '--workos-org-id <ORG>',
  }),
  setting('gateways.gateway_http.workos.base_url', 'string', 'https://api.workos.com', {
    flag: '--workos-base-url <URL>',
  }),
  setting('gateways.gateway_http.abort_on_panic', 'bool', false),
  setting('gateways.gateway_web.enabled', 'bool', true, { flag: '--console-enabled <BOOL>' }),
  setting('gateways.gateway_web.redirect_root', 'bool', true),
  setting('gateways.gateway_metrics.enabled', 'bool', true, {
    flag: '--observability-metrics-enabled <BOOL>',
  }),
  setting('gateways.gateway_metrics.bind', 'string', '0.0.0.0:9090', {
    flag: '--observability-metrics-bind <ADDR>',
  }),
]

/** Flags that become something else than a key of their own (src/serve.rs, `overrides`). */
const FLAGS: readonly SettingRow[] = [
  setting('--config', 'string', undefined, { flag: '--config <PATH>' }),
  setting('--set', 'strings', undefined, { flag: '--set <KEY=VALUE>' }),
  setting('--server-host', 'string', undefined, { flag: '--server-host <HOST>' }),
  setting('--server-port', 'u16', undefined, { flag: '--server-port <PORT>' }),
  setting('--server-bind', 'string', undefined, { flag: '--server-bind <BIND>' }),
  setting('--server-url', 'string', undefined, { flag: '--server-url <URL>' }),
  setting('--storage-type', 'string', undefined, { flag: '--storage-type <STORAGE_TYPE>' }),
  setting('--tasks-retry-timeout', 'i64', undefined, { flag: '--tasks-retry-timeout <MS>' }),
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

import type { Schema, SettingRow, TableRow } from './settings.ts'

const NEWEST_PATCH = 8

const PUSH_MODE = '--transports-http-push-auth-mode'

/** Every key of 0.9.0 to 0.9.8 (src/config.rs, src/cli.rs at each tag), in the order of their declaration. */
export const KEYS_09: readonly SettingRow[] = [
  { key: 'level', type: 'string', default: 'info', flag: { name: '--level', value: 'LEVEL' } },
  { key: 'debug', type: 'bool', default: false, flag: { name: '--debug' } },
  {
    key: 'server.host',
    type: 'string',
    default: 'localhost',
    flag: { name: '--server-host', value: 'HOST' },
  },
  {
    key: 'server.port',
    type: 'u16',
    default: 8001n,
    flag: { name: '--server-port', value: 'PORT' },
  },
  {
    key: 'server.bind',
    type: 'string',
    default: '0.0.0.0',
    flag: { name: '--server-bind', value: 'BIND' },
  },
  {
    key: 'server.shutdown_timeout',
    type: 'u64',
    default: 10000n,
    flag: { name: '--server-shutdown-timeout', value: 'MS' },
  },
  { key: 'server.url', type: 'string', flag: { name: '--server-url', value: 'URL' } },
  {
    key: 'server.cors.allow_origins',
    type: 'strings',
    default: [],
    since: 4,
    flag: { name: '--server-cors-allow-origin', value: 'ORIGIN' },
  },
  {
    key: 'storage.type',
    type: 'string',
    default: 'sqlite',
    flag: { name: '--storage-type', value: 'STORAGE_TYPE' },
  },
  {
    key: 'storage.sqlite.path',
    type: 'string',
    default: 'resonate.db',
    flag: { name: '--storage-sqlite-path', value: 'PATH' },
  },
  {
    key: 'storage.postgres.url',
    type: 'string',
    secret: true,
    flag: { name: '--storage-postgres-url', value: 'URL' },
  },
  {
    key: 'storage.postgres.pool_size',
    type: 'u32',
    default: 10n,
    flag: { name: '--storage-postgres-pool-size', value: 'N' },
  },
  {
    key: 'storage.mysql.url',
    type: 'string',
    secret: true,
    since: 4,
    flag: { name: '--storage-mysql-url', value: 'URL' },
  },
  {
    key: 'storage.mysql.pool_size',
    type: 'u32',
    default: 10n,
    since: 4,
    flag: { name: '--storage-mysql-pool-size', value: 'N' },
  },
  {
    key: 'auth.publickey',
    type: 'string',
    required: true,
    flag: { name: '--auth-publickey', value: 'KEY' },
  },
  {
    key: 'auth.iss',
    type: 'string',
    flag: { name: '--auth-iss', value: 'ISS', companion: '--auth-publickey' },
  },
  {
    key: 'auth.aud',
    type: 'string',
    flag: { name: '--auth-aud', value: 'AUD', companion: '--auth-publickey' },
  },
  {
    key: 'tasks.lease_timeout',
    type: 'i64',
    default: 15000n,
    flag: { name: '--tasks-lease-timeout', value: 'MS' },
  },
  {
    key: 'tasks.retry_timeout',
    type: 'i64',
    default: 30000n,
    flag: { name: '--tasks-retry-timeout', value: 'MS' },
  },
  {
    key: 'timeouts.poll_interval',
    type: 'u64',
    default: 1000n,
    flag: { name: '--timeouts-poll-interval', value: 'MS' },
  },
  {
    key: 'messages.poll_interval',
    type: 'u64',
    default: 100n,
    flag: { name: '--messages-poll-interval', value: 'MS' },
  },
  {
    key: 'messages.batch_size',
    type: 'i64',
    default: 100n,
    flag: { name: '--messages-batch-size', value: 'N' },
  },
  {
    key: 'transports.http_push.enabled',
    type: 'bool',
    default: true,
    since: 5,
    flag: { name: '--transports-http-push-enabled', value: 'BOOL' },
  },
  {
    key: 'transports.http_push.concurrency',
    type: 'usize',
    default: 16n,
    flag: { name: '--transports-http-push-concurrency', value: 'N' },
  },
  {
    key: 'transports.http_push.connect_timeout',
    type: 'u64',
    default: 10000n,
    flag: { name: '--transports-http-push-connect-timeout', value: 'MS' },
  },
  {
    key: 'transports.http_push.request_timeout',
    type: 'u64',
    default: 180000n,
    flag: { name: '--transports-http-push-request-timeout', value: 'MS' },
  },
  {
    key: 'transports.http_push.auth.mode',
    type: 'mode',
    default: 'none',
    since: 5,
    flag: { name: PUSH_MODE, value: 'MODE' },
  },
  {
    key: 'transports.http_push.auth.token',
    type: 'string',
    secret: true,
    since: 5,
    flag: { name: '--transports-http-push-auth-token', value: 'TOKEN', companion: PUSH_MODE },
  },
  {
    key: 'transports.http_push.auth.audience',
    type: 'string',
    since: 5,
    flag: { name: '--transports-http-push-auth-aud', value: 'URL', companion: PUSH_MODE },
  },
  {
    key: 'transports.http_push.auth.header',
    type: 'string',
    default: 'Authorization',
    since: 5,
    flag: { name: '--transports-http-push-auth-header', value: 'HEADER', companion: PUSH_MODE },
  },
  {
    key: 'transports.http_poll.enabled',
    type: 'bool',
    default: true,
    since: 5,
    flag: { name: '--transports-http-poll-enabled', value: 'BOOL' },
  },
  {
    key: 'transports.http_poll.max_connections',
    type: 'usize',
    default: 1000n,
    flag: { name: '--transports-http-poll-max-connections', value: 'N' },
  },
  {
    key: 'transports.http_poll.buffer_size',
    type: 'usize',
    default: 100n,
    flag: { name: '--transports-http-poll-buffer-size', value: 'N' },
  },
  {
    key: 'transports.gcps.enabled',
    type: 'bool',
    default: false,
    since: 5,
    flag: { name: '--transports-gcps-enabled', value: 'BOOL' },
  },
  {
    key: 'transports.gcps.project',
    type: 'string',
    flag: { name: '--transports-gcps-project', value: 'PROJECT' },
  },
  {
    key: 'transports.bash_exec.enabled',
    type: 'bool',
    default: false,
    since: 5,
    flag: { name: '--transports-bash-exec-enabled', value: 'BOOL' },
  },
  { key: 'transports.bash_exec.root_dir', type: 'string', since: 5, until: 6 },
  {
    key: 'transports.bash_exec.working_dir',
    type: 'string',
    default: '<root>',
    since: 5,
    until: 6,
  },
  {
    key: 'observability.metrics_port',
    type: 'u16',
    default: 9090n,
    flag: { name: '--observability-metrics-port', value: 'PORT' },
  },
  {
    key: 'observability.otlp_endpoint',
    type: 'string',
    default: 'localhost:4317',
    flag: { name: '--observability-otlp-endpoint', value: 'ENDPOINT' },
  },
]

export const TABLES_09: readonly TableRow[] = [
  { key: 'server', struct: 'ServerConfig' },
  { key: 'server.cors', struct: 'CorsConfig', since: 4 },
  { key: 'storage', struct: 'StorageConfig' },
  { key: 'storage.sqlite', struct: 'SqliteConfig' },
  { key: 'storage.postgres', struct: 'PostgresConfig' },
  { key: 'storage.mysql', struct: 'MysqlConfig', since: 4 },
  { key: 'auth', struct: 'AuthConfig', optional: true },
  { key: 'tasks', struct: 'TasksConfig' },
  { key: 'timeouts', struct: 'TimeoutsConfig' },
  { key: 'messages', struct: 'MessagesConfig' },
  { key: 'transports', struct: 'TransportsConfig' },
  { key: 'transports.http_push', struct: 'HttpPushConfig' },
  { key: 'transports.http_push.auth', struct: 'HttpPushAuthConfig', optional: true, since: 5 },
  { key: 'transports.http_poll', struct: 'HttpPollConfig' },
  { key: 'transports.gcps', struct: 'GcpsConfig' },
  { key: 'transports.bash_exec', struct: 'BashExecConfig', since: 5 },
  { key: 'observability', struct: 'ObservabilityConfig' },
]

/** The patch version that `version` names: 3 for `0.9.3`; the newest known for `0.9` and for what comes later. */
export function patchVersion(version: string): number {
  const [, patch] = /^0\.9\.(\d+)$/.exec(version) ?? []
  return patch === undefined ? NEWEST_PATCH : Math.min(Number(patch), NEWEST_PATCH)
}

/** The keys and tables of 0.9 with the given patch version (0 to 8). */
export function schemaOf09(patch: number): Schema {
  const lives = (row: { readonly since?: number; readonly until?: number }): boolean =>
    (row.since ?? 0) <= patch && patch <= (row.until ?? NEWEST_PATCH)
  return {
    version: `0.9.${patch}`,
    rows: KEYS_09.filter(lives),
    tables: TABLES_09.filter(lives).map((table) => adaptTable(table, patch)),
    elsewhere: (key) => elsewhere(key, patch),
    minimums: [],
  }
}

/** Up to 0.9.4 `[transports.gcps]` itself was optional, and its presence switched the transport on. */
function adaptTable(table: TableRow, patch: number): TableRow {
  return table.key === 'transports.gcps' && patch < 5 ? { ...table, optional: true } : table
}

function elsewhere(key: string, patch: number): string | undefined {
  const row = KEYS_09.find((each) => each.key === key) ?? TABLES_09.find((each) => each.key === key)
  if (row === undefined) return undefined
  const { since = 0 } = row
  const until = ('until' in row ? row.until : undefined) ?? NEWEST_PATCH
  if (patch < since) return `the server has this key from 0.9.${since} on, not in 0.9.${patch}`
  if (patch > until) return `the server had this key until 0.9.${until}, not in 0.9.${patch}`
  return undefined
}

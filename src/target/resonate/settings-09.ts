import { type Schema, type SettingRow, setting, type TableRow } from './settings.ts'

const NEWEST_PATCH = 8

const PUSH_MODE = '--transports-http-push-auth-mode'

/** Every key of 0.9.0 to 0.9.8 (src/config.rs, src/cli.rs at each tag), in the order of their declaration. */
export const KEYS_09: readonly SettingRow[] = [
  setting('level', 'string', 'info', { flag: '--level <LEVEL>' }),
  setting('debug', 'bool', false, { flag: '--debug' }),
  setting('server.host', 'string', 'localhost', { flag: '--server-host <HOST>' }),
  setting('server.port', 'u16', 8001n, { flag: '--server-port <PORT>' }),
  setting('server.bind', 'string', '0.0.0.0', { flag: '--server-bind <BIND>' }),
  setting('server.shutdown_timeout', 'u64', 10000n, { flag: '--server-shutdown-timeout <MS>' }),
  setting('server.url', 'string', undefined, { flag: '--server-url <URL>' }),
  setting('server.cors.allow_origins', 'strings', [], {
    since: 4,
    flag: '--server-cors-allow-origin <ORIGIN>',
  }),
  setting('storage.type', 'string', 'sqlite', { flag: '--storage-type <STORAGE_TYPE>' }),
  setting('storage.sqlite.path', 'string', 'resonate.db', { flag: '--storage-sqlite-path <PATH>' }),
  setting('storage.postgres.url', 'string', undefined, {
    secret: true,
    flag: '--storage-postgres-url <URL>',
  }),
  setting('storage.postgres.pool_size', 'u32', 10n, { flag: '--storage-postgres-pool-size <N>' }),
  setting('storage.mysql.url', 'string', undefined, {
    secret: true,
    since: 4,
    flag: '--storage-mysql-url <URL>',
  }),
  setting('storage.mysql.pool_size', 'u32', 10n, {
    since: 4,
    flag: '--storage-mysql-pool-size <N>',
  }),
  setting('auth.publickey', 'string', undefined, {
    required: true,
    flag: '--auth-publickey <KEY>',
  }),
  setting('auth.iss', 'string', undefined, {
    flag: '--auth-iss <ISS>',
    companion: '--auth-publickey',
  }),
  setting('auth.aud', 'string', undefined, {
    flag: '--auth-aud <AUD>',
    companion: '--auth-publickey',
  }),
  setting('tasks.lease_timeout', 'i64', 15000n, { flag: '--tasks-lease-timeout <MS>' }),
  setting('tasks.retry_timeout', 'i64', 30000n, { flag: '--tasks-retry-timeout <MS>' }),
  setting('timeouts.poll_interval', 'u64', 1000n, { flag: '--timeouts-poll-interval <MS>' }),
  setting('messages.poll_interval', 'u64', 100n, { flag: '--messages-poll-interval <MS>' }),
  setting('messages.batch_size', 'i64', 100n, { flag: '--messages-batch-size <N>' }),
  setting('transports.http_push.enabled', 'bool', true, {
    since: 5,
    flag: '--transports-http-push-enabled <BOOL>',
  }),
  setting('transports.http_push.concurrency', 'usize', 16n, {
    flag: '--transports-http-push-concurrency <N>',
  }),
  setting('transports.http_push.connect_timeout', 'u64', 10000n, {
    flag: '--transports-http-push-connect-timeout <MS>',
  }),
  setting('transports.http_push.request_timeout', 'u64', 180000n, {
    flag: '--transports-http-push-request-timeout <MS>',
  }),
  setting('transports.http_push.auth.mode', 'mode', 'none', {
    since: 5,
    flag: '--transports-http-push-auth-mode <MODE>',
  }),
  setting('transports.http_push.auth.token', 'string', undefined, {
    secret: true,
    since: 5,
    flag: '--transports-http-push-auth-token <TOKEN>',
    companion: PUSH_MODE,
  }),
  setting('transports.http_push.auth.audience', 'string', undefined, {
    since: 5,
    flag: '--transports-http-push-auth-aud <URL>',
    companion: PUSH_MODE,
  }),
  setting('transports.http_push.auth.header', 'string', 'Authorization', {
    since: 5,
    flag: '--transports-http-push-auth-header <HEADER>',
    companion: PUSH_MODE,
  }),
  setting('transports.http_poll.enabled', 'bool', true, {
    since: 5,
    flag: '--transports-http-poll-enabled <BOOL>',
  }),
  setting('transports.http_poll.max_connections', 'usize', 1000n, {
    flag: '--transports-http-poll-max-connections <N>',
  }),
  setting('transports.http_poll.buffer_size', 'usize', 100n, {
    flag: '--transports-http-poll-buffer-size <N>',
  }),
  setting('transports.gcps.enabled', 'bool', false, {
    since: 5,
    flag: '--transports-gcps-enabled <BOOL>',
  }),
  setting('transports.gcps.project', 'string', undefined, {
    flag: '--transports-gcps-project <PROJECT>',
  }),
  setting('transports.bash_exec.enabled', 'bool', false, {
    since: 5,
    flag: '--transports-bash-exec-enabled <BOOL>',
  }),
  setting('transports.bash_exec.root_dir', 'string', undefined, { since: 5, until: 6 }),
  setting('transports.bash_exec.working_dir', 'string', '<root>', { since: 5, until: 6 }),
  setting('observability.metrics_port', 'u16', 9090n, {
    flag: '--observability-metrics-port <PORT>',
  }),
  setting('observability.otlp_endpoint', 'string', 'localhost:4317', {
    flag: '--observability-otlp-endpoint <ENDPOINT>',
  }),
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

import { type Schema, type SettingRow, setting, type TableRow } from './settings.ts'
import { KEYS_09, schemaOf09, TABLES_09 } from './settings-09.ts'

const NEWEST_09 = schemaOf09(8)

/** What 0.10 adds to the keys of 0.9, by the key that each stands behind (src/config.rs at 183d6de9). */
const ADDED: readonly (readonly [after: string, ...rows: readonly SettingRow[]])[] = [
  ['storage.sqlite.path', ...storageRows('sqlite')],
  ['storage.postgres.pool_size', ...storageRows('postgres')],
  ['storage.mysql.pool_size', ...storageRows('mysql')],
  [
    'auth.aud',
    setting('workos.api_key', 'string', undefined, {
      secret: true,
      flag: '--workos-api-key <KEY>',
    }),
    setting('workos.org_id', 'string', undefined, { flag: '--workos-org-id <ORG>' }),
    setting('workos.base_url', 'string', 'https://api.workos.com', {
      flag: '--workos-base-url <URL>',
    }),
  ],
  [
    'timeouts.poll_interval',
    setting('timeouts.wheel_capacity', 'usize', 8192n),
    setting('timeouts.wheel_refresh', 'u64', 30000n),
  ],
  [
    'transports.gcps.project',
    setting('transports.gcps.concurrency', 'usize', 256n, {
      flag: '--transports-gcps-concurrency <N>',
    }),
    setting('transports.gcps.timeout', 'u64', 10000n, { flag: '--transports-gcps-timeout <MS>' }),
  ],
  ['transports.bash_exec.enabled', setting('transports.bash_exec.lease_timeout', 'i64')],
  [
    'observability.otlp_endpoint',
    setting('console.enabled', 'bool', true, { flag: '--console-enabled <BOOL>' }),
    setting('console.redirect_root', 'bool', true),
  ],
]

function storageRows(name: string): readonly SettingRow[] {
  return [
    setting(`storage.${name}.preload_limit`, 'u32', 10n),
    setting(`storage.${name}.migrate`, 'bool', false),
  ]
}

/** The new defaults of old keys. */
const DEFAULTS: ReadonlyMap<string, bigint> = new Map([
  ['timeouts.poll_interval', 60000n],
  ['transports.http_push.concurrency', 256n],
])

/** Structs that crates of their own declare; each calls it `Config`. */
const CRATE_TABLES = /^(?:auth|transports\.(?:http_push|http_poll|gcps|bash_exec))$/

/** The first layout of 0.10: the keys of 0.9 without `messages`, and some more. From source; no binary was seen. */
export const SCHEMA_010: Schema = {
  version: '0.10',
  rows: NEWEST_09.rows
    .filter(({ key }) => !key.startsWith('messages.'))
    .flatMap((row) => [
      DEFAULTS.has(row.key) ? { ...row, default: DEFAULTS.get(row.key) } : row,
      ...(ADDED.find(([after]) => after === row.key)?.slice(1) ?? []).filter(isRow),
    ]),
  tables: [
    ...NEWEST_09.tables
      .filter(({ key }) => key !== 'messages')
      .map(
        (table): TableRow =>
          CRATE_TABLES.test(table.key) ? { ...table, struct: 'Config' } : table,
      ),
    { key: 'workos', struct: 'Config', optional: true },
    { key: 'console', struct: 'Config' },
  ],
  elsewhere: (key) =>
    [...KEYS_09, ...TABLES_09].some((row) => row.key === key)
      ? 'the server had this key in 0.9, not in 0.10'
      : undefined,
  minimums: [
    ['transports.http_push.concurrency', 1n],
    ['transports.gcps.concurrency', 1n],
    ['tasks.lease_timeout', 1n],
    ['transports.bash_exec.lease_timeout', 1n],
  ],
}

function isRow(row: SettingRow | string): row is SettingRow {
  return typeof row !== 'string'
}

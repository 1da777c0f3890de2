import type { Schema, SettingRow, TableRow } from './settings.ts'
import { KEYS_09, schemaOf09, TABLES_09 } from './settings-09.ts'

const NEWEST_09 = schemaOf09(8)

/** What 0.10 adds to the keys of 0.9, by the key that each stands behind (src/config.rs at 183d6de9). */
const ADDED: readonly (readonly [after: string, ...rows: readonly SettingRow[]])[] = [
  ['storage.sqlite.path', ...storageRows('sqlite')],
  ['storage.postgres.pool_size', ...storageRows('postgres')],
  ['storage.mysql.pool_size', ...storageRows('mysql')],
  [
    'auth.aud',
    {
      key: 'workos.api_key',
      type: 'string',
      secret: true,
      flag: { name: '--workos-api-key', value: 'KEY' },
    },
    { key: 'workos.org_id', type: 'string', flag: { name: '--workos-org-id', value: 'ORG' } },
    {
      key: 'workos.base_url',
      type: 'string',
      default: 'https://api.workos.com',
      flag: { name: '--workos-base-url', value: 'URL' },
    },
  ],
  [
    'timeouts.poll_interval',
    { key: 'timeouts.wheel_capacity', type: 'usize', default: 8192n },
    { key: 'timeouts.wheel_refresh', type: 'u64', default: 30000n },
  ],
  [
    'transports.gcps.project',
    {
      key: 'transports.gcps.concurrency',
      type: 'usize',
      default: 256n,
      flag: { name: '--transports-gcps-concurrency', value: 'N' },
    },
    {
      key: 'transports.gcps.timeout',
      type: 'u64',
      default: 10000n,
      flag: { name: '--transports-gcps-timeout', value: 'MS' },
    },
  ],
  ['transports.bash_exec.enabled', { key: 'transports.bash_exec.lease_timeout', type: 'i64' }],
  [
    'observability.otlp_endpoint',
    {
      key: 'console.enabled',
      type: 'bool',
      default: true,
      flag: { name: '--console-enabled', value: 'BOOL' },
    },
    { key: 'console.redirect_root', type: 'bool', default: true },
  ],
]

function storageRows(name: string): readonly SettingRow[] {
  return [
    { key: `storage.${name}.preload_limit`, type: 'u32', default: 10n },
    { key: `storage.${name}.migrate`, type: 'bool', default: false },
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

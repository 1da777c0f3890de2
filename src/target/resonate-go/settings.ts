/** The Go server's versions that this tool knows: v0.7.24 and v0.8.2 stand for their lines. */
export type GoVersion = '0.7' | '0.8'

export type SettingType = 'string' | 'bool' | 'int' | 'duration' | 'strings' | 'map'

/** One key of the server: its path as its documentation spells it, its flag and its default as flags show it. */
export interface SettingRow {
  readonly key: string
  readonly flag: string
  readonly type: SettingType
  readonly fallback: string
  /** The default of `resonate dev`, where it differs. */
  readonly dev?: string
  readonly secret?: true
}

/** A part of the tree: `[name, flag part, entries or a leaf]`; an empty flag part adds nothing to the flag. */
type Leaf = readonly [
  name: string,
  flag: string,
  type: SettingType,
  fallback: string,
  extra?: { readonly dev?: string; readonly secret?: true },
]

const SECRET = { secret: true } as const

/** v0.8.2 internal/app/subsystems/api/http/http.go:33-43. */
const HTTP: readonly Leaf[] = [
  ['addr', 'addr', 'string', ':8001'],
  ['auth', 'auth', 'map', '', SECRET],
  ['cors.allowOrigins', 'cors-allow-origin', 'strings', ''],
  ['timeout', 'timeout', 'duration', '10s'],
  ['taskFrequency', 'task-frequency', 'duration', '1m0s'],
]

const GRPC: readonly Leaf[] = [['addr', 'addr', 'string', ':50051']]

const ROUTER: readonly Leaf[] = [
  ['size', 'size', 'int', '100'],
  ['workers', 'workers', 'int', '1'],
]

const SENDER: readonly Leaf[] = [['size', 'size', 'int', '100']]

const ECHO: readonly Leaf[] = [
  ['size', 'size', 'int', '100'],
  ['batchSize', 'batch-size', 'int', '100'],
  ['workers', 'workers', 'int', '1'],
]

/** v0.8.2 internal/app/subsystems/aio/store/postgres/postgres.go:313-325. */
const POSTGRES: readonly Leaf[] = [
  ['size', 'size', 'int', '1000'],
  ['batchSize', 'batch-size', 'int', '1000'],
  ['workers', 'workers', 'int', '1'],
  ['host', 'host', 'string', 'localhost'],
  ['port', 'port', 'string', '5432'],
  ['username', 'username', 'string', ''],
  ['password', 'password', 'string', '', SECRET],
  ['database', 'database', 'string', 'resonate'],
  ['query', 'query', 'map', '', { dev: 'sslmode=disable' }],
  ['txTimeout', 'tx-timeout', 'duration', '10s'],
  ['reset', 'reset', 'bool', 'false'],
]

/** v0.8.2 internal/app/subsystems/aio/store/sqlite/sqlite.go:303-309. */
const SQLITE: readonly Leaf[] = [
  ['size', 'size', 'int', '1000'],
  ['batchSize', 'batch-size', 'int', '1000'],
  ['path', 'path', 'string', 'resonate.db', { dev: ':memory:' }],
  ['txTimeout', 'tx-timeout', 'duration', '10s'],
  ['reset', 'reset', 'bool', 'false'],
]

/** v0.8.2 internal/app/plugins/http/http.go:23-30. */
const HTTP_PLUGIN: readonly Leaf[] = [
  ['size', 'size', 'int', '100'],
  ['workers', 'workers', 'int', '3'],
  ['timeout', 'timeout', 'duration', '3m0s'],
  ['connTimeout', 'conn-timeout', 'duration', '10s'],
  ['timeToRetry', 'ttr', 'duration', '15s'],
  ['timeToClaim', 'ttc', 'duration', '1m0s'],
]

/** v0.8.2 internal/app/plugins/poll/poll.go:27-42. */
const POLL: readonly Leaf[] = [
  ['size', 'size', 'int', '100'],
  ['bufferSize', 'buffer-size', 'int', '100'],
  ['maxConnections', 'max-connections', 'int', '1000'],
  ['addr', 'addr', 'string', ':8002'],
  ['cors.allowOrigins', 'cors-allow-origin', 'strings', ''],
  ['timeout', 'timeout', 'duration', '10s'],
  ['disconnectAfter', 'disconnect-after', 'duration', '0s'],
  ['auth', 'auth', 'map', '', SECRET],
  ['timeToRetry', 'ttr', 'duration', '15s'],
  ['timeToClaim', 'ttc', 'duration', '1m0s'],
]

/** v0.7.24 internal/app/plugins/sqs/sqs.go:21-27. */
const SQS: readonly Leaf[] = [
  ['size', 'size', 'int', '100'],
  ['workers', 'workers', 'int', '1'],
  ['timeout', 'timeout', 'duration', '30s'],
  ['timeToRetry', 'ttr', 'duration', '15s'],
  ['timeToClaim', 'ttc', 'duration', '0s'],
]

/** internal/kernel/system/system.go:21-33; the iterations only in v0.8.2. */
function system(version: GoVersion): readonly Leaf[] {
  const rows: readonly Leaf[] = [
    ['url', 'url', 'string', ''],
    ['coroutineMaxSize', 'coroutine-max-size', 'int', '1000'],
    ['submissionBatchSize', 'submission-batch-size', 'int', '1000'],
    ['completionBatchSize', 'completion-batch-size', 'int', '1000'],
    ['promiseBatchSize', 'promise-batch-size', 'int', '100'],
    ['promiseMaxIterations', 'promise-max-iterations', 'int', '1000'],
    ['scheduleBatchSize', 'schedule-batch-size', 'int', '100'],
    ['scheduleMaxIterations', 'schedule-max-iterations', 'int', '1000'],
    ['taskBatchSize', 'task-batch-size', 'int', '100'],
    ['taskMaxIterations', 'task-max-iterations', 'int', '1000'],
    ['signalTimeout', 'signal-timeout', 'duration', '1s'],
  ]
  return version === '0.8' ? rows : rows.filter(([name]) => !name.endsWith('MaxIterations'))
}

function under(key: string, flag: string, leaves: readonly Leaf[]): readonly SettingRow[] {
  return leaves.map(([name, part, type, fallback, extra]) => ({
    key: `${key}.${name}`,
    flag: `${flag}-${part}`,
    type,
    fallback,
    ...extra,
  }))
}

/** A part that can be switched off, with its configuration. */
function part(
  key: string,
  flag: string,
  enabled: boolean,
  leaves: readonly Leaf[],
): readonly SettingRow[] {
  const enable: SettingRow = {
    key: `${key}.enabled`,
    flag: `${flag}-enable`,
    type: 'bool',
    fallback: String(enabled),
  }
  return [enable, ...under(`${key}.config`, flag, leaves)]
}

const TOP: readonly SettingRow[] = [
  { key: 'metricsAddr', flag: 'metrics-addr', type: 'string', fallback: ':9090' },
  { key: 'logLevel', flag: 'log-level', type: 'string', fallback: 'info' },
]

/** v0.8.2 cmd/config/config.go and cmd/root.go, built without extra plugins. */
const ROWS_08: readonly SettingRow[] = [
  ...under('system', 'system', system('0.8')),
  { key: 'api.size', flag: 'api-size', type: 'int', fallback: '1000' },
  { key: 'api.auth.publicKey', flag: 'api-auth-public-key', type: 'string', fallback: '' },
  ...part('api.subsystems.http', 'api-http', true, HTTP),
  ...part('api.subsystems.grpc', 'api-grpc', true, GRPC),
  { key: 'aio.size', flag: 'aio-size', type: 'int', fallback: '1000' },
  ...part('aio.subsystems.router', 'aio-router', true, ROUTER),
  ...part('aio.subsystems.sender', 'aio-sender', true, SENDER),
  ...part('aio.subsystems.store.postgres', 'aio-store-postgres', false, POSTGRES),
  ...part('aio.subsystems.store.sqlite', 'aio-store-sqlite', true, SQLITE),
  ...part('aio.plugins.http', 'aio-http', true, HTTP_PLUGIN),
  ...part('aio.plugins.poll', 'aio-poll', true, POLL),
  ...TOP,
]

/** Where v0.7.24 has the plugins. */
export const SENDER_07 = 'aio.subsystems.sender.config.plugins'

/** v0.7.24 cmd/config/config.go:43-99 and internal/app/subsystems/aio/sender/sender.go:24-44. */
const ROWS_07: readonly SettingRow[] = [
  ...under('system', 'system', system('0.7')),
  { key: 'api.size', flag: 'api-size', type: 'int', fallback: '1000' },
  ...part('api.subsystems.http', 'api-http', true, HTTP),
  ...part('api.subsystems.grpc', 'api-grpc', true, GRPC),
  { key: 'aio.size', flag: 'aio-size', type: 'int', fallback: '1000' },
  ...part('aio.subsystems.echo', 'aio-echo', false, ECHO),
  ...part('aio.subsystems.router', 'aio-router', true, ROUTER),
  ...part('aio.subsystems.sender', 'aio-sender', true, SENDER),
  ...part(`${SENDER_07}.http`, 'aio-sender-plugin-http', true, HTTP_PLUGIN),
  ...part(`${SENDER_07}.poll`, 'aio-sender-plugin-poll', true, POLL),
  ...part(`${SENDER_07}.sqs`, 'aio-sender-plugin-sqs', false, SQS),
  ...part('aio.subsystems.storePostgres', 'aio-store-postgres', false, POSTGRES),
  ...part('aio.subsystems.storeSqlite', 'aio-store-sqlite', true, SQLITE),
  ...TOP,
]

/** Every key of `version` in the order of its flags. */
export const SETTINGS: Readonly<Record<GoVersion, readonly SettingRow[]>> = {
  '0.7': ROWS_07,
  '0.8': ROWS_08,
}

/** Where the parts lie that listen, and the stores. */
export const PARTS: Readonly<
  Record<GoVersion, Readonly<Record<'http' | 'poll' | 'postgres' | 'sqlite', string>>>
> = {
  '0.7': {
    http: 'api.subsystems.http',
    poll: `${SENDER_07}.poll`,
    postgres: 'aio.subsystems.storePostgres',
    sqlite: 'aio.subsystems.storeSqlite',
  },
  '0.8': {
    http: 'api.subsystems.http',
    poll: 'aio.plugins.poll',
    postgres: 'aio.subsystems.store.postgres',
    sqlite: 'aio.subsystems.store.sqlite',
  },
}

/** The key of JWT auth, which only 0.8 has. */
export const PUBLIC_KEY = 'api.auth.publicKey'

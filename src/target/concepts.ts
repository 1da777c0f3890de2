import type { Target } from './target.ts'

/** What a setting is for, whatever a server's version calls it. */
export type Concept =
  | 'auth'
  | 'publickey'
  | 'iss'
  | 'aud'
  | 'origins'
  | 'bind'
  | 'port'
  | 'url'
  | 'level'
  | 'debug'
  | 'push'
  | 'pushMode'
  | 'pushToken'
  | 'pushAudience'
  | 'pushHeader'
  | 'pushEnabled'
  | 'pollEnabled'
  | 'bash'
  | 'gcpProject'
  | 'metricsPort'
  | 'metricsBind'
  | 'metricsEnabled'
  | 'storage'
  | 'sqlitePath'
  | 'postgresUrl'
  | 'mysqlUrl'
  | 'workos'
  | 'workosKey'
  | 'workosUrl'
  | 'console'

export type Concepts = Readonly<Partial<Record<Concept, string>>>

/** 0.9.x: config.rs at tag v0.9.8. */
const RESONATE_09: Concepts = {
  auth: 'auth',
  publickey: 'auth.publickey',
  iss: 'auth.iss',
  aud: 'auth.aud',
  origins: 'server.cors.allow_origins',
  bind: 'server.bind',
  port: 'server.port',
  url: 'server.url',
  level: 'level',
  debug: 'debug',
  push: 'transports.http_push.auth',
  pushMode: 'transports.http_push.auth.mode',
  pushToken: 'transports.http_push.auth.token',
  pushAudience: 'transports.http_push.auth.audience',
  pushHeader: 'transports.http_push.auth.header',
  pushEnabled: 'transports.http_push.enabled',
  pollEnabled: 'transports.http_poll.enabled',
  bash: 'transports.bash_exec.enabled',
  gcpProject: 'transports.gcps.project',
  metricsPort: 'observability.metrics_port',
  storage: 'storage.type',
  sqlitePath: 'storage.sqlite.path',
  postgresUrl: 'storage.postgres.url',
  mysqlUrl: 'storage.mysql.url',
}

/** The first layout of 0.10: the keys of 0.9 and two new tables (src/config.rs at 183d6de9). */
const RESONATE_010: Concepts = {
  ...RESONATE_09,
  workos: 'workos',
  workosKey: 'workos.api_key',
  workosUrl: 'workos.base_url',
  console: 'console.enabled',
}

/** The plugin layout of 0.10 (facts of resonate-base and the gateway crates). */
const RESONATE_010_PLUGINS: Concepts = {
  auth: 'gateways.gateway_http.auth',
  publickey: 'gateways.gateway_http.auth.publickey',
  iss: 'gateways.gateway_http.auth.iss',
  aud: 'gateways.gateway_http.auth.aud',
  origins: 'gateways.gateway_http.cors_allow_origins',
  bind: 'gateways.gateway_http.bind',
  level: 'level',
  debug: 'debug',
  push: 'workers.transport_http_push.auth',
  pushMode: 'workers.transport_http_push.auth.mode',
  pushToken: 'workers.transport_http_push.auth.token',
  pushAudience: 'workers.transport_http_push.auth.audience',
  pushHeader: 'workers.transport_http_push.auth.header',
  pushEnabled: 'workers.transport_http_push.enabled',
  pollEnabled: 'workers.transport_http_poll.enabled',
  bash: 'workers.worker_bash.enabled',
  gcpProject: 'workers.transport_gcps.project',
  metricsBind: 'gateways.gateway_metrics.bind',
  metricsEnabled: 'gateways.gateway_metrics.enabled',
  storage: 'servers.active',
  sqlitePath: 'servers.server_sqlite.path',
  postgresUrl: 'servers.server_postgres.url',
  mysqlUrl: 'servers.server_mysql.url',
  workos: 'gateways.gateway_http.workos',
  workosKey: 'gateways.gateway_http.workos.api_key',
  workosUrl: 'gateways.gateway_http.workos.base_url',
  console: 'gateways.gateway_web.enabled',
}

/** The Go server 0.8; 0.7 knows no key (cmd/config/config.go at v0.8.2 and v0.7.24). */
const RESONATE_GO_08: Concepts = {
  publickey: 'api.auth.publicKey',
  bind: 'api.subsystems.http.config.addr',
  metricsBind: 'metricsAddr',
}

const RESONATE_GO_07: Concepts = {
  bind: 'api.subsystems.http.config.addr',
  metricsBind: 'metricsAddr',
}

/** The paths of `target`'s settings by what they are for; a concept the target does not have is absent. */
export function conceptsOf({ name, version }: Target): Concepts {
  if (name === 'resonate-go') return version === '0.7' ? RESONATE_GO_07 : RESONATE_GO_08
  if (version === '0.10-plugins') return RESONATE_010_PLUGINS
  return version.startsWith('0.10') ? RESONATE_010 : RESONATE_09
}

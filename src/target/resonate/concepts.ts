import type { Concepts } from '../concepts.ts'
import type { VersionName } from './versions.ts'

/** 0.9.x: config.rs at tag v0.9.8. */
const CONCEPTS_09: Concepts = {
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
const CONCEPTS_010: Concepts = {
  ...CONCEPTS_09,
  workos: 'workos',
  workosKey: 'workos.api_key',
  workosUrl: 'workos.base_url',
  console: 'console.enabled',
}

/** The plugin layout of 0.10 (facts of resonate-base and the gateway crates). */
const CONCEPTS_PLUGINS: Concepts = {
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

/** The paths of the settings by version. */
export const CONCEPTS = {
  '0.9': CONCEPTS_09,
  '0.10': CONCEPTS_010,
  '0.10-plugins': CONCEPTS_PLUGINS,
} as const satisfies Readonly<Record<VersionName, Concepts>>

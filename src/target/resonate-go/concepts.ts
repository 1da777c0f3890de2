import type { Concepts } from '../concepts.ts'

/** cmd/config/config.go at v0.8.2. */
export const CONCEPTS_08: Concepts = {
  publickey: 'api.auth.publicKey',
  bind: 'api.subsystems.http.config.addr',
  metricsBind: 'metricsAddr',
}

/** cmd/config/config.go at v0.7.24, which knows no key. */
export const CONCEPTS_07: Concepts = {
  bind: 'api.subsystems.http.config.addr',
  metricsBind: 'metricsAddr',
}

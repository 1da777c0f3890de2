import { setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, LOCAL, QUIET } from '../../samples.ts'

export const metricsPortTaken = defineRule({
  id: 'RA402',
  name: 'metrics-port-taken',
  since: '0.1.0',
  area: 'exposure',
  severity: 'error',
  confidence: 'high',
  pitfalls: [72],
  summary: 'Metrics and API want the same port',
  why: 'It is a race: either the server does not start, or the metrics are missing and only a log line says so.',
  remediation: 'Give the metrics another port, or 0 to switch them off.',
  messages: { same: 'the metrics and the API listen on the same port {port}' },
  bad: () => [
    {
      title: 'the same port',
      files: {
        'resonate.toml': `${LOCAL}port = 9090\n\n${AUTH}`,
      },
      expect: [{ message: 'same', path: 'observability.metrics_port' }],
      also: ['RA401'],
    },
  ],
  good: () => [{ title: 'no metrics', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const metrics = setting(facts, 'metricsPort')
    const port = setting(facts, 'port')
    const path = facts.concepts.metricsPort
    if (metrics === undefined || port === undefined || path === undefined) return
    if (typeof metrics.value !== 'bigint' || metrics.value === 0n || metrics.value !== port.value)
      return
    const given = metrics.origin.kind === 'default' ? port : metrics
    yield { message: 'same', origin: given.origin, path, values: { port: metrics.value } }
  },
})

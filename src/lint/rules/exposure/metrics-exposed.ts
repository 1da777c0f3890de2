import { isComplete, reachOf, setting, textSetting, withoutPort } from '../../facts.ts'
import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { AUTH, LOCAL, QUIET } from '../../samples.ts'

export const metricsExposed = defineRule({
  id: 'RA401',
  name: 'metrics-exposed',
  since: '0.1.0',
  area: 'exposure',
  severity: 'warning',
  confidence: 'high',
  targets: ALL_TARGETS,
  security: { score: 5.3, cwe: [200, 306] },
  pitfalls: [71],
  summary: 'Metrics are open to everybody',
  why: 'The metrics listener has no authentication. In 0.9 it listens on every interface whatever server.bind says, so only a firewall or metrics_port = 0 closes it.',
  remediation:
    'Set metrics_port = 0, or let a firewall admit only the scraper and ignore this finding with a reason.',
  messages: {
    port: 'metrics are served without authentication on 0.0.0.0:{port}',
    bind: 'metrics are served without authentication on {address}',
  },
  bad: () => [
    {
      title: 'the default',
      files: { 'resonate.toml': `${LOCAL}\n${AUTH}` },
      expect: [{ message: 'port', path: 'observability.metrics_port' }],
    },
    {
      title: 'a port of its own',
      files: { 'resonate.toml': `${LOCAL}\n[observability]\nmetrics_port = 9191\n\n${AUTH}` },
      expect: [{ message: 'port', path: 'observability.metrics_port', mark: '9191' }],
    },
  ],
  good: () => [{ title: 'switched off', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    if (!isComplete(facts)) return
    const port = setting(facts, 'metricsPort')
    const portPath = facts.concepts.metricsPort
    if (
      portPath !== undefined &&
      port !== undefined &&
      typeof port.value === 'bigint' &&
      port.value !== 0n
    )
      yield { message: 'port', origin: port.origin, path: portPath, values: { port: port.value } }
    const bind = textSetting(facts, 'metricsBind')
    if (bind === undefined || setting(facts, 'metricsEnabled')?.value === false) return
    if (reachOf(withoutPort(bind.value)) !== 'loopback')
      yield {
        message: 'bind',
        origin: bind.origin,
        path: bind.path,
        values: { address: bind.value },
      }
  },
})

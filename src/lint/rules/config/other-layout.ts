import { ignored, isOtherLayout } from '../../ignored.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const otherLayout = defineRule({
  id: 'RA018',
  name: 'other-layout',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate@0.9', 'resonate@0.10'],
  security: { score: 9.1, cwe: [1188] },
  pitfalls: [83],
  summary: 'The file is written for another server or layout',
  why: 'The tables servers, workers and gateways belong to the plugin layout of 0.10; api and aio belong to the Go server. This server ignores them in silence, and the auth settings in them with the rest.',
  remediation:
    'Judge it with the target it is written for (--target), or rewrite it in the layout of this server.',
  messages: {
    plugins: '"{what}" belongs to the plugin layout of 0.10: this server ignores it',
    go: '"{what}" belongs to the Go server: this server ignores it',
  },
  bad: () => [
    {
      title: 'the plugin layout',
      files: {
        'resonate.toml': quiet('[gateways.gateway_http.auth]\npublickey = "public.pem"\n'),
      },
      expect: [{ message: 'plugins', path: 'gateways' }],
    },
    {
      title: 'the Go server',
      files: { 'resonate.toml': quiet('[api.http]\naddr = ":8001"\n') },
      expect: [{ message: 'go', path: 'api' }],
    },
  ],
  good: () => [{ title: 'its own layout', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    for (const entry of ignored(facts, 'key')) {
      const layout = isOtherLayout(facts, entry)
      if (layout !== undefined)
        yield {
          message: layout,
          origin: entry.origin,
          path: entry.what,
          values: { what: entry.what },
        }
    }
  },
})

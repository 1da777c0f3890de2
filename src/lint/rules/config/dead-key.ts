import { DEAD_SETTINGS } from '../../../target/resonate/dead-settings.ts'
import { removeFix } from '../../edits.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const deadKey = defineRule({
  id: 'RA016',
  name: 'dead-key',
  since: '0.1.0',
  area: 'config',
  severity: 'info',
  confidence: 'high',
  profile: 'pedantic',
  targets: ['resonate@0.9'],
  pitfalls: [92],
  fixable: 'safe',
  summary: 'The server takes this key and does nothing with it',
  why: 'Whoever set it expects an effect that does not come.',
  remediation: 'Remove it.',
  messages: { dead: '{path} has no effect: {why}' },
  bad: () => [
    {
      title: 'an endpoint for traces',
      files: {
        'resonate.toml': `${QUIET.replace('metrics_port = 0\n', 'metrics_port = 0\notlp_endpoint = "collector:4317"\n')}`,
      },
      expect: [{ message: 'dead', path: 'observability.otlp_endpoint', mark: '"collector:4317"' }],
      fixed: { 'resonate.toml': QUIET },
    },
  ],
  good: () => [
    {
      title: 'a key that is used',
      files: { 'resonate.toml': quiet('[tasks]\nlease_timeout = 20000\n') },
    },
  ],
  *check({ configuration: { settings }, document }) {
    for (const [path, why] of DEAD_SETTINGS) {
      const found = settings.get(path)
      if (found === undefined || found.origin.kind === 'default') continue
      const { origin } = found
      const fix = removeFix(document, { path, origin }, 'safe')
      yield {
        message: 'dead',
        origin,
        path,
        values: { path, why },
        ...(fix !== undefined && { fix }),
      }
    }
  },
})

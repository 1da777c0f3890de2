import { type FailedStart, startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

const OWN_RULES: readonly FailedStart['failure'][] = [
  'syntax',
  'file',
  'type',
  'missing',
  'key',
  'key-file',
  'arguments',
  'panic',
]

export const startRefused = defineRule({
  id: 'RA005',
  name: 'start-refused',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  summary: 'The server does not start with this configuration',
  why: 'A value has the right type, but the server checks it at its start and exits.',
  remediation: 'Change the marked value as the message says.',
  messages: { refused: 'the server does not start: {reason}' },
  bad: [
    {
      title: 'an unknown storage type',
      files: { 'resonate.toml': quiet('[storage]\ntype = "mongo"\n') },
      expect: [{ message: 'refused', mark: '"mongo"' }],
    },
    {
      title: 'no room for messages',
      files: { 'resonate.toml': quiet('[transports.http_poll]\nbuffer_size = 0\n') },
      expect: [{ message: 'refused', mark: '0' }],
    },
  ],
  good: [{ title: 'the default storage', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed === undefined || OWN_RULES.includes(failed.failure)) return
    yield {
      message: 'refused',
      origin: failed.origin,
      values: { reason: failed.says.split('\n')[0] ?? '' },
    }
  },
})

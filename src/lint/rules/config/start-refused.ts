import { type FailedStart, startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, PLUGINS_QUIET, QUIET, quiet } from '../../samples.ts'

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

/** What the plugin layout says of the tables of 0.9. */
const OLD_SECTION =
  /^unknown configuration: `(?:server|storage|auth|tasks|timeouts|messages|transports|observability|workos|console)`/

const MIGRATE =
  'this is a table of the older layout: rewrite the file for this server; --target resonate@0.9 judges it as it is'

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
  bad: () => [
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
    {
      title: 'a table of the older layout',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': `${PLUGINS_QUIET}\n${AUTH}` },
      expect: [{ message: 'refused' }],
    },
  ],
  good: () => [{ title: 'the default storage', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed === undefined || OWN_RULES.includes(failed.failure)) return
    yield {
      message: 'refused',
      origin: failed.origin,
      values: { reason: failed.says.split('\n')[0] ?? '' },
      ...(OLD_SECTION.test(failed.says) && { mend: MIGRATE }),
    }
  },
})

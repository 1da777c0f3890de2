import { quote } from '../../printable.ts'
import { mistypedMode } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

const FLAG = '--transports-http-push-auth-mode'

export const modeFlagTypo = defineRule({
  id: 'RA311',
  name: 'push-mode-flag-typo',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate@0.9', 'resonate@0.10'],
  security: { score: 6.5, cwe: [1188] },
  pitfalls: [58],
  summary: 'A mode the server does not know switches push auth off',
  why: 'In the file a wrong mode stops the start; on the command line it silently becomes none and takes the place of the configured one.',
  remediation: 'Write bearer or gcp, in lower case and without blanks.',
  messages: { typo: '{mode} is no mode: push auth is switched off' },
  bad: () => [
    {
      title: 'a capital letter',
      files: { 'resonate.toml': QUIET },
      arguments: [FLAG, 'Bearer'],
      expect: [{ message: 'typo', path: 'transports.http_push.auth.mode' }],
    },
  ],
  good: () => [
    {
      title: 'lower case',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
      arguments: [FLAG, 'gcp'],
    },
  ],
  *check(facts) {
    const given = mistypedMode(facts)
    if (given !== undefined)
      yield {
        message: 'typo',
        origin: given.origin,
        path: facts.concepts.pushMode ?? '',
        values: { mode: quote(given.text) },
      }
  },
})

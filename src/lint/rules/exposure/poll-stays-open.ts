import { setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const pollStaysOpen = defineRule({
  id: 'RA408',
  name: 'poll-stays-open',
  since: '0.1.0',
  area: 'exposure',
  severity: 'info',
  confidence: 'high',
  profile: 'pedantic',
  pitfalls: [78],
  summary: 'Disabling http_poll does not close /poll',
  why: 'The setting stops deliveries only: the route stays, and any valid token can hold a connection to it.',
  remediation: 'Close /poll in the proxy before the server.',
  messages: { open: 'http_poll is disabled, but /poll still takes connections' },
  bad: () => [
    {
      title: 'disabled',
      files: { 'resonate.toml': quiet('[transports.http_poll]\nenabled = false\n') },
      expect: [{ message: 'open', path: 'transports.http_poll.enabled', mark: 'false' }],
    },
  ],
  good: () => [{ title: 'the default', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const poll = setting(facts, 'pollEnabled')
    const path = facts.concepts.pollEnabled
    if (poll?.value === false && path !== undefined)
      yield { message: 'open', origin: poll.origin, path }
  },
})

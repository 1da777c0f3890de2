import { goHasKey, goHasUsers, goReach, goSetting, goUsers, pollPath } from '../../go-server.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goPollOpen = defineRule({
  id: 'RA804',
  name: 'go-poll-open',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  security: { score: 8.2, cwe: [306] },
  summary: 'The poll listener is open beside auth',
  why: 'Port 8002 is a listener of its own: neither the public key nor the users of the API cover it. Whoever reaches it joins any group and receives its messages.',
  remediation: 'Bind it to 127.0.0.1 and let workers poll port 8001, or give it users of its own.',
  messages: { open: 'the poll listener on {address} asks for nothing' },
  bad: () => [
    {
      title: 'the default address',
      target: 'resonate-go@0.8',
      files: goFiles(
        GO_QUIET.replace(
          'aio:\n  plugins:\n    poll:\n      config:\n        addr: 127.0.0.1:8002\n',
          '',
        ),
      ),
      expect: [{ message: 'open', path: 'aio.plugins.poll.config.addr' }],
    },
  ],
  good: () => [{ title: 'on loopback', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    const poll = pollPath(facts)
    const address = goSetting(facts, `${poll}.config.addr`)
    const enabled = goSetting(facts, `${poll}.enabled`)
    if (!(goHasKey(facts) || goHasUsers(facts)) || address === undefined || enabled?.value !== true)
      return
    if (goUsers(facts, 'poll').length > 0 || goReach(address.value) === 'loopback') return
    yield {
      message: 'open',
      origin: address.origin,
      path: address.path,
      values: { address: String(address.value) },
    }
  },
})

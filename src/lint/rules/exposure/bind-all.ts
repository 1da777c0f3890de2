import { isOpen, listener } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, NO_METRICS, QUIET } from '../../samples.ts'

export const bindAll = defineRule({
  id: 'RA405',
  name: 'bind-every-interface',
  since: '0.1.0',
  area: 'exposure',
  severity: 'info',
  confidence: 'medium',
  profile: 'audit',
  security: { score: 3.1, cwe: [1327] },
  pitfalls: [75, 76, 81],
  summary: 'The server listens on every interface',
  why: 'That is the default, also of "resonate dev". The server has no TLS and no limit on failed attempts, so tokens travel in the clear and can be guessed at without end unless a proxy stands before it.',
  remediation: 'Bind to the address that the proxy uses, e.g. server.bind = "127.0.0.1".',
  messages: { every: 'the server listens on every interface ({address})' },
  bad: () => [
    {
      title: 'the default',
      files: { 'resonate.toml': `${NO_METRICS}\n${AUTH}` },
      expect: [{ message: 'every', path: 'server.bind' }],
    },
  ],
  good: () => [{ title: 'loopback', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const bind = listener(facts)
    if (bind?.reach === 'every-interface' && !isOpen(facts))
      yield {
        message: 'every',
        origin: bind.origin,
        path: bind.path,
        values: { address: bind.address },
      }
  },
})

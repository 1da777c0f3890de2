import { isComplete, listener, setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, NO_METRICS, QUIET } from '../../samples.ts'

export const urlUnset = defineRule({
  id: 'RA407',
  name: 'server-url-unset',
  since: '0.1.0',
  area: 'exposure',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  targets: ['resonate@0.9', 'resonate@0.10'],
  pitfalls: [77],
  summary: 'Workers elsewhere are told a URL that leads to themselves',
  why: 'Without server.url the server names http://localhost:8001 in every message; an empty one is passed on as it is.',
  remediation: 'Set server.url to the URL that workers reach.',
  messages: {
    unset: 'server.url is not set: workers on other machines are told http://localhost',
    empty: 'server.url is empty: workers are told no URL',
  },
  bad: () => [
    {
      title: 'listening for others without a URL',
      files: { 'resonate.toml': `[server]\nbind = "10.0.0.5"\n\n${NO_METRICS}\n${AUTH}` },
      expect: [{ message: 'unset', path: 'server.url' }],
    },
    {
      title: 'an empty URL',
      files: {
        'resonate.toml': `[server]\nbind = "127.0.0.1"\nurl = ""\n\n${NO_METRICS}\n${AUTH}`,
      },
      expect: [{ message: 'empty', path: 'server.url', mark: '""' }],
    },
  ],
  good: () => [{ title: 'on loopback', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const url = setting(facts, 'url')
    const path = facts.concepts.url
    if (!isComplete(facts) || url === undefined || path === undefined) return
    if (url.value === '') yield { message: 'empty', origin: url.origin, path }
    else if (url.origin.kind === 'default' && listener(facts)?.reach !== 'loopback')
      yield { message: 'unset', origin: url.origin, path }
  },
})

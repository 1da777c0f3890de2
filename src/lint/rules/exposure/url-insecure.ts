import { reachOf, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, NO_METRICS, QUIET } from '../../samples.ts'

export const urlInsecure = defineRule({
  id: 'RA406',
  name: 'server-url-insecure',
  since: '0.1.0',
  area: 'exposure',
  severity: 'warning',
  confidence: 'medium',
  security: { score: 5.9, cwe: [319] },
  pitfalls: [76],
  summary: 'Workers are told to come back over plain http',
  why: 'The server names this URL in every message, and workers send their token there. The server itself has no TLS.',
  remediation: 'Put a proxy with TLS before the server and name its https URL.',
  messages: { http: '{url} is plain http: tokens travel in the clear' },
  bad: () => [
    {
      title: 'http',
      files: {
        'resonate.toml': `[server]\nbind = "127.0.0.1"\nurl = "http://resonate.example.com"\n\n${NO_METRICS}\n${AUTH}`,
      },
      expect: [{ message: 'http', path: 'server.url', mark: '"http://resonate.example.com"' }],
    },
  ],
  good: () => [
    {
      title: 'https',
      files: {
        'resonate.toml': `[server]\nbind = "127.0.0.1"\nurl = "https://resonate.example.com"\n\n${NO_METRICS}\n${AUTH}`,
      },
    },
    { title: 'not set', files: { 'resonate.toml': QUIET } },
  ],
  *check(facts) {
    const url = textSetting(facts, 'url')
    if (url === undefined || url.origin.kind === 'default') return
    const host = /^http:\/\/(\[[^\]]*\]|[^:/]*)/i.exec(url.value)?.[1]
    if (host === undefined || reachOf(host) === 'loopback') return
    yield { message: 'http', origin: url.origin, path: url.path, values: { url: quote(url.value) } }
  },
})

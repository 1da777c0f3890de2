import { elementOrigin } from '../../array-elements.ts'
import { isOpen } from '../../facts.ts'
import { allowedOrigins } from '../../origins.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const anyOrigin = defineRule({
  id: 'RA202',
  name: 'cors-any-origin',
  since: '0.1.0',
  area: 'cors',
  severity: 'warning',
  confidence: 'high',
  security: { score: 5.3, cwe: [942] },
  pitfalls: [44, 45, 50],
  summary: "Any web page may read the server's answers",
  why: 'With "*" in the list every other entry is forgotten and every page of every site may call the server from its visitors\' browsers. The server never allows cookies, whatever is listed.',
  remediation: 'List the origins of your own pages, e.g. "https://app.example.com".',
  messages: {
    any: '"*" lets every web page read the server\'s answers',
    mixed:
      '"*" lets every web page read the server\'s answers; the other origins of the list have no effect',
  },
  bad: () => [
    {
      title: 'any origin',
      files: { 'resonate.toml': quiet('[server.cors]\nallow_origins = ["*"]\n') },
      expect: [{ message: 'any', path: 'server.cors.allow_origins', mark: '"*"' }],
    },
    {
      title: 'any origin among others',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com", "*"]\n'),
      },
      expect: [{ message: 'mixed', path: 'server.cors.allow_origins', mark: '"*"' }],
    },
  ],
  good: () => [
    {
      title: 'one origin',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com"]\n'),
      },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    const index = list?.value.indexOf('*') ?? -1
    if (list === undefined || index === -1) return
    yield {
      message: list.value.some((entry) => entry !== '*') ? 'mixed' : 'any',
      origin: elementOrigin(facts, list, index),
      path: list.path,
      ...(isOpen(facts) && { severity: 'error' as const }),
    }
  },
})

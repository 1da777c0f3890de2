import { elementOrigin } from '../../array-elements.ts'
import { allowedOrigins } from '../../origins.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const nullOrigin = defineRule({
  id: 'RA205',
  name: 'cors-null-origin',
  since: '0.1.0',
  area: 'cors',
  severity: 'warning',
  confidence: 'high',
  security: { score: 5.3, cwe: [942] },
  pitfalls: [47],
  summary: 'The origin "null" is allowed',
  why: 'Sandboxed frames, local files and redirected requests of any site send the origin "null", so this entry lets everybody in who wants to.',
  remediation: 'Serve the page from a host of its own and list that origin.',
  messages: { null: '"null" is allowed: any site can send that origin from a sandboxed frame' },
  bad: () => [
    {
      title: 'null in the list',
      files: { 'resonate.toml': quiet('[server.cors]\nallow_origins = ["null"]\n') },
      expect: [{ message: 'null', path: 'server.cors.allow_origins', mark: '"null"' }],
    },
  ],
  good: () => [
    {
      title: 'a real origin',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com"]\n'),
      },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    const index = list?.value.indexOf('null') ?? -1
    if (list === undefined || index === -1 || list.value.includes('*')) return
    yield { message: 'null', origin: elementOrigin(facts, list, index), path: list.path }
  },
})

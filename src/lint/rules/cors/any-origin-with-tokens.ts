import { elementOrigin } from '../../array-elements.ts'
import { checksSignatures } from '../../facts.ts'
import { allowedOrigins } from '../../origins.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const anyOriginWithTokens = defineRule({
  id: 'RA209',
  name: 'cors-any-origin-with-tokens',
  since: '0.1.0',
  area: 'cors',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  pitfalls: [49],
  summary: 'Some browsers do not send tokens where every origin is allowed',
  why: 'With "*" the server answers "Access-Control-Allow-Headers: *", and the Fetch standard does not let that cover the Authorization header; the SDK sends it with every request and poll.',
  remediation: 'List the origins: the server then names the Authorization header itself.',
  references: [
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Access-Control-Allow-Headers',
  ],
  messages: { uncovered: 'browsers that follow the Fetch standard refuse to send a token here' },
  bad: () => [
    {
      title: 'any origin and auth',
      files: { 'resonate.toml': quiet('[server.cors]\nallow_origins = ["*"]\n') },
      expect: [{ message: 'uncovered', path: 'server.cors.allow_origins' }],
      also: ['RA202'],
    },
  ],
  good: () => [
    {
      title: 'a listed origin',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com"]\n'),
      },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    const index = list?.value.indexOf('*') ?? -1
    if (list === undefined || index === -1 || !checksSignatures(facts)) return
    yield { message: 'uncovered', origin: elementOrigin(facts, list, index), path: list.path }
  },
})

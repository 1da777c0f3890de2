import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, withAuth } from '../../samples.ts'

export const missingKey = defineRule({
  id: 'RA004',
  name: 'missing-key',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  pitfalls: [85],
  summary: 'A required key is missing',
  why: 'Once there is an auth table, from the file or from any RESONATE_AUTH__ variable, the server needs its publickey and does not start without it.',
  remediation: 'Set publickey in the auth table; the name is one word in lower case.',
  messages: { missing: 'the server does not start: {reason}' },
  bad: () => [
    {
      title: 'an issuer without a key',
      files: { 'resonate.toml': withAuth('[auth]\niss = "https://issuer.example.com"\n') },
      expect: [{ message: 'missing' }],
    },
    {
      title: 'a misspelt key',
      files: { 'resonate.toml': withAuth('[auth]\npublic_key = "public.pem"\n') },
      expect: [{ message: 'missing' }],
      also: ['RA013'],
    },
  ],
  good: () => [{ title: 'the key is there', files: { 'resonate.toml': withAuth(AUTH) } }],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed?.failure !== 'missing') return
    yield {
      message: 'missing',
      origin: failed.origin,
      values: { reason: (failed.says.split('\n')[0] ?? '').replace(/ in .*$/, '') },
    }
  },
})

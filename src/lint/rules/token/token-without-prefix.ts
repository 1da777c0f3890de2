import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, judgedTokens, REASONS } from '../../tokens.ts'

export const tokenWithoutPrefix = defineRule({
  id: 'RA613',
  name: 'token-without-prefix',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [15],
  summary: 'A token is accepted and may do nothing',
  why: 'Without the role admin a token needs a text as prefix: every call is 403. /poll takes it all the same, so a worker looks connected and swallows messages.',
  remediation: 'Mint it with --prefix or --role admin.',
  messages: { forbidden: '{token}: accepted, and then 403 on every call: {says}' },
  bad: () => [
    {
      title: 'neither prefix nor role',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800}')],
      expect: [{ message: 'forbidden', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'a prefix',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const reason = token.verdict?.reason
      if (reason !== undefined && REASONS.prefix.has(reason.id))
        yield {
          message: 'forbidden',
          ...at(token),
          values: { token: token.name, says: reason.meaning },
          mend: reason.mending,
        }
    }
  },
})

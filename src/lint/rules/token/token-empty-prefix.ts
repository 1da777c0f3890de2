import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenEmptyPrefix = defineRule({
  id: 'RA615',
  name: 'token-empty-prefix',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  security: { score: 8.1, cwe: [269] },
  pitfalls: [17],
  summary: 'An empty prefix gives a token the power of an admin',
  why: 'Every id begins with the empty text, so the token may do everything, search and debug operations too.',
  remediation: 'Mint it with the prefix of its tenant.',
  messages: { all: '{token}: the empty prefix lets it do everything' },
  bad: () => [
    {
      title: 'an empty prefix',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":""}')],
      expect: [{ message: 'all', path: 'token 1' }],
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
      if (!isAdmin(token) && textClaim(token, 'prefix') === '')
        yield { message: 'all', ...at(token), values: { token: token.name } }
    }
  },
})

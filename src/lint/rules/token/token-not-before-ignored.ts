import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, judgedTokens } from '../../tokens.ts'

export const tokenNotBeforeIgnored = defineRule({
  id: 'RA612',
  name: 'token-not-before-ignored',
  since: '0.1.0',
  area: 'token',
  severity: 'warning',
  confidence: 'high',
  security: { score: 4.3, cwe: [613] },
  pitfalls: [14],
  summary: 'A token is to begin later, and the server accepts it already',
  why: 'The server does not check nbf.',
  remediation: 'Hand the token out when it is to begin.',
  messages: { ignored: '{token}: the server ignores nbf; the token is accepted now' },
  bad: () => [
    {
      title: 'nbf in the future',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","nbf":4000000000}')],
      expect: [{ message: 'ignored', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'no nbf',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const nbf = token.claims.get('nbf')
      if (typeof nbf === 'number' && nbf > facts.now)
        yield { message: 'ignored', ...at(token), values: { token: token.name } }
    }
  },
})

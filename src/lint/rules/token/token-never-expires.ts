import { looksLikeMilliseconds } from '../../../token/instant.ts'
import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, judgedTokens } from '../../tokens.ts'

export const tokenNeverExpires = defineRule({
  id: 'RA610',
  name: 'token-never-expires',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  security: { score: 7.5, cwe: [613] },
  pitfalls: [12],
  summary: 'A token expires in the far future: milliseconds where seconds are meant',
  why: 'The server reads exp in seconds and has no upper bound, so a number of milliseconds is a date thousands of years ahead. There is no revocation: only another key stops such a token.',
  remediation: 'Mint it anew; the tool writes seconds.',
  messages: {
    never: '{token}: exp {exp} looks like milliseconds; the token practically never expires',
  },
  bad: () => [
    {
      title: 'milliseconds',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":1798761600000,"prefix":"a:"}')],
      expect: [{ message: 'never', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'seconds',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":1798761600,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const exp = token.claims.get('exp')
      if (typeof exp === 'number' && looksLikeMilliseconds(exp))
        yield { message: 'never', ...at(token), values: { token: token.name, exp } }
    }
  },
})

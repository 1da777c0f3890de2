import { looksLikeMilliseconds } from '../../../token/instant.ts'
import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, judgedTokens } from '../../tokens.ts'

export const tokenLongLived = defineRule({
  id: 'RA611',
  name: 'token-long-lived',
  since: '0.1.0',
  area: 'token',
  severity: 'info',
  confidence: 'high',
  profile: 'pedantic',
  security: { score: 4.0, cwe: [613] },
  pitfalls: [13],
  summary: 'A token lives longer than a quarter of a year',
  why: 'Tokens cannot be revoked: until it expires, only a change of the key stops a leaked one, and that stops all others too.',
  remediation:
    'Mint tokens for days rather than months, or a fresh one for each run: "resonate-auth mint --exp 15m".',
  messages: { long: '{token} is good for {days} more days' },
  bad: () => [
    {
      title: 'half a year',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":1811000000,"prefix":"a:"}')],
      expect: [{ message: 'long', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'some hours',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":1795400000,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const exp = token.claims.get('exp')
      if (typeof exp !== 'number' || looksLikeMilliseconds(exp)) continue
      const days = Math.floor((exp - facts.now) / 86_400)
      if (days > 92) yield { message: 'long', ...at(token), values: { token: token.name, days } }
    }
  },
})

import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenPrefixNoIsolation = defineRule({
  id: 'RA619',
  name: 'token-prefix-no-isolation',
  since: '0.1.0',
  area: 'token',
  severity: 'info',
  confidence: 'high',
  profile: 'audit',
  security: { score: 5.4, cwe: [863] },
  pitfalls: [20, 21],
  summary: 'A prefix does not keep tenants apart',
  why: 'Inner actions of task.fence, polling of any group and, up to 0.9.8, callbacks and suspends cross prefixes; searches and the schedules of the SDKs are refused instead.',
  remediation: 'Give tenants that do not trust each other servers of their own.',
  messages: { crosses: '{token}: its prefix does not keep its bearer from all of the others' },
  bad: () => [
    {
      title: 'a restricted token',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      expect: [{ message: 'crosses', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'an admin token',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"role":"admin"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      if (!isAdmin(token) && (textClaim(token, 'prefix') ?? '') !== '')
        yield { message: 'crosses', ...at(token), values: { token: token.name } }
    }
  },
})

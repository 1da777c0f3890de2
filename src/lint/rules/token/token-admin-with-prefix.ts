import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenAdminWithPrefix = defineRule({
  id: 'RA614',
  name: 'token-admin-with-prefix',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  security: { score: 8.1, cwe: [269] },
  pitfalls: [16],
  summary: 'The prefix of an admin token is void',
  why: 'The role admin, in any case, is looked at first; the bearer may do everything.',
  remediation: 'Take the role out of a token that is to be restricted.',
  messages: { void: '{token}: role "admin" makes the prefix void' },
  bad: () => [
    {
      title: 'role and prefix',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"role":"admin","prefix":"a:"}')],
      expect: [{ message: 'void', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'a prefix alone',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      if (isAdmin(token) && (textClaim(token, 'prefix') ?? '') !== '')
        yield { message: 'void', ...at(token), values: { token: token.name } }
    }
  },
})

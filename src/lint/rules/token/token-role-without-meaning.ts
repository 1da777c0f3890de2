import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenRoleWithoutMeaning = defineRule({
  id: 'RA618',
  name: 'token-role-without-meaning',
  since: '0.1.0',
  area: 'token',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [22],
  summary: 'A role other than admin has no meaning',
  why: 'The server knows the one role admin. Names such as worker or viewer neither give nor take anything; the prefix decides.',
  remediation: 'Leave the role out and give the token a prefix.',
  messages: { ignored: '{token}: the role {role} has no meaning for the server' },
  bad: () => [
    {
      title: 'role viewer',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","role":"viewer"}')],
      expect: [{ message: 'ignored', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'no role',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const role = textClaim(token, 'role')
      if (role !== undefined && role !== '' && !isAdmin(token))
        yield { message: 'ignored', ...at(token), values: { token: token.name, role: quote(role) } }
    }
  },
})

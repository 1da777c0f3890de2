import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenPrefixDisagrees = defineRule({
  id: 'RA617',
  name: 'token-prefix-disagrees',
  since: '0.1.0',
  area: 'token',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [19],
  summary: 'Prefix of the token and of the SDK do not agree',
  why: 'The SDK writes its own prefix before every id; where the token has another one, every call is 403.',
  remediation: 'Give RESONATE_PREFIX and the claim the same value; the SDK adds the delimiter.',
  messages: { differs: '{token}: the prefix {prefix} does not fit RESONATE_PREFIX {variable}' },
  bad: () => [
    {
      title: 'another tenant',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"b:"}')],
      variables: { RESONATE_PREFIX: 'a' },
      expect: [{ message: 'differs', path: 'token 1' }],
      also: ['RA011', 'RA101'],
    },
  ],
  good: () => [
    {
      title: 'the same tenant',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      variables: { RESONATE_PREFIX: 'a' },
      also: ['RA011', 'RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const prefix = textClaim(token, 'prefix') ?? ''
      const variable = facts.variables?.findLast(({ name }) => name === 'RESONATE_PREFIX')
      const given = variable?.value ?? ''
      if (isAdmin(token) || prefix === '' || variable === undefined || given === '') continue
      if (!`${given}:`.startsWith(prefix) && !`${given}.`.startsWith(prefix))
        yield {
          message: 'differs',
          ...at(token),
          values: { token: token.name, prefix: quote(prefix), variable: quote(given) },
          related: [{ origin: variable.origin, note: 'the prefix of the SDK' }],
        }
    }
  },
})

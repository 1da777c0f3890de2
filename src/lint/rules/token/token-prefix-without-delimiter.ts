import { endsInName } from '../../../target/notes.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { at, isAdmin, judgedTokens, textClaim } from '../../tokens.ts'

export const tokenPrefixWithoutDelimiter = defineRule({
  id: 'RA616',
  name: 'token-prefix-without-delimiter',
  since: '0.1.0',
  area: 'token',
  severity: 'warning',
  confidence: 'high',
  security: { score: 6.5, cwe: [863] },
  pitfalls: [18],
  summary: 'A prefix without a delimiter covers its neighbours too',
  why: 'The server asks only whether an id begins with the prefix: "tenant-1" also covers "tenant-10:x".',
  remediation:
    'End the prefix with the delimiter of the ids: ":" for SDKs up to 0.11.4, "." from 0.11.5 on.',
  messages: { open: '{token}: the prefix {prefix} also covers ids such as {neighbour}' },
  bad: () => [
    {
      title: 'no delimiter',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"tenant-1"}')],
      expect: [{ message: 'open', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'a delimiter',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"tenant-1:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const token of judgedTokens(facts)) {
      const prefix = textClaim(token, 'prefix') ?? ''
      if (isAdmin(token) || !endsInName(prefix)) continue
      yield {
        message: 'open',
        ...at(token),
        values: { token: token.name, prefix: quote(prefix), neighbour: quote(`${prefix}0:x`) },
      }
    }
  },
})

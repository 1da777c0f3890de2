import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { judgedTokens, REASONS } from '../../tokens.ts'

/** Reasons for which another rule says more. */
const OTHERS: ReadonlySet<string> = new Set(Object.values(REASONS).flatMap((ids) => [...ids]))

export const tokenRefused = defineRule({
  id: 'RA601',
  name: 'token-refused',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [28],
  summary: 'The server refuses a token that was given',
  why: 'The server says only Unauthorized, with 60 seconds of leeway for clocks; what it objects to stands in its log alone.',
  remediation: 'See what the server checks: "resonate-auth verify TOKEN".',
  messages: { refused: '{token}: the server answers {status}: {says}' },
  bad: () => [
    {
      title: 'an expired token',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":1577836800,"prefix":"a:"}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'a token in force',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    for (const { name, verdict } of judgedTokens(facts)) {
      const reason = verdict?.reason
      if (reason === undefined || OTHERS.has(reason.id)) continue
      yield {
        message: 'refused',
        origin: { kind: 'default' },
        path: name,
        values: { token: name, status: reason.status, says: reason.meaning },
        mend: reason.mending,
      }
    }
  },
})

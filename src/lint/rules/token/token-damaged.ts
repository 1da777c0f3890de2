import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

export const tokenDamaged = defineRule({
  id: 'RA608',
  name: 'token-damaged',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [25, 27],
  summary: 'A token does not arrive in one piece',
  why: 'Padding, blanks, quotes, a line break at the end or a "Bearer " before it are part of the token for the server, which then answers 401; a proxy or a shell often adds them.',
  remediation: 'Pass the bare token: three base64url parts with dots between.',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'a blank at the end',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [`${unsigned('{"exp":4102444800,"prefix":"a:"}').replace('.', ' .')}`],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'the bare token',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    yield* findRefused(facts, REASONS.damage)
  },
})

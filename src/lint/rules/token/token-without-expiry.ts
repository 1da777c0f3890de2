import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

export const tokenWithoutExpiry = defineRule({
  id: 'RA603',
  name: 'token-without-expiry',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [11],
  summary: 'A token has no expiry the server can read',
  why: 'The claim exp is mandatory and must be a number of seconds; tokens of older servers and of the SDK examples have none.',
  remediation: 'Mint the token anew with a lifetime: "resonate-auth mint --exp 12h".',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'no exp',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"prefix":"a:"}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'exp in seconds',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    yield* findRefused(facts, REASONS.expiry)
  },
})

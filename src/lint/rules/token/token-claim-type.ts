import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

export const tokenClaimType = defineRule({
  id: 'RA609',
  name: 'token-claim-type',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [23],
  summary: 'A token holds a claim or header member of the wrong type',
  why: 'The server reads role, iss and the known header members as texts and refuses the token otherwise; its log says only "JSON error".',
  remediation: 'Write these claims as texts, once each.',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'a numeric role',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","role":5}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'texts',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    yield* findRefused(facts, REASONS.claimType)
  },
})

import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

export const tokenAlgorithm = defineRule({
  id: 'RA607',
  name: 'token-algorithm',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [24, 32],
  summary: 'A token is signed with an algorithm this server does not take',
  why: 'The key decides which algorithms are accepted: EdDSA for Ed25519, ES256 or ES384 by curve, RS and PS for RSA; none, ES512, ES256K and the HMAC family never pass.',
  remediation: 'Mint the token with the private half of the configured key.',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'alg none',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}', '{"alg":"none"}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'an accepted algorithm',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    yield* findRefused(facts, REASONS.algorithm)
  },
})

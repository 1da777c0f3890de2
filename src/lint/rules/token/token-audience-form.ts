import { defineRule } from '../../rule.ts'
import { UNSIGNED, unsigned } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

export const tokenAudienceForm = defineRule({
  id: 'RA602',
  name: 'token-audience-form',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [9],
  summary: 'A token names its audience as a text',
  why: 'The server reads "aud" as an array of texts only, even where it has no audience configured; most identity providers and JWT tools write a single audience as a text.',
  remediation: 'Mint the token with an array, as "resonate-auth mint --aud X" does.',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'audience as a text',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","aud":"x"}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'audience as an array',
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","aud":["x"]}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    yield* findRefused(facts, REASONS.audience)
  },
})

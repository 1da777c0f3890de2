import { textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { unsigned, withAuth } from '../../samples.ts'
import { findRefused, REASONS } from '../../tokens.ts'

const WITH_ISSUER = withAuth('[auth]\npublickey = "none"\niss = "https://issuer.example.com"\n')

export const tokenForAnotherServer = defineRule({
  id: 'RA606',
  name: 'token-for-another-server',
  since: '0.1.0',
  area: 'token',
  severity: 'error',
  confidence: 'high',
  pitfalls: [10],
  summary: 'Issuer or audience of a token and of the configuration do not agree',
  why: 'Both are compared byte for byte, a slash at the end counts; a configured issuer or audience must stand in every token.',
  remediation: 'Mint the token with the configured values, or correct the configuration.',
  messages: { refused: '{token}: the server answers 401: {says}' },
  bad: () => [
    {
      title: 'a slash at the end',
      files: { 'resonate.toml': WITH_ISSUER },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","iss":"https://issuer.example.com/"}')],
      expect: [{ message: 'refused', path: 'token 1' }],
      also: ['RA101'],
    },
  ],
  good: () => [
    {
      title: 'the same issuer',
      files: { 'resonate.toml': WITH_ISSUER },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","iss":"https://issuer.example.com"}')],
      also: ['RA101'],
    },
  ],
  *check(facts) {
    const configured = [textSetting(facts, 'iss'), textSetting(facts, 'aud')].filter(
      (found) => found !== undefined,
    )
    for (const finding of findRefused(facts, REASONS.otherServer))
      yield {
        ...finding,
        related: configured.map(({ origin }) => ({ origin, note: 'configured here' })),
      }
  },
})

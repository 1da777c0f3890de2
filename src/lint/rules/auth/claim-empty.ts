import { removeFix } from '../../edits.ts'
import { tableOrigin, textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const claimEmpty = defineRule({
  id: 'RA105',
  name: 'auth-claim-empty',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  pitfalls: [8, 86],
  fixable: 'unsafe',
  summary: 'An empty issuer or audience refuses every ordinary token',
  why: 'An empty text is a value, not an unset one: the server then demands that the claim is the empty text.',
  remediation:
    'Give it a value, or remove it; an unset variable of a compose file arrives as an empty text.',
  messages: {
    empty: '{path} is empty: the server refuses every token whose "{claim}" is not empty',
  },
  bad: () => [
    {
      title: 'an empty issuer',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\niss = ""\n') },
      expect: [{ message: 'empty', path: 'auth.iss', mark: '""' }],
      fixed: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\n') },
    },
    {
      title: 'an empty variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_AUTH__AUD: '' },
      expect: [{ message: 'empty', path: 'auth.aud' }],
    },
  ],
  good: () => [
    {
      title: 'both have values',
      files: {
        'resonate.toml': withAuth(
          '[auth]\npublickey = "public.pem"\niss = "https://issuer.example.com"\naud = "resonate"\n',
        ),
      },
    },
  ],
  *check(facts) {
    if (tableOrigin(facts, 'auth') === undefined) return
    for (const claim of ['iss', 'aud'] as const) {
      const found = textSetting(facts, claim)
      if (found?.value !== '') continue
      const { origin, path } = found
      const fix = removeFix(facts.document, found, 'unsafe')
      yield {
        message: 'empty',
        origin,
        path,
        values: { path, claim },
        ...(fix !== undefined && { fix }),
      }
    }
  },
})

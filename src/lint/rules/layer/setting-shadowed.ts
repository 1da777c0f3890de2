import type { Concept } from '../../../target/concepts.ts'
import { isRefused, textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

const GUARDS: readonly Concept[] = [
  'publickey',
  'iss',
  'aud',
  'bind',
  'pushMode',
  'pushToken',
  'pushHeader',
]

export const settingShadowed = defineRule({
  id: 'RA503',
  name: 'setting-shadowed',
  since: '0.1.0',
  area: 'layer',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  pitfalls: [88],
  summary: 'A variable or flag takes the place of a setting that decides who gets in',
  why: 'Variables left over in a shell, a CI job or a unit file win over the file, and nobody who reads the file sees that.',
  remediation: 'Set it in one layer only, or check that the higher layer is meant.',
  messages: { shadowed: '{path} of a lower layer has no effect' },
  bad: () => [
    {
      title: 'an issuer in a variable',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\niss = "https://a"\n') },
      variables: { RESONATE_AUTH__ISS: 'https://b' },
      expect: [{ message: 'shadowed', path: 'auth.iss' }],
    },
  ],
  good: () => [{ title: 'one layer', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    for (const concept of GUARDS) {
      const found = textSetting(facts, concept)
      const lost = found?.shadows.filter(
        ({ origin, value }) => origin.kind !== 'default' && value !== found.value,
      )
      if (found === undefined || lost === undefined || lost.length === 0) continue
      if (isRefused(facts, concept)) continue
      // publickey = "none" over a key is an error of its own.
      if (concept === 'publickey' && found.value === 'none') continue
      yield {
        message: 'shadowed',
        origin: found.origin,
        path: found.path,
        values: { path: found.path },
        related: lost.map(({ origin }) => ({ origin, note: 'not used' })),
      }
    }
  },
})

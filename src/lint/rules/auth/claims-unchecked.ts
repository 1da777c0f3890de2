import { checksSignatures, isRefused, setting, textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

const CLAIMS = ['iss', 'aud'] as const

export const claimsUnchecked = defineRule({
  id: 'RA106',
  name: 'auth-claims-unchecked',
  since: '0.1.0',
  area: 'auth',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  security: { score: 3.1, cwe: [345] },
  pitfalls: [42],
  summary: 'Neither issuer nor audience is checked',
  why: 'A token made for another environment or service with the same key is accepted here too.',
  remediation: 'Set iss and aud, different for each environment, and mint tokens with them.',
  messages: {
    unchecked: 'neither "iss" nor "aud" is checked: any token signed with this key is accepted',
  },
  bad: () => [
    {
      title: 'a key alone',
      files: { 'resonate.toml': QUIET },
      expect: [{ message: 'unchecked', path: 'auth' }],
    },
  ],
  good: () => [
    {
      title: 'an audience',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\naud = "resonate"\n') },
    },
  ],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    if (!checksSignatures(facts) || key === undefined) return
    if (CLAIMS.some((claim) => setting(facts, claim)?.value !== undefined)) return
    if (CLAIMS.some((claim) => isRefused(facts, claim))) return
    yield {
      message: 'unchecked',
      origin: key.origin,
      ...(facts.concepts.auth !== undefined && { path: facts.concepts.auth }),
    }
  },
})

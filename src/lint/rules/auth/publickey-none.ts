import { listener, textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const publickeyNone = defineRule({
  id: 'RA101',
  name: 'auth-publickey-none',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.8, cwe: [347] },
  pitfalls: [3, 4],
  summary: 'Signatures are not checked',
  why: 'With publickey = "none" the server believes the claims of any token, so every caller can be admin.',
  remediation: 'Create a key pair with "resonate-auth keygen" and name its public half here.',
  messages: {
    off: 'signatures are not checked: anybody can write a token with role "admin"',
    over: 'signatures are not checked: "none" takes the place of the configured key',
  },
  bad: () => [
    {
      title: 'in the file',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "none"\n') },
      expect: [{ message: 'off', path: 'auth.publickey', mark: '"none"' }],
    },
    {
      title: 'a variable over the file',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_AUTH__PUBLICKEY: 'none' },
      expect: [{ message: 'over', path: 'auth.publickey' }],
    },
    {
      title: 'a flag over the file',
      files: { 'resonate.toml': QUIET },
      arguments: ['--auth-publickey', 'none'],
      expect: [{ message: 'over', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'a key file', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    if (key?.value !== 'none') return
    const lost = key.shadows.find(
      ({ value, origin }) => value !== 'none' && origin.kind !== 'default',
    )
    const bind = listener(facts)
    const common = {
      origin: key.origin,
      path: key.path,
      ...(bind?.reach === 'loopback' && { severity: 'warning' as const }),
    }
    yield lost === undefined
      ? { ...common, message: 'off' }
      : {
          ...common,
          message: 'over',
          severity: 'error',
          related: [{ origin: lost.origin, note: 'this key is not used' }],
        }
  },
})

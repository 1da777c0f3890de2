import { listener, relatedTo, tableOrigin } from '../../facts.ts'
import { ignored, meansAuth, renameFix } from '../../ignored.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const authMisspelt = defineRule({
  id: 'RA103',
  name: 'auth-misspelt',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.8, cwe: [306, 1188] },
  pitfalls: [2, 84],
  fixable: 'unsafe',
  summary: 'Auth is off because its settings are misspelt',
  why: 'The server ignores a table or variable whose name is not exactly right. Without an auth table it accepts every request, and only one line of its log at level info says so.',
  remediation: 'Write the name as the server knows it; names in the file are lower case.',
  messages: {
    off: 'auth is off: the server ignores "{what}"; it reads "{meant}"',
    quoted: 'auth is off: "{what}" in quotes is one name, not a path, and the server ignores it',
  },
  bad: () => [
    {
      title: 'a capital letter',
      files: { 'resonate.toml': withAuth('[Auth]\npublickey = "public.pem"\n') },
      expect: [{ message: 'off', mark: 'Auth' }],
      fixed: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\n') },
    },
    {
      title: 'below another table',
      files: { 'resonate.toml': withAuth('[server.auth]\npublickey = "public.pem"\n') },
      expect: [{ message: 'off' }],
    },
    {
      title: 'below a table without auth',
      files: { 'resonate.toml': withAuth('[observability.auth]\npublickey = "public.pem"\n') },
      expect: [{ message: 'off' }],
    },
    {
      title: 'one underscore instead of two',
      files: { 'resonate.toml': withAuth('') },
      variables: { RESONATE_AUTH_PUBLICKEY: 'public.pem' },
      expect: [{ message: 'off' }],
    },
  ],
  good: () => [{ title: 'the right name', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    if (tableOrigin(facts, 'auth') !== undefined) return
    const bind = listener(facts)
    for (const kind of ['key', 'variable'] as const)
      for (const entry of ignored(facts, kind)) {
        if (!meansAuth(facts, entry)) continue
        const fix = renameFix(facts, entry)
        const { what, meant = '' } = entry
        yield {
          ...(meant === what
            ? { message: 'quoted', values: { what } }
            : { message: 'off', values: { what, meant } }),
          origin: entry.origin,
          path: what,
          related: relatedTo(bind, 'anybody who reaches this address may do everything'),
          ...(fix !== undefined && { fix }),
        }
      }
  },
})

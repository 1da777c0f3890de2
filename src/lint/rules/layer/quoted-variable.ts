import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const quotedVariable = defineRule({
  id: 'RA509',
  name: 'quoted-variable',
  since: '0.1.0',
  area: 'layer',
  severity: 'error',
  confidence: 'high',
  pitfalls: [86],
  summary: 'A variable keeps its single quotes',
  why: 'The server takes double quotes off a value, but not single ones; docker --env-file takes none off, so the quotes become part of the setting.',
  remediation: 'Leave the quotes out.',
  messages: { quoted: 'the single quotes are part of the value of {path}' },
  bad: () => [
    {
      title: 'a quoted issuer',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_AUTH__ISS: "'https://issuer.example.com'" },
      expect: [{ message: 'quoted', path: 'auth.iss' }],
    },
  ],
  good: () => [
    {
      title: 'no quotes',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_AUTH__ISS: 'https://issuer.example.com' },
    },
  ],
  *check({ configuration: { settings } }) {
    for (const [path, { value, origin }] of settings)
      if (origin.kind === 'variable' && typeof value === 'string' && /^'.*'$/s.test(value))
        yield { message: 'quoted', origin, path, values: { path } }
  },
})

import { ignored, isNearSecurity, isOfAnotherVersion } from '../../ignored.ts'
import { defineRule } from '../../rule.ts'
import { AUTH, LOCAL, NO_METRICS, quiet } from '../../samples.ts'

export const keyOfAnotherVersion = defineRule({
  id: 'RA015',
  name: 'key-of-another-version',
  since: '0.1.0',
  area: 'config',
  severity: 'warning',
  confidence: 'high',
  security: { score: 6.5, cwe: [1188] },
  pitfalls: [53, 69, 92, 93],
  summary: 'Another version of the server has this key, this one ignores it',
  why: 'Keys come and go with patch versions, and a server ignores those it does not have: origins before 0.9.4, push auth before 0.9.5 have no effect.',
  remediation:
    'Run a version that has the key, or name the version you run: --target resonate@0.9.8.',
  messages: { other: '"{what}" has no effect on this version: {why}' },
  bad: () => [
    {
      title: 'origins before 0.9.4',
      target: 'resonate@0.9.3',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com"]\n'),
      },
      expect: [{ message: 'other', path: 'server.cors' }],
    },
    {
      title: 'a key that is gone',
      files: {
        'resonate.toml': quiet('[transports.bash_exec]\nroot_dir = "/srv"\n'),
      },
      expect: [{ message: 'other', path: 'transports.bash_exec.root_dir' }],
    },
  ],
  good: () => [
    {
      title: 'a version that has it',
      target: 'resonate@0.9.4',
      files: {
        'resonate.toml': `${LOCAL}\n[server.cors]\nallow_origins = ["https://app.example.com"]\n\n${NO_METRICS}\n${AUTH}`,
      },
    },
  ],
  *check(facts) {
    for (const kind of ['key', 'variable'] as const)
      for (const entry of ignored(facts, kind)) {
        if (!isOfAnotherVersion(entry)) continue
        const { what, why, origin } = entry
        yield {
          message: 'other',
          origin,
          path: what,
          values: { what, why },
          ...(isNearSecurity({ ...entry, meant: what }) && { severity: 'error' as const }),
        }
      }
  },
})

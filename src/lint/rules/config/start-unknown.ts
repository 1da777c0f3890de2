import { fileNotRead } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const startUnknown = defineRule({
  id: 'RA008',
  name: 'start-unknown',
  since: '0.1.0',
  area: 'config',
  severity: 'info',
  confidence: 'high',
  profile: 'pedantic',
  summary: 'Whether the server starts cannot be told from here',
  why: 'It depends on something outside of the configuration: a value that is filled in later, a database, a name to be resolved, a file that was not read.',
  remediation: 'Run the linter where that is known, or ignore this finding with a reason.',
  messages: { unknown: 'whether the server starts is decided by {decides}' },
  bad: () => [
    {
      title: 'a database elsewhere',
      files: {
        'resonate.toml': quiet(
          '[storage]\ntype = "postgres"\n\n[storage.postgres]\nurl = "postgres://db.example.com/resonate"\n',
        ),
      },
      expect: [{ message: 'unknown' }],
    },
  ],
  good: () => [{ title: 'a usual file', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const { start } = facts.configuration
    if (start.starts !== 'unknown' || fileNotRead(facts) !== undefined) return
    yield {
      message: 'unknown',
      origin: start.origin ?? { kind: 'default' },
      values: { decides: start.decides },
    }
  },
})

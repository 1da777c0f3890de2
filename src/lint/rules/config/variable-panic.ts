import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const variablePanic = defineRule({
  id: 'RA007',
  name: 'variable-panic',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  summary: 'A variable crashes the server',
  why: 'In a value that begins with a double quote, a character outside ASCII before an escape makes the reader of variables panic, whatever the variable is called.',
  remediation: 'Leave out the quotes or the escape, or put the value into the configuration file.',
  messages: { panic: 'the server crashes while it reads this variable' },
  bad: () => [
    {
      title: 'an escape after a non-ASCII character',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_LEVEL: '"\u00e9\\n"' },
      expect: [{ message: 'panic' }],
    },
  ],
  good: () => [
    {
      title: 'no quotes',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_LEVEL: 'info' },
    },
  ],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed?.failure === 'panic') yield { message: 'panic', origin: failed.origin }
  },
})

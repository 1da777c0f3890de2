import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

/** Settings whose empty value has a rule of its own. */
const JUDGED = /(?:^|\.)(?:iss|aud|publickey|token|audience|header|level|url)$/

export const emptyVariable = defineRule({
  id: 'RA510',
  name: 'empty-variable',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'medium',
  pitfalls: [86],
  summary: 'An empty variable sets an empty value',
  why: "Empty is a value: it takes the place of the file's setting and of the default. It usually comes from an unset variable of a compose file or a CI job.",
  remediation: 'Remove the variable, or give it a value.',
  messages: { empty: '{path} is set to an empty text by this variable' },
  bad: () => [
    {
      title: 'an empty path',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_STORAGE__SQLITE__PATH: '' },
      expect: [{ message: 'empty', path: 'storage.sqlite.path' }],
    },
  ],
  good: () => [{ title: 'not set', files: { 'resonate.toml': QUIET } }],
  *check({ configuration: { settings } }) {
    for (const [path, { value, origin }] of settings)
      if (origin.kind === 'variable' && value === '' && !JUDGED.test(path))
        yield { message: 'empty', origin, path, values: { path } }
  },
})

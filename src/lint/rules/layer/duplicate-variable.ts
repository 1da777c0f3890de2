import { readEnvironmentName } from '../../../target/resonate/environment.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const duplicateVariable = defineRule({
  id: 'RA508',
  name: 'duplicate-variable',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [85],
  summary: 'Two variables set the same key',
  why: "Names are compared without regard to case, and the one that comes later in the environment wins; that order is nobody's decision.",
  remediation: 'Keep one of them.',
  messages: { twice: '{name} and {other} set the same key; which one wins is left to chance' },
  bad: () => [
    {
      title: 'the same name in two cases',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_LEVEL: 'info', resonate_level: 'warn' },
      expect: [{ message: 'twice' }],
    },
  ],
  good: () => [
    {
      title: 'one variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_LEVEL: 'info' },
    },
  ],
  *check({ variables = [] }) {
    const seen = new Map<string, (typeof variables)[number]>()
    for (const variable of variables) {
      const parts = readEnvironmentName(variable.name)
      if (parts === undefined || parts === 'dropped') continue
      const key = parts.join('.')
      const other = seen.get(key)
      seen.set(key, variable)
      if (other !== undefined && other.name !== variable.name)
        yield {
          message: 'twice',
          origin: variable.origin,
          path: variable.name,
          values: { name: variable.name, other: other.name },
          related: [{ origin: other.origin, note: 'the other one' }],
        }
    }
  },
})

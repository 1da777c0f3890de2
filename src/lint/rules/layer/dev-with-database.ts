import { textSetting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const devWithDatabase = defineRule({
  id: 'RA514',
  name: 'dev-with-database',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'high',
  targets: ['resonate@0.9', 'resonate@0.10'],
  pitfalls: [90],
  summary: '"resonate dev" runs against a real database',
  why: 'dev keeps SQLite in memory, but honours a storage type from the file or a variable: it then works on the real data.',
  remediation: 'Give dev its own configuration, or --storage-type sqlite.',
  messages: { real: '"resonate dev" uses the {type} database of this configuration' },
  bad: () => [
    {
      title: 'postgres in a variable',
      command: 'dev',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_STORAGE__TYPE: 'postgres',
        RESONATE_STORAGE__POSTGRES__URL: 'postgres://db.example.com/resonate',
      },
      expect: [{ message: 'real', path: 'storage.type' }],
    },
  ],
  good: () => [{ title: 'in memory', command: 'dev', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const type = textSetting(facts, 'storage')
    if (facts.command !== 'dev' || type === undefined || !/^(?:postgres|mysql)$/.test(type.value))
      return
    yield { message: 'real', origin: type.origin, path: type.path, values: { type: type.value } }
  },
})

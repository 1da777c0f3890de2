import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const storageFlagTypo = defineRule({
  id: 'RA512',
  name: 'storage-flag-typo',
  since: '0.1.0',
  area: 'layer',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate@0.9', 'resonate@0.10'],
  pitfalls: [89],
  summary: 'A storage type the server does not know means SQLite on the command line',
  why: 'Flags are not validated: any other text than postgres and mysql falls through to a local SQLite file, and the data is not where it is expected.',
  remediation: 'Write sqlite, postgres or mysql, in lower case.',
  messages: {
    typo: '{type} is no storage type: the server uses SQLite',
    unselected: 'a Postgres URL does not select Postgres: the server uses {type}',
  },
  bad: () => [
    {
      title: 'a capital letter',
      files: { 'resonate.toml': QUIET },
      arguments: ['--storage-type', 'Postgres'],
      expect: [{ message: 'typo', path: 'storage.type' }],
    },
    {
      title: 'a URL alone',
      files: { 'resonate.toml': QUIET },
      arguments: ['--storage-postgres-url', 'postgres://db.example.com/resonate'],
      expect: [{ message: 'unselected', path: 'storage.postgres.url' }],
    },
  ],
  good: () => [
    { title: 'SQLite', files: { 'resonate.toml': QUIET }, arguments: ['--storage-type', 'sqlite'] },
  ],
  *check(facts) {
    const type = textSetting(facts, 'storage')
    if (type === undefined) return
    if (type.origin.kind === 'argument' && !['sqlite', 'postgres', 'mysql'].includes(type.value))
      yield {
        message: 'typo',
        origin: type.origin,
        path: type.path,
        values: { type: quote(type.value) },
      }
    const url = textSetting(facts, 'postgresUrl')
    if (url !== undefined && url.value !== '' && type.value !== 'postgres')
      yield {
        message: 'unselected',
        origin: url.origin,
        path: url.path,
        values: { type: type.value },
        severity: 'warning',
      }
  },
})

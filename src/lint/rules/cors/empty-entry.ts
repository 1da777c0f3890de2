import { elementOrigin } from '../../array-elements.ts'
import { allowedOrigins } from '../../origins.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const emptyEntry = defineRule({
  id: 'RA212',
  name: 'cors-empty-entry',
  since: '0.1.0',
  area: 'cors',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [55],
  summary: 'The list of origins holds an empty text',
  why: 'It switches CORS on without allowing any page. In a variable a blank between brackets or after the last comma is such an entry: [ ] and ["a", ] have one.',
  remediation: 'Remove the entry; [] in a variable switches CORS off.',
  messages: { empty: 'an empty entry: it matches no page, and CORS is on because of it' },
  bad: () => [
    {
      title: 'in the file',
      files: { 'resonate.toml': quiet('[server.cors]\nallow_origins = [""]\n') },
      expect: [{ message: 'empty', path: 'server.cors.allow_origins', mark: '""' }],
    },
    {
      title: 'a blank in a variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: '[ ]' },
      expect: [{ message: 'empty', path: 'server.cors.allow_origins' }],
    },
  ],
  good: () => [
    {
      title: 'an empty list',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: '[]' },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    const index = list?.value.indexOf('') ?? -1
    if (list === undefined || index === -1 || list.value.includes('*')) return
    yield { message: 'empty', origin: elementOrigin(facts, list, index), path: list.path }
  },
})

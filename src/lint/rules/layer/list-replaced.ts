import { isComplete, setting } from '../../facts.ts'
import { allowedOrigins } from '../../origins.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const listReplaced = defineRule({
  id: 'RA502',
  name: 'origins-replaced',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'medium',
  pitfalls: [52],
  summary: 'A higher layer replaces the list of origins instead of adding to it',
  why: 'Lists are never joined: a variable or a flag takes the place of the whole list of the file.',
  remediation: 'Write the whole list in the layer that wins, or leave it to one layer.',
  messages: {
    replaced: 'the origins of a lower layer have no effect: this list takes their place',
  },
  bad: () => [
    {
      title: 'a flag over the file',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://a.example.com"]\n'),
      },
      arguments: ['--server-cors-allow-origin', 'https://b.example.com'],
      expect: [{ message: 'replaced', path: 'server.cors.allow_origins' }],
    },
  ],
  good: () => [
    {
      title: 'the file alone',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://a.example.com"]\n'),
      },
    },
    {
      title: 'the same list twice',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://a.example.com"]\n'),
      },
      arguments: ['--server-cors-allow-origin', 'https://a.example.com'],
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    const found = setting(facts, 'origins')
    if (list === undefined || found === undefined || !isComplete(facts)) return
    const lost = found.shadows.filter(
      ({ origin, value }) => origin.kind !== 'default' && !isSame(value, list.value),
    )
    if (lost.length > 0)
      yield {
        message: 'replaced',
        origin: list.origin,
        path: list.path,
        related: lost.map(({ origin }) => ({ origin, note: 'not used' })),
      }
  },
})

function isSame(value: unknown, list: readonly string[]): boolean {
  return (
    Array.isArray(value) &&
    value.length === list.length &&
    list.every((entry, index) => value[index] === entry)
  )
}

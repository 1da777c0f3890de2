import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

/** The first line of the argument error, and its tip where there is one. */
function reason(says: string): string {
  const lines = says.split('\n').map((line) => line.trim())
  const tip = lines.find((line) => line.startsWith('tip: '))
  const first = (lines[0] ?? '').replace(/^error: /, '')
  return tip === undefined ? first : `${first} (${tip.slice(5)})`
}

export const argumentRefused = defineRule({
  id: 'RA006',
  name: 'argument-refused',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  pitfalls: [83],
  summary: 'The server does not take this command line',
  why: 'An unknown flag, a flag given twice or a value of the wrong form ends the server with status 2 before anything is read. Flags of the Go server are unknown to it.',
  remediation: 'Use the flags of this server version; see "resonate serve --help".',
  messages: { refused: 'the server refuses its command line: {reason}' },
  bad: () => [
    {
      title: 'the plural of the origin flag',
      files: { 'resonate.toml': QUIET },
      arguments: ['--server-cors-allow-origins', 'https://app.example.com'],
      expect: [{ message: 'refused' }],
    },
    {
      title: 'a flag of the Go server',
      files: { 'resonate.toml': QUIET },
      arguments: ['--api-auth-public-key', 'public.pem'],
      expect: [{ message: 'refused' }],
    },
  ],
  good: () => [
    {
      title: 'a known flag',
      files: { 'resonate.toml': QUIET },
      arguments: ['--server-cors-allow-origin', 'https://app.example.com'],
    },
  ],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed?.failure !== 'arguments') return
    yield { message: 'refused', origin: failed.origin, values: { reason: reason(failed.says) } }
  },
})

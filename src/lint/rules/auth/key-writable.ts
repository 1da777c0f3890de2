import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const keyWritable = defineRule({
  id: 'RA130',
  name: 'key-writable',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  security: { score: 7.8, cwe: [732] },
  pitfalls: [38],
  summary: 'Others may replace the public key',
  why: 'Whoever may write the file can put the public half of a key of their own there; at the next start the server accepts their tokens.',
  remediation: 'Take the right to write away from group and others: chmod go-w.',
  messages: { writable: 'others may write {path} (mode {mode}) and so choose who signs tokens' },
  bad: () => [
    {
      title: 'writable by all',
      files: { 'resonate.toml': QUIET },
      modes: { 'public.pem': 0o666 },
      expect: [{ message: 'writable', path: 'auth.publickey' }],
    },
  ],
  good: () => [
    {
      title: 'writable by its owner',
      files: { 'resonate.toml': QUIET },
      modes: { 'public.pem': 0o644 },
    },
  ],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const mode = key === undefined ? undefined : facts.nearby.get(key.value)?.mode
    if (key === undefined || mode === undefined || (mode & 0o022) === 0) return
    yield {
      message: 'writable',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value), mode: mode.toString(8).padStart(3, '0') },
      // A group of one's own is usual for a file that only its owner uses.
      ...((mode & 0o002) === 0 && { severity: 'info' as const }),
    }
  },
})

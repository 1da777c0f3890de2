import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const fileUnreadable = defineRule({
  id: 'RA002',
  name: 'file-unreadable',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  summary: 'The configuration file cannot be read',
  why: 'The server takes the first resonate.toml it finds, here or in a parent directory, and stops when it cannot read it.',
  remediation: "Make the file readable for the server's user and save it as UTF-8.",
  messages: { unreadable: 'the server cannot read its configuration: {reason}' },
  bad: () => [
    {
      title: 'Latin-1 instead of UTF-8',
      files: { 'resonate.toml': 'latin1:# Schl\u00fcssel\n' },
      expect: [{ message: 'unreadable' }],
    },
  ],
  good: () => [{ title: 'UTF-8', files: { 'resonate.toml': `# Schl\u00fcssel\n${QUIET}` } }],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed?.failure !== 'file') return
    yield {
      message: 'unreadable',
      origin: failed.origin,
      values: { reason: failed.says.split('\n')[0] ?? '' },
    }
  },
})

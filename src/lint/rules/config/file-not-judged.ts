import { fileNotRead } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const fileNotJudged = defineRule({
  id: 'RA009',
  name: 'file-not-judged',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  summary: 'The configuration file is too large to be judged',
  why: 'Real configurations have a few kilobytes. The server reads a file of any size, this tool does not, so nothing of what it says is judged.',
  remediation: 'Take out of the file what does not belong there.',
  messages: { large: 'nothing in the file was judged: {decides}' },
  bad: () => [
    {
      title: 'a file of 300 kB',
      files: { 'resonate.toml': `# ${'x'.repeat(300_000)}\n${QUIET}` },
      expect: [{ message: 'large' }],
    },
  ],
  good: () => [{ title: 'a usual file', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const decides = fileNotRead(facts)
    const { start } = facts.configuration
    if (decides === undefined || start.starts !== 'unknown') return
    yield { message: 'large', origin: start.origin ?? { kind: 'default' }, values: { decides } }
  },
})

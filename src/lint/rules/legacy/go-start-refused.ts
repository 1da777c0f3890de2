import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goStartRefused = defineRule({
  id: 'RA801',
  name: 'go-start-refused',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  summary: 'The Go server does not start with this configuration',
  why: 'It exits at its start: for a file it cannot parse, a value of the wrong type, a public key that is no RSA key in PKIX form, or an unknown flag.',
  remediation: 'Change the marked value as the message says.',
  messages: { refused: 'the server does not start: {reason}' },
  bad: () => [
    {
      title: 'a word for a duration',
      target: 'resonate-go@0.8',
      files: goFiles(
        GO_QUIET.replace('addr: 127.0.0.1:8001', 'addr: 127.0.0.1:8001\n        timeout: soon'),
      ),
      expect: [{ message: 'refused' }],
    },
    {
      title: 'no such key file',
      target: 'resonate-go@0.8',
      files: goFiles(GO_QUIET.replace('public.pem', 'none.pem')),
      expect: [{ message: 'refused' }],
    },
  ],
  good: () => [
    { title: 'a whole configuration', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) },
  ],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed === undefined) return
    const lines = failed.says.split('\n').filter((line) => line.trim() !== '')
    yield {
      message: 'refused',
      origin: failed.origin,
      values: {
        reason: lines
          .slice(0, 3)
          .join(' ')
          .replace(/^Error: /, ''),
      },
    }
  },
})

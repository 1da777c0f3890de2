import { ignored } from '../../ignored.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goFileIgnored = defineRule({
  id: 'RA809',
  name: 'go-file-ignored',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  security: { score: 8.2, cwe: [1188] },
  summary: 'The Go server ignores a configuration file or a part of it',
  why: 'It reads one file: a resonate.toml or resonate.json beside resonate.yaml hides it, and of a YAML file only the first document counts.',
  remediation: 'Keep one file with one document.',
  messages: { ignored: '{what} has no effect: {why}' },
  bad: [
    {
      title: 'a second document',
      target: 'resonate-go@0.8',
      files: goFiles(`${GO_QUIET}---\nlogLevel: debug\n`),
      expect: [{ message: 'ignored' }],
    },
  ],
  good: [{ title: 'one document', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    for (const kind of ['file', 'element'] as const)
      for (const { what, why, origin } of ignored(facts, kind))
        yield {
          message: 'ignored',
          origin,
          path: what,
          values: { what: kind === 'file' ? quote(what) : what, why },
        }
  },
})

import { ignored } from '../../ignored.ts'
import { quote } from '../../printable.ts'
import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles, LOCAL, NO_METRICS } from '../../samples.ts'

export const fileIgnored = defineRule({
  id: 'RA504',
  name: 'file-ignored',
  since: '0.1.0',
  area: 'layer',
  severity: 'error',
  confidence: 'high',
  targets: ALL_TARGETS,
  security: { score: 8.2, cwe: [1188] },
  summary: 'A configuration file, or a part of it, has no effect',
  why: 'A server reads one file. For the Go server a resonate.toml or resonate.json beside resonate.yaml hides it, and of a YAML file only the first document counts; of a table that is written as a list, elements beyond its keys are dropped.',
  remediation: 'Keep one file with one document, and write tables with their keys.',
  messages: { ignored: '{what} has no effect: {why}' },
  bad: () => [
    {
      title: 'a second document',
      target: 'resonate-go@0.8',
      files: goFiles(`${GO_QUIET}---\nlogLevel: debug\n`),
      expect: [{ message: 'ignored' }],
    },
    {
      title: 'one element too many',
      files: {
        'resonate.toml': `auth = ["public.pem", "https://issuer.example.com", "resonate", "x"]\n\n${LOCAL}\n${NO_METRICS}`,
      },
      expect: [{ message: 'ignored' }],
    },
  ],
  good: () => [{ title: 'one document', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
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

import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const legacyFile = defineRule({
  id: 'RA507',
  name: 'legacy-file',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'medium',
  pitfalls: [83],
  summary: 'A configuration of the Go server lies beside, which this server never reads',
  why: 'The Rust server reads resonate.toml only. Auth that was set up in resonate.yaml is gone after the change of servers, and nothing says so.',
  remediation: 'Move its settings to resonate.toml and remove it.',
  messages: { legacy: '{path} belongs to the Go server: this server does not read it' },
  bad: () => [
    {
      title: 'both files',
      files: {
        'resonate.toml': QUIET,
        'resonate.yaml': 'api:\n  auth:\n    publicKey: public.pem\n',
      },
      modes: { 'resonate.yaml': 0o644 },
      expect: [{ message: 'legacy' }],
    },
  ],
  good: () => [{ title: 'one file', files: { 'resonate.toml': QUIET } }],
  *check({ nearby }) {
    for (const path of nearby.keys())
      if (/(?:^|\/)resonate(?:-dev)?\.ya?ml$/.test(path))
        yield {
          message: 'legacy',
          origin: { kind: 'file', file: path, span: { start: 0, end: 0 } },
          values: { path: quote(path) },
        }
  },
})

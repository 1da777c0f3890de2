import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const fileInParent = defineRule({
  id: 'RA506',
  name: 'file-in-parent',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'high',
  security: { score: 5.3, cwe: [426] },
  pitfalls: [82],
  summary: 'The server takes its configuration from a parent directory',
  why: 'It looks for resonate.toml in its working directory and then in every parent, and takes the first: a stray file above may be the live one, and whoever may write there decides.',
  remediation: 'Start the server in the folder of its configuration, or put a file there.',
  messages: { parent: '{path} lies above the working directory of the server' },
  bad: () => [
    {
      title: 'a file one level up',
      files: { '../resonate.toml': QUIET },
      expect: [{ message: 'parent' }],
    },
  ],
  good: () => [{ title: 'in the working directory', files: { 'resonate.toml': QUIET } }],
  *check({ configuration: { file }, searched }) {
    if (!searched || file === undefined || !file.path.startsWith('../')) return
    yield {
      message: 'parent',
      origin: { kind: 'file', file: file.path, span: { start: 0, end: 0 } },
      values: { path: quote(file.path) },
    }
  },
})

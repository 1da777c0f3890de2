import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

const LEVELS = /^(?:error|warn|info|debug|trace|off|[0-5])$/i
const HIDING = /^(?:error|off|[01])$/i

export const levelHides = defineRule({
  id: 'RA409',
  name: 'log-level-hides-rejections',
  since: '0.1.0',
  area: 'exposure',
  severity: 'warning',
  confidence: 'high',
  security: { score: 4.3, cwe: [778] },
  pitfalls: [79],
  summary: 'Rejected tokens are not logged',
  why: 'The server logs why it refuses a token at level warn. A level it does not know, such as "warning" or "verbose", silences everything, errors too; RUST_LOG, even empty, takes the place of the level.',
  remediation: 'Use info (the default), warn, debug or trace, and leave RUST_LOG unset.',
  messages: {
    hides: 'level {level} hides why tokens are refused',
    unknown: 'level {level} is not known to the server: it logs nothing at all, errors included',
    empty: 'an empty level leaves errors only: refused tokens are not logged',
    rust: 'an empty RUST_LOG silences the server, whatever its level is',
  },
  bad: () => [
    {
      title: 'errors only',
      files: { 'resonate.toml': `level = "error"\n\n${QUIET}` },
      expect: [{ message: 'hides', path: 'level', mark: '"error"' }],
    },
    {
      title: 'a level of other programs',
      files: { 'resonate.toml': `level = "warning"\n\n${QUIET}` },
      expect: [{ message: 'unknown', path: 'level', mark: '"warning"' }],
    },
    {
      title: 'errors only, by the variable that wins',
      files: { 'resonate.toml': QUIET },
      variables: { RUST_LOG: 'error' },
      expect: [{ message: 'hides' }],
    },
    {
      title: 'the variable that wins is empty',
      files: { 'resonate.toml': QUIET },
      variables: { RUST_LOG: '' },
      expect: [{ message: 'rust' }],
    },
  ],
  good: () => [{ title: 'warn', files: { 'resonate.toml': `level = "warn"\n\n${QUIET}` } }],
  *check(facts) {
    const filter = facts.variables?.findLast(({ name }) => name === 'RUST_LOG')
    const level = textSetting(facts, 'level')
    // RUST_LOG takes the place of the level, whatever it says.
    const { origin, value, path } =
      filter === undefined ? { ...level } : { ...filter, path: undefined }
    if (origin === undefined || value === undefined) return
    const at = { origin, ...(path !== undefined && { path }) }
    if (value === '') yield { message: filter === undefined ? 'empty' : 'rust', ...at }
    else if (HIDING.test(value)) yield { message: 'hides', ...at, values: { level: quote(value) } }
    // A text with "=" or "," is a filter directive of its own, which is not judged here.
    else if (!LEVELS.test(value) && !/[=,:]/.test(value))
      yield { message: 'unknown', ...at, values: { level: quote(value) } }
  },
})

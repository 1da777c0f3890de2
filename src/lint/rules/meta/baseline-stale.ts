import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const baselineStale = defineRule({
  id: 'RA906',
  name: 'baseline-stale',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'warning',
  confidence: 'high',
  summary: 'The baseline holds findings that are gone',
  why: 'A stale entry lets the same finding come back unseen.',
  remediation: 'Run again with --baseline-prune.',
  messages: { stale: 'the baseline holds {count} of {rule} at {path}, there are {left} left' },
  bad: () => [
    {
      title: 'a mended finding',
      files: {
        'resonate.toml': QUIET,
        'resonate-auth-baseline.json':
          '{"schema":"resonate-auth/baseline/v1","entries":[{"rule":"RA101","file":"resonate.toml","path":"auth.publickey","layer":"file","hash":"0","count":1}]}',
      },
      expect: [{ message: 'stale', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'no baseline', files: { 'resonate.toml': QUIET } }],
  check: () => [],
})

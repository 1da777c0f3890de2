import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const suppressionUnknown = defineRule({
  id: 'RA902',
  name: 'suppression-unknown-rule',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'error',
  confidence: 'high',
  summary: 'An ignore names a rule that does not exist',
  why: 'A misspelt name suppresses nothing.',
  remediation: 'Correct the name; "resonate-auth rules" lists them.',
  messages: { unknown: 'there is no rule "{name}"' },
  bad: () => [
    {
      title: 'a slip of the pen',
      files: {
        'resonate.toml': withAuth(
          '[auth]\n# resonate-auth: ignore[RA10] -- local demo\npublickey = "public.pem"\n',
        ),
      },
      expect: [{ message: 'unknown' }],
    },
  ],
  good: () => [{ title: 'no ignore', files: { 'resonate.toml': QUIET } }],
  check: () => [],
})

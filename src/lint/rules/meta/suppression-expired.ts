import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const suppressionExpired = defineRule({
  id: 'RA904',
  name: 'suppression-expired',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'warning',
  confidence: 'high',
  summary: 'An ignore has expired',
  why: 'Its last day is over, so its findings are reported again.',
  remediation: 'Mend what it ignored, or decide anew and write another day.',
  messages: { expired: 'the ignore of {names} ended with {until}; its findings are back' },
  bad: () => [
    {
      title: 'a day in the past',
      files: {
        'resonate.toml': withAuth(
          '[auth]\n# resonate-auth: ignore[RA101] until=2020-01-31 -- local demo\npublickey = "public.pem"\n',
        ),
      },
      expect: [{ message: 'expired' }],
    },
  ],
  good: () => [{ title: 'no ignore', files: { 'resonate.toml': QUIET } }],
  check: () => [],
})

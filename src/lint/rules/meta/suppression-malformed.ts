import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const suppressionMalformed = defineRule({
  id: 'RA903',
  name: 'suppression-malformed',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'error',
  confidence: 'high',
  summary: 'An ignore has the wrong form',
  why: 'A suppression needs the rules in brackets and a reason after two dashes; one in another form suppresses nothing.',
  remediation:
    'Write # resonate-auth: ignore[RA101] until=2027-01-31 -- the reason; the date may be left out.',
  messages: { malformed: 'this ignore has no effect: {flaw}' },
  bad: () => [
    {
      title: 'no reason',
      files: {
        'resonate.toml': withAuth(
          '[auth]\n# resonate-auth: ignore[RA101]\npublickey = "public.pem"\n',
        ),
      },
      expect: [{ message: 'malformed' }],
    },
  ],
  good: () => [{ title: 'no ignore', files: { 'resonate.toml': QUIET } }],
  check: () => [],
})

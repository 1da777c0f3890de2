import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const suppressionExpiring = defineRule({
  id: 'RA905',
  name: 'suppression-expires-soon',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'info',
  confidence: 'high',
  summary: 'An ignore expires within two weeks',
  why: 'From its end on its findings are reported again and may fail a build that nobody touched.',
  remediation: 'Mend what it ignores before that day, or decide anew.',
  messages: { expiring: 'the ignore of {names} ends with {until}, in {days} days' },
  bad: () => [
    {
      title: 'a day in the next two weeks',
      files: {
        'resonate.toml': withAuth(
          '[auth]\n# resonate-auth: ignore[RA101] until=2026-11-30 -- local demo\npublickey = "none"\n',
        ),
      },
      expect: [{ message: 'expiring' }],
    },
  ],
  good: () => [{ title: 'no ignore', files: { 'resonate.toml': QUIET } }],
  check: () => [],
})

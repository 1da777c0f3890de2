import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, withAuth } from '../../samples.ts'

export const suppressionUnused = defineRule({
  id: 'RA901',
  name: 'suppression-unused',
  since: '0.1.0',
  area: 'meta',
  targets: ALL_TARGETS,
  severity: 'warning',
  confidence: 'high',
  summary: 'An ignore suppresses nothing',
  why: 'What it stood for is mended, or it stands in the wrong place; left there it may hide the next finding.',
  remediation:
    'Remove the name from the ignore, or move the comment to the line before the setting.',
  messages: {
    unused: 'this ignore of {name} suppresses nothing',
    never: '{name} may not be ignored here (neverIgnore in the settings)',
  },
  bad: () => [
    {
      title: 'nothing to ignore',
      files: {
        'resonate.toml': withAuth(
          '[auth]\n# resonate-auth: ignore[RA101] -- local demo\npublickey = "public.pem"\n',
        ),
      },
      expect: [{ message: 'unused' }],
    },
  ],
  good: () => [{ title: 'no ignore', files: { 'resonate.toml': QUIET } }],
  // The engine judges suppressions, once every other rule has run.
  check: () => [],
})

import { tableOrigin } from '../../facts.ts'
import {
  holdsSecurity,
  ignored,
  isNearSecurity,
  isOfAnotherVersion,
  isOtherLayout,
  meansAuth,
  renameFix,
} from '../../ignored.ts'
import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET, quiet, withAuth } from '../../samples.ts'

export const unknownKey = defineRule({
  id: 'RA013',
  name: 'unknown-key',
  since: '0.1.0',
  area: 'config',
  severity: 'warning',
  confidence: 'high',
  targets: ALL_TARGETS,
  security: { score: 7.1, cwe: [1188] },
  pitfalls: [7, 51, 65, 94],
  fixable: 'unsafe',
  summary: 'The server does not know this key and ignores it',
  why: 'Unknown keys are ignored in silence at every level, so a misspelt setting has no effect and nothing says so.',
  remediation: 'Correct the name, move the key to its table, or remove it.',
  messages: {
    meant: '"{what}" is not a key of this server and is ignored; did you mean "{meant}"?',
    unknown: '"{what}" is not a key of this server and is ignored: {why}',
    quoted:
      '"{what}" in quotes is one name, not a path: write it without quotes, or below its table',
  },
  bad: () => [
    {
      title: 'an audience under its long name',
      files: {
        'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\naudience = "https://api"\n'),
      },
      expect: [{ message: 'meant', path: 'auth.audience' }],
      fixed: {
        'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\naud = "https://api"\n'),
      },
    },
    {
      title: 'a key of the top level behind a table header',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "public.pem"\nlevel = "debug"\n') },
      expect: [{ message: 'meant', path: 'auth.level' }],
    },
    {
      title: 'origins under another name',
      files: { 'resonate.toml': quiet('[cors]\nallow_origins = ["https://app.example.com"]\n') },
      expect: [{ message: 'meant' }],
    },
  ],
  good: () => [{ title: 'known keys', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const authMissing = tableOrigin(facts, 'auth') === undefined
    for (const entry of ignored(facts, 'key')) {
      if (authMissing && meansAuth(facts, entry)) continue
      // What a flag writes into sections that are not in use is nobody's slip.
      if (entry.origin.kind === 'argument') continue
      if (isOfAnotherVersion(entry) || isOtherLayout(facts, entry) !== undefined) continue
      const fix = renameFix(facts, entry)
      const { what, meant, why, origin } = entry
      const common = {
        origin,
        path: what,
        ...((isNearSecurity(entry) || holdsSecurity(facts, entry)) && {
          severity: 'error' as const,
        }),
        ...(fix !== undefined && { fix }),
      }
      if (meant === what) yield { ...common, message: 'quoted', values: { what } }
      else
        yield meant === undefined
          ? { ...common, message: 'unknown', values: { what, why } }
          : { ...common, message: 'meant', values: { what, meant } }
    }
  },
})

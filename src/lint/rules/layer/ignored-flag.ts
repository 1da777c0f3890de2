import { ignored, isNearSecurity } from '../../ignored.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const ignoredFlag = defineRule({
  id: 'RA501',
  name: 'flag-without-companion',
  since: '0.1.0',
  area: 'layer',
  severity: 'error',
  confidence: 'high',
  security: { score: 7.5, cwe: [1188] },
  pitfalls: [6, 57],
  summary: 'The server ignores this flag',
  why: 'Some flags are read only together with another: --auth-iss and --auth-aud need --auth-publickey on the same command line, the push-auth flags need the mode flag, even when the file sets it. Alone they are dropped in silence.',
  remediation:
    'Give the companion flag as well, or set the value in the file or through its variable.',
  messages: { ignored: '{flag} has no effect: {why}' },
  bad: () => [
    {
      title: 'an audience without a key',
      files: { 'resonate.toml': QUIET },
      arguments: ['--auth-aud', 'https://api.example.com'],
      expect: [{ message: 'ignored' }],
    },
    {
      title: 'a push token without a mode',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
      arguments: ['--transports-http-push-auth-token', 'a-random-text'],
      expect: [{ message: 'ignored' }],
    },
  ],
  good: () => [
    {
      title: 'together',
      files: { 'resonate.toml': QUIET },
      arguments: ['--auth-publickey', 'public.pem', '--auth-aud', 'https://api.example.com'],
    },
  ],
  *check(facts) {
    for (const entry of ignored(facts, 'flag'))
      yield {
        message: 'ignored',
        origin: entry.origin,
        path: entry.what,
        values: { flag: entry.what, why: entry.why },
        ...(!isNearSecurity(entry) && { severity: 'warning' as const }),
      }
  },
})

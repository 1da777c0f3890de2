import { relatedTo, startFailure } from '../../facts.ts'
import { goHasKey, goHasUsers, goReach, goSetting } from '../../go-server.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goAuthAbsent = defineRule({
  id: 'RA802',
  name: 'go-auth-absent',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  security: { score: 9.8, cwe: [306] },
  summary: 'The Go server accepts every request: auth is not configured',
  why: 'Neither a public key nor users are set. Keys of public guides (api.http.token, api.http.auth) and RESONATE_ variables never existed and are ignored in silence.',
  remediation: 'Set api.auth.publicKey (0.8), or users below api.subsystems.http.config.auth.',
  messages: {
    open: 'auth is not configured: anybody who reaches {address} may do everything',
    local: 'auth is not configured: every program on this machine may do everything',
  },
  bad: () => [
    {
      title: 'no auth',
      target: 'resonate-go@0.8',
      files: goFiles(GO_QUIET.replace('  auth:\n    publicKey: public.pem\n', '')),
      expect: [{ message: 'local' }],
    },
  ],
  good: () => [{ title: 'a public key', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    if (startFailure(facts) !== undefined || goHasKey(facts) || goHasUsers(facts)) return
    const address = goSetting(facts, 'api.subsystems.http.config.addr')
    const common = {
      origin: { kind: 'default' } as const,
      path: 'api.auth',
      related: relatedTo(address, 'listens here'),
    }
    if (goReach(address?.value) === 'loopback')
      yield { ...common, message: 'local', severity: 'warning' }
    else yield { ...common, message: 'open', values: { address: String(address?.value ?? '') } }
  },
})

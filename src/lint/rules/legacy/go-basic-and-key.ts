import { allGoUsers, goHasKey, goSetting } from '../../go-server.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goBasicAndKey = defineRule({
  id: 'RA805',
  name: 'go-basic-and-key',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8'],
  summary: 'Users and a public key together let nobody in',
  why: 'Both are looked for in the Authorization header: the one refuses what the other accepts, so every request is 401. Users of the poll plugin do the same to /poll on port 8001.',
  remediation: 'Keep one of them.',
  messages: { both: 'a public key and users are configured: no request passes both' },
  bad: () => [
    {
      title: 'both',
      target: 'resonate-go@0.8',
      files: goFiles(
        GO_QUIET.replace(
          '        addr: 127.0.0.1:8001\n',
          '        addr: 127.0.0.1:8001\n        auth:\n          alice: a-long-password\n',
        ),
      ),
      expect: [{ message: 'both', path: 'api.auth.publicKey' }],
      also: ['RA807'],
    },
  ],
  good: () => [
    { title: 'a public key alone', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) },
  ],
  *check(facts) {
    const key = goSetting(facts, 'api.auth.publicKey')
    const users = allGoUsers(facts)
    if (!goHasKey(facts) || key === undefined || users.length === 0) return
    yield {
      message: 'both',
      origin: key.origin,
      path: key.path,
      related: users.map(({ origin }) => ({ origin, note: 'a user' })),
    }
  },
})

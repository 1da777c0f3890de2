import { allGoUsers } from '../../go-server.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

function withUser(line: string): Readonly<Record<string, string>> {
  return goFiles(
    GO_QUIET.replace('  auth:\n    publicKey: public.pem\n', '').replace(
      '        addr: 127.0.0.1:8001\n',
      `        addr: 127.0.0.1:8001\n        auth:\n          ${line}\n`,
    ),
  )
}

export const goPassword = defineRule({
  id: 'RA806',
  name: 'go-password-empty',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  security: { score: 8.6, cwe: [258, 521] },
  summary: 'A user of the Go server has an empty or a short password',
  why: 'A name without a value is a working user with an empty password. Nothing limits how often passwords are tried.',
  remediation: 'Give each user a random password, e.g. that of "openssl rand -base64 24".',
  messages: {
    empty: 'the user {user} has an empty password',
    short: 'the password of the user {user} has {length} characters',
  },
  bad: () => [
    {
      title: 'a name without a value',
      target: 'resonate-go@0.8',
      files: withUser('alice:'),
      expect: [{ message: 'empty', path: 'api.subsystems.http.config.auth.alice' }],
    },
  ],
  good: () => [
    {
      title: 'a long password',
      target: 'resonate-go@0.8',
      files: withUser('alice: a-long-random-password'),
      also: ['RA807'],
    },
  ],
  *check(facts) {
    for (const { user, path, value, origin } of allGoUsers(facts)) {
      if (typeof value !== 'string' || value.length >= 12) continue
      const common = { origin, path }
      yield value === ''
        ? { ...common, message: 'empty', values: { user: quote(user) } }
        : {
            ...common,
            message: 'short',
            values: { user: quote(user), length: value.length },
            severity: 'warning',
          }
    }
  },
})

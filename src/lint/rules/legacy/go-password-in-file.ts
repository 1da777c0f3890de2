import { allGoUsers } from '../../go-server.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goPasswordInFile = defineRule({
  id: 'RA807',
  name: 'go-password-in-plain-text',
  since: '0.1.0',
  area: 'legacy',
  severity: 'warning',
  confidence: 'high',
  targets: ['resonate-go@0.8', 'resonate-go@0.7'],
  security: { score: 6.5, cwe: [256, 312] },
  summary: 'Passwords of the Go server stand in plain text',
  why: 'The server knows no hashes, no files and no variables for them: file and flags hold the passwords themselves, and names in the file are read in lower case.',
  remediation: 'Use a public key instead (0.8), and keep the file to its owner.',
  messages: { plain: 'the password of the user {user} stands here in plain text' },
  bad: () => [
    {
      title: 'a user in the file',
      target: 'resonate-go@0.8',
      files: goFiles(
        GO_QUIET.replace('  auth:\n    publicKey: public.pem\n', '').replace(
          '        addr: 127.0.0.1:8001\n',
          '        addr: 127.0.0.1:8001\n        auth:\n          alice: a-long-random-password\n',
        ),
      ),
      expect: [{ message: 'plain', path: 'api.subsystems.http.config.auth.alice' }],
    },
  ],
  good: () => [{ title: 'a public key', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    for (const { user, path, value, origin } of allGoUsers(facts))
      if (typeof value === 'string' && value !== '')
        yield { message: 'plain', origin, path, values: { user: quote(user) } }
  },
})

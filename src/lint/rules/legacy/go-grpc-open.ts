import { goHasKey, goHasUsers, goSetting } from '../../go-server.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goGrpcOpen = defineRule({
  id: 'RA803',
  name: 'go-grpc-open',
  since: '0.1.0',
  area: 'legacy',
  severity: 'error',
  confidence: 'high',
  targets: ['resonate-go@0.8'],
  security: { score: 9.1, cwe: [288, 248] },
  summary: 'gRPC is on beside auth',
  why: 'It is on by default and knows no auth of its own: with users it lets everybody in, with a public key any single call, even without a token, crashes the server.',
  remediation: 'Set api.subsystems.grpc.enabled: false.',
  messages: {
    bypass: 'gRPC is on: it lets everybody in without a password',
    crash: 'gRPC is on: any call to it crashes the server',
  },
  bad: () => [
    {
      title: 'the default',
      target: 'resonate-go@0.8',
      files: goFiles(GO_QUIET.replace('    grpc:\n      enabled: false\n', '')),
      expect: [{ message: 'crash', path: 'api.subsystems.grpc.enabled' }],
    },
  ],
  good: () => [{ title: 'switched off', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    const grpc = goSetting(facts, 'api.subsystems.grpc.enabled')
    if (grpc?.value !== true || !(goHasKey(facts) || goHasUsers(facts))) return
    yield {
      message: goHasKey(facts) ? 'crash' : 'bypass',
      origin: grpc.origin,
      path: grpc.path,
    }
  },
})

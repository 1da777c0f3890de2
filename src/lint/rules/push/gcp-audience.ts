import { textSetting } from '../../facts.ts'
import { pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const gcpAudience = defineRule({
  id: 'RA304',
  name: 'push-gcp-fixed-audience',
  since: '0.1.0',
  area: 'push',
  severity: 'warning',
  confidence: 'high',
  security: { score: 6.5, cwe: [294] },
  pitfalls: [61],
  summary: "Any push target can replay the server's ID token",
  why: 'With one fixed audience every target receives a token that is good for the real service, and clients choose the targets. An empty audience asks for a token without one.',
  remediation: 'Leave the audience out: each token is then made for the address it is sent to.',
  messages: {
    fixed: 'every push target receives an ID token for this audience and can use it there',
    empty: 'an empty audience: no usable ID token is made, and pushes go out without one',
  },
  bad: () => [
    {
      title: 'one audience for all',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "gcp"\naudience = "https://worker.example.com"\n',
        ),
      },
      expect: [{ message: 'fixed', path: 'transports.http_push.auth.audience' }],
    },
    {
      title: 'an empty audience',
      files: {
        'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\naudience = ""\n'),
      },
      expect: [{ message: 'empty', path: 'transports.http_push.auth.audience' }],
    },
  ],
  good: () => [
    {
      title: 'no audience',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
    },
  ],
  *check(facts) {
    const audience = textSetting(facts, 'pushAudience')
    if (audience === undefined || pushAuth(facts)?.mode !== 'gcp') return
    const { origin, path } = audience
    yield audience.value === ''
      ? { message: 'empty', origin, path, severity: 'error' }
      : { message: 'fixed', origin, path }
  },
})

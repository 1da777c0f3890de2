import { removeFix } from '../../edits.ts'
import { textSetting } from '../../facts.ts'
import { pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const deadPushSetting = defineRule({
  id: 'RA308',
  name: 'push-dead-setting',
  since: '0.1.0',
  area: 'push',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [65],
  fixable: 'safe',
  summary: 'A push setting belongs to another mode',
  why: 'The server reads the token in bearer mode only and the audience in gcp mode only; the other one is ignored in silence.',
  remediation: 'Remove the setting, or change the mode.',
  messages: {
    token: 'the token is not used in gcp mode: the server sends an ID token of its own',
    audience: 'the audience is not used in bearer mode',
  },
  bad: () => [
    {
      title: 'gcp with a token',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "gcp"\ntoken = "a-random-text"\n',
        ),
      },
      expect: [{ message: 'token', path: 'transports.http_push.auth.token' }],
      fixed: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
      also: ['RA701'],
    },
    {
      title: 'bearer with an audience',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\naudience = "https://worker"\n',
        ),
      },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [{ message: 'audience', path: 'transports.http_push.auth.audience' }],
    },
  ],
  good: () => [
    {
      title: 'gcp with an audience of its own for each worker',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
    },
  ],
  *check(facts) {
    const mode = pushAuth(facts)?.mode
    const dead = textSetting(facts, mode === 'gcp' ? 'pushToken' : 'pushAudience')
    if (dead === undefined || (mode !== 'gcp' && mode !== 'bearer')) return
    const fix = removeFix(facts.document, dead, 'safe')
    yield {
      message: mode === 'gcp' ? 'token' : 'audience',
      origin: dead.origin,
      path: dead.path,
      ...(fix !== undefined && { fix }),
    }
  },
})

import { textSetting } from '../../facts.ts'
import { pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const doubledBearer = defineRule({
  id: 'RA310',
  name: 'push-doubled-bearer',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  pitfalls: [67],
  summary: 'The push token begins with "Bearer "',
  why: 'The server writes "Bearer " itself, so workers receive "Bearer Bearer …".',
  remediation: 'Leave "Bearer " out of the token.',
  messages: { doubled: 'the token begins with "Bearer ": the server adds it a second time' },
  bad: [
    {
      title: 'the whole header value',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'Bearer a-random-text',
      },
      expect: [{ message: 'doubled', path: 'transports.http_push.auth.token' }],
    },
  ],
  good: [
    {
      title: 'the token alone',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text',
      },
    },
  ],
  *check(facts) {
    const token = textSetting(facts, 'pushToken')
    if (token === undefined || pushAuth(facts)?.mode !== 'bearer') return
    if (/^bearer\s/i.test(token.value))
      yield { message: 'doubled', origin: token.origin, path: token.path }
  },
})

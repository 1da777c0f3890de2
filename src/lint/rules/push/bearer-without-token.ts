import { isRefused, textSetting } from '../../facts.ts'
import { hasToken, pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const bearerWithoutToken = defineRule({
  id: 'RA301',
  name: 'push-bearer-without-token',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  security: { score: 6.5, cwe: [287] },
  pitfalls: [56],
  summary: 'Push auth in bearer mode has no token',
  why: 'The server then sends an empty credential with every message and logs nothing, so workers refuse the messages or, worse, take them.',
  remediation:
    'Set the token, best through RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN; "openssl rand -hex 32" makes one.',
  messages: { empty: 'bearer mode without a token: every push carries an empty credential' },
  bad: () => [
    {
      title: 'no token',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      expect: [{ message: 'empty', path: 'transports.http_push.auth.token' }],
    },
  ],
  good: () => [
    {
      title: 'the token comes from a variable',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
    },
  ],
  *check(facts) {
    const auth = pushAuth(facts)
    if (auth?.mode !== 'bearer' || hasToken(auth) || isRefused(facts, 'pushToken')) return
    const token = textSetting(facts, 'pushToken')
    const mode = textSetting(facts, 'pushMode')
    const path = facts.concepts.pushToken
    yield {
      message: 'empty',
      origin: token?.origin ?? mode?.origin ?? { kind: 'default' },
      ...(path !== undefined && { path }),
    }
  },
})

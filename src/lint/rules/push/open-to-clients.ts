import { isOpen, textSetting } from '../../facts.ts'
import { hasToken, pushAuth, pushIsEnabled } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { LOCAL, NO_METRICS, quiet } from '../../samples.ts'

export const openToClients = defineRule({
  id: 'RA303',
  name: 'push-credential-exposed',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.1, cwe: [200, 918] },
  pitfalls: [60, 70],
  summary: 'Anybody can have the push credential sent to an address of their choice',
  why: 'The target of a push comes from whoever creates a promise. The server sends its one credential there, also over plain http. Without auth, everybody may create promises.',
  remediation:
    'Configure auth, and treat the push credential as known to everyone who may create promises.',
  messages: {
    exposed: 'the push credential goes to any URL that a client names, and every client is let in',
  },
  bad: () => [
    {
      title: 'push auth without auth',
      files: {
        'resonate.toml': `${LOCAL}\n${NO_METRICS}\n[transports.http_push.auth]\nmode = "bearer"\n`,
      },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [{ message: 'exposed', path: 'transports.http_push.auth.mode' }],
      also: ['RA102'],
    },
  ],
  good: () => [
    {
      title: 'push auth and auth',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
    },
  ],
  *check(facts) {
    const auth = pushAuth(facts)
    const mode = textSetting(facts, 'pushMode')
    if (auth === undefined || auth.mode === 'none' || mode === undefined) return
    if (auth.mode === 'bearer' && !hasToken(auth)) return
    if (isOpen(facts) && pushIsEnabled(facts))
      yield { message: 'exposed', origin: mode.origin, path: mode.path }
  },
})

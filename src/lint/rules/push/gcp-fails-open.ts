import { textSetting } from '../../facts.ts'
import { pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const gcpFailsOpen = defineRule({
  id: 'RA305',
  name: 'push-gcp-fails-open',
  since: '0.1.0',
  area: 'push',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  security: { score: 3.7, cwe: [636] },
  pitfalls: [62],
  summary: 'In gcp mode a push goes out without a credential when no ID token can be made',
  why: 'Nothing is checked at the start. Without a metadata server or a service account, and with a gcloud login or workload identity federation always, messages are sent unauthenticated and only a warning is logged.',
  remediation:
    'Make workers refuse messages without a token, and watch the log for "OIDC ID token mint failed".',
  messages: { open: 'gcp mode fails open: without an ID token the push is sent all the same' },
  bad: () => [
    {
      title: 'gcp mode',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
      expect: [{ message: 'open', path: 'transports.http_push.auth.mode' }],
    },
  ],
  good: () => [
    {
      title: 'bearer mode',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
    },
  ],
  *check(facts) {
    const mode = textSetting(facts, 'pushMode')
    if (mode !== undefined && pushAuth(facts)?.mode === 'gcp')
      yield { message: 'open', origin: mode.origin, path: mode.path }
  },
})

import { setting, textSetting } from '../../facts.ts'
import { pushAuth, pushIsEnabled } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const disabledTransport = defineRule({
  id: 'RA309',
  name: 'push-auth-of-disabled-transport',
  since: '0.1.0',
  area: 'push',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [66],
  summary: 'Push auth is configured, but pushing is switched off',
  why: 'The credential is never used, and messages for http and https targets are taken from the store and dropped.',
  remediation: 'Enable the transport, or remove its auth table.',
  messages: {
    off: 'push auth is set and http_push is disabled: messages for http targets are dropped',
  },
  bad: () => [
    {
      title: 'disabled',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push]\nenabled = false\n\n[transports.http_push.auth]\nmode = "gcp"\n',
        ),
      },
      expect: [{ message: 'off', path: 'transports.http_push.enabled', mark: 'false' }],
    },
  ],
  good: () => [
    {
      title: 'enabled',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') },
    },
  ],
  *check(facts) {
    const enabled = setting(facts, 'pushEnabled')
    const path = facts.concepts.pushEnabled
    const mode = textSetting(facts, 'pushMode')
    if (enabled === undefined || pushIsEnabled(facts) || pushAuth(facts) === undefined) return
    yield {
      message: 'off',
      origin: enabled.origin,
      ...(path !== undefined && { path }),
      related: mode === undefined ? [] : [{ origin: mode.origin, note: 'has no effect' }],
    }
  },
})

import { goHasKey, goSetting } from '../../go-server.ts'
import { defineRule } from '../../rule.ts'
import { GO_QUIET, goFiles } from '../../samples.ts'

export const goCorsWithKey = defineRule({
  id: 'RA808',
  name: 'go-cors-without-authorization',
  since: '0.1.0',
  area: 'legacy',
  severity: 'warning',
  confidence: 'high',
  targets: ['resonate-go@0.8'],
  summary: 'Browsers cannot send a token to the Go server',
  why: 'Its answer to a preflight never lists Authorization, so pages of the listed origins are stopped as soon as they send a token.',
  remediation: 'Put a proxy before the server that answers preflights, or move to the Rust server.',
  messages: {
    blocked: 'these origins cannot send a token: the server never allows the Authorization header',
  },
  bad: () => [
    {
      title: 'origins and a key',
      target: 'resonate-go@0.8',
      files: goFiles(
        GO_QUIET.replace(
          '        addr: 127.0.0.1:8001\n',
          '        addr: 127.0.0.1:8001\n        cors:\n          allowOrigins: ["https://app.example.com"]\n',
        ),
      ),
      expect: [{ message: 'blocked', path: 'api.subsystems.http.config.cors.allowOrigins' }],
    },
  ],
  good: () => [{ title: 'no origins', target: 'resonate-go@0.8', files: goFiles(GO_QUIET) }],
  *check(facts) {
    const origins = goSetting(facts, 'api.subsystems.http.config.cors.allowOrigins')
    if (!goHasKey(facts) || origins === undefined) return
    if (Array.isArray(origins.value) && origins.value.length > 0)
      yield { message: 'blocked', origin: origins.origin, path: origins.path }
  },
})

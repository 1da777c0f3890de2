import { tableOrigin, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PLUGINS_QUIET } from '../../samples.ts'

const WORKOS = PLUGINS_QUIET.replace(
  '[gateways.gateway_http.auth]\npublickey = "public.pem"\n',
  '[gateways.gateway_http.workos]\norg_id = "org_1"\n@BASE@',
)

export const workosUrlInsecure = defineRule({
  id: 'RA131',
  name: 'workos-url-insecure',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'medium',
  targets: ['resonate@0.10', 'resonate@0.10-plugins'],
  security: { score: 9.1, cwe: [319] },
  summary: 'WorkOS is asked over plain http',
  why: 'The answer decides who is let in, and the API key travels with the question: who sits between can read and change both.',
  remediation: 'Leave base_url out, or name an https URL.',
  messages: { http: '{url} is not https: who sits between decides who is let in' },
  bad: () => [
    {
      title: 'http',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': WORKOS.replace('@BASE@', 'base_url = "http://workos.internal"\n') },
      variables: { RESONATE_GATEWAYS__GATEWAY_HTTP__WORKOS__API_KEY: 'sk_example' },
      expect: [{ message: 'http', path: 'gateways.gateway_http.workos.base_url' }],
    },
  ],
  good: () => [
    {
      title: 'the default',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': WORKOS.replace('@BASE@', '') },
      variables: { RESONATE_GATEWAYS__GATEWAY_HTTP__WORKOS__API_KEY: 'sk_example' },
    },
  ],
  *check(facts) {
    const url = textSetting(facts, 'workosUrl')
    if (tableOrigin(facts, 'workos') === undefined || url === undefined) return
    if (!/^https:\/\//i.test(url.value))
      yield {
        message: 'http',
        origin: url.origin,
        path: url.path,
        values: { url: quote(url.value) },
      }
  },
})

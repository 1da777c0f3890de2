import { isHeaderName } from '../../../target/resonate/header-field.ts'
import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { isFramingHeader, pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const customHeader = defineRule({
  id: 'RA307',
  name: 'push-custom-header',
  since: '0.1.0',
  area: 'push',
  severity: 'warning',
  confidence: 'medium',
  security: { score: 4.8, cwe: [200, 601] },
  pitfalls: [64],
  summary: 'A push credential in another header follows redirects to other hosts',
  why: 'The HTTP client drops Authorization when a worker redirects to another host or port, but no other header. The value keeps its "Bearer " prefix in any header.',
  remediation: 'Leave the header at Authorization, and read it there in the worker.',
  messages: {
    follows:
      'the credential goes into {name}: it follows redirects to other hosts, and begins with "Bearer "',
  },
  bad: () => [
    {
      title: 'another header',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\nheader = "X-Worker-Auth"\n',
        ),
      },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [
        { message: 'follows', path: 'transports.http_push.auth.header', mark: '"X-Worker-Auth"' },
      ],
    },
  ],
  good: () => [
    {
      title: 'the usual header',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
    },
  ],
  *check(facts) {
    const auth = pushAuth(facts)
    const header = textSetting(facts, 'pushHeader')
    if (auth === undefined || auth.mode === 'none' || header === undefined) return
    if (!isHeaderName(header.value) || isFramingHeader(header.value)) return
    if (/^(?:proxy-)?authorization$/i.test(header.value)) return
    yield {
      message: 'follows',
      origin: header.origin,
      path: header.path,
      values: { name: quote(header.value) },
    }
  },
})

import { push } from '../../../target/resonate/push.ts'
import { type TextSetting, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { isFramingHeader, pushAuth, pushIsEnabled } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

/** A target such as a worker registers; push auth is the same for all of them. */
const ANY_WORKER = 'https://worker.example.com/'

export const undeliverable = defineRule({
  id: 'RA306',
  name: 'push-undeliverable',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  pitfalls: [63],
  summary: 'No push can be sent with this header or token',
  why: 'The request cannot be built, for any worker; the message is already taken from the store and lost, and only a warning is logged.',
  remediation:
    'Use a plain header name such as Authorization, and a token of visible ASCII characters without a line break at its end.',
  messages: {
    header: '{name} cannot be the name of a header: every push is lost',
    token: 'the token holds a control character (a line break at its end?): every push is lost',
    framing: '{name} as header breaks the message itself',
  },
  bad: () => [
    {
      title: 'a colon in the name',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\nheader = "X-Auth:"\n',
        ),
      },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [{ message: 'header', path: 'transports.http_push.auth.header', mark: '"X-Auth:"' }],
    },
    {
      title: 'the header that frames the message',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\nheader = "Content-Length"\n',
        ),
      },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [{ message: 'framing', mark: '"Content-Length"' }],
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
    if (auth === undefined || auth.mode === 'none' || !pushIsEnabled(facts)) return
    const at = (found: TextSetting | undefined) =>
      found === undefined ? undefined : { origin: found.origin, path: found.path }
    const header = at(textSetting(facts, 'pushHeader'))
    const token = at(textSetting(facts, 'pushToken'))
    const delivery = push({ enabled: true, auth }, ANY_WORKER, () => 'id-token')
    const flaw = delivery.kind === 'failed' ? delivery.flaw : undefined
    if (flaw === 'header' && header !== undefined)
      yield { ...header, message: 'header', values: { name: quote(auth.header) } }
    else if (flaw === 'credential' && token !== undefined) yield { ...token, message: 'token' }
    else if (header !== undefined && isFramingHeader(auth.header))
      yield { ...header, message: 'framing', values: { name: quote(auth.header) } }
  },
})

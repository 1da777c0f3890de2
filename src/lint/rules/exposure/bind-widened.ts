import { bindAddress, isRefused, listener, reachOf, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PLUGINS_QUIET, QUIET } from '../../samples.ts'

export const bindWidened = defineRule({
  id: 'RA410',
  name: 'bind-widened',
  since: '0.1.0',
  area: 'exposure',
  severity: 'error',
  confidence: 'high',
  security: { score: 7.5, cwe: [668] },
  summary: 'A higher layer opens a server that its file keeps on loopback',
  why: 'A variable or flag takes the place of the configured address. In the plugin layout of 0.10 --server-port alone sets the whole address anew, with every interface in it.',
  remediation:
    'Give the address in the layer that wins: --server-bind 127.0.0.1 together with --server-port.',
  messages: {
    widened: 'the server listens on {address}, where its configuration says {configured}',
  },
  bad: () => [
    {
      title: 'a port flag over a whole address',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': PLUGINS_QUIET },
      arguments: ['--server-port', '9000'],
      expect: [{ message: 'widened', path: 'gateways.gateway_http.bind' }],
    },
    {
      title: 'a variable over the file',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__BIND: '0.0.0.0' },
      expect: [{ message: 'widened', path: 'server.bind' }],
    },
  ],
  good: () => [{ title: 'the file alone', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const bind = textSetting(facts, 'bind')
    const now = listener(facts)
    if (bind === undefined || now === undefined || now.reach === 'loopback') return
    if (isRefused(facts, 'bind')) return
    for (const { value, origin } of bind.shadows) {
      if (typeof value !== 'string' || origin.kind === 'default') continue
      if (reachOf(bindAddress(facts, value)) !== 'loopback') continue
      yield {
        message: 'widened',
        origin: bind.origin,
        path: bind.path,
        values: { address: quote(bind.value), configured: quote(value) },
        related: [{ origin, note: 'not used' }],
      }
      return
    }
  },
})

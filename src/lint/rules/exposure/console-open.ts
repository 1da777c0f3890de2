import { isOpen, listener, setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { PLUGINS_QUIET } from '../../samples.ts'

const OPEN =
  '[gateways.gateway_http]\nbind = "0.0.0.0:8001"\n\n[gateways.gateway_metrics]\nenabled = false\n'

export const consoleOpen = defineRule({
  id: 'RA411',
  name: 'console-open',
  since: '0.1.0',
  area: 'exposure',
  severity: 'error',
  confidence: 'medium',
  targets: ['resonate@0.10', 'resonate@0.10-plugins'],
  security: { score: 9.1, cwe: [306] },
  summary: 'The web console is open to everybody',
  why: 'The console is on by default. Without auth whoever opens it sees and changes every promise.',
  remediation: 'Configure auth, or switch the console off.',
  messages: { open: 'the web console needs no token and other machines reach it' },
  bad: () => [
    {
      title: 'the defaults of the plugin layout',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': OPEN },
      expect: [{ message: 'open', path: 'gateways.gateway_web.enabled' }],
      also: ['RA102'],
    },
  ],
  good: () => [
    {
      title: 'with auth',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': PLUGINS_QUIET },
    },
  ],
  *check(facts) {
    const path = facts.concepts.console
    const enabled = setting(facts, 'console')
    if (path === undefined || enabled?.value !== true || !isOpen(facts)) return
    if (listener(facts)?.reach !== 'loopback')
      yield { message: 'open', origin: enabled.origin, path }
  },
})

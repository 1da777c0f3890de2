import { replaceFix } from '../../edits.ts'
import { isOpen, setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

export const bashExec = defineRule({
  id: 'RA404',
  name: 'bash-exec-enabled',
  since: '0.1.0',
  area: 'exposure',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.9, cwe: [78, 94] },
  pitfalls: [74],
  fixable: 'safe',
  summary: 'Clients may run shell scripts on the server',
  why: "Whoever may create a promise, also with a token restricted to a prefix, runs scripts as the server's user (root in the image), with all its RESONATE_ variables.",
  remediation:
    'Disable the bash transport, or give it a server of its own that nobody else reaches.',
  messages: {
    anybody: 'anybody who reaches the server may run shell scripts on it',
    bearers: 'every bearer of a token may run shell scripts on the server',
  },
  bad: () => [
    {
      title: 'enabled',
      files: { 'resonate.toml': quiet('[transports.bash_exec]\nenabled = true\n') },
      expect: [{ message: 'bearers', path: 'transports.bash_exec.enabled', mark: 'true' }],
      fixed: { 'resonate.toml': quiet('[transports.bash_exec]\nenabled = false\n') },
    },
  ],
  good: () => [
    {
      title: 'disabled',
      files: { 'resonate.toml': quiet('[transports.bash_exec]\nenabled = false\n') },
    },
  ],
  *check(facts) {
    const bash = setting(facts, 'bash')
    const path = facts.concepts.bash
    if (bash?.value !== true || path === undefined) return
    const { origin } = bash
    const fix = replaceFix({ path, origin }, 'false', 'set it to false')
    yield {
      message: isOpen(facts) ? 'anybody' : 'bearers',
      origin,
      path,
      ...(fix !== undefined && { fix }),
    }
  },
})

import { replaceFix } from '../../edits.ts'
import { isOpen, listener, setting } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const debugOn = defineRule({
  id: 'RA403',
  name: 'debug-on',
  since: '0.1.0',
  area: 'exposure',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.1, cwe: [489] },
  pitfalls: [73, 80],
  fixable: 'safe',
  summary: 'Debug operations are switched on',
  why: 'debug.reset wipes all data: with auth off anybody may send it, with auth every token without a prefix. Any token may move the clock of its own requests with resonate:debug_time. The log says that background loops are paused, which is true only after debug.start.',
  remediation: 'Remove debug, or set it to false; the flag can only switch it on.',
  messages: { on: 'debug operations are on: debug.reset wipes all data' },
  bad: () => [
    {
      title: 'in the file',
      files: { 'resonate.toml': `debug = true\n\n${QUIET}` },
      expect: [{ message: 'on', path: 'debug', mark: 'true' }],
      fixed: { 'resonate.toml': `debug = false\n\n${QUIET}` },
    },
    {
      title: 'by a flag',
      files: { 'resonate.toml': QUIET },
      arguments: ['--debug'],
      expect: [{ message: 'on', path: 'debug' }],
    },
  ],
  good: () => [{ title: 'off', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const debug = setting(facts, 'debug')
    if (debug?.value !== true) return
    const { origin } = debug
    const path = facts.concepts.debug ?? 'debug'
    const contained = !isOpen(facts) && listener(facts)?.reach === 'loopback'
    const fix = replaceFix({ path, origin }, 'false', 'set it to false')
    yield {
      message: 'on',
      origin,
      path,
      ...(contained && { severity: 'warning' as const }),
      ...(fix !== undefined && { fix }),
    }
  },
})

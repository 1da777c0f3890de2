import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'
import { secretSettings } from '../../secret-settings.ts'

export const secretOnCommandLine = defineRule({
  id: 'RA702',
  name: 'secret-on-command-line',
  since: '0.1.0',
  area: 'secret',
  severity: 'warning',
  confidence: 'high',
  security: { score: 5.5, cwe: [214] },
  pitfalls: [91],
  summary: 'A secret stands on the command line',
  why: 'Every user of the machine can see the arguments of a process, and they end up in logs, unit files and shell histories.',
  remediation: 'Pass it through its RESONATE_ variable.',
  messages: { visible: '{flag} puts a secret on the command line, where other users see it' },
  bad: () => [
    {
      title: 'a push token',
      files: { 'resonate.toml': QUIET },
      arguments: [
        '--transports-http-push-auth-mode',
        'bearer',
        '--transports-http-push-auth-token',
        'a-random-text',
      ],
      expect: [{ message: 'visible', path: 'transports.http_push.auth.token' }],
    },
  ],
  good: () => [
    {
      title: 'a variable',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text',
      },
    },
  ],
  *check(facts) {
    for (const { found } of secretSettings(facts)) {
      const { origin, path } = found
      if (origin.kind === 'argument')
        yield { message: 'visible', origin, path, values: { flag: origin.name } }
    }
  },
})

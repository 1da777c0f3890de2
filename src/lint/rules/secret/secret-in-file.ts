import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'
import { redact } from '../../secret.ts'
import { secretSettings } from '../../secret-settings.ts'

export const secretInFile = defineRule({
  id: 'RA701',
  name: 'secret-in-file',
  since: '0.1.0',
  area: 'secret',
  severity: 'warning',
  confidence: 'high',
  security: { score: 6.5, cwe: [312, 798] },
  pitfalls: [91],
  summary: 'The configuration file holds a secret',
  why: 'The file is copied, committed and shown; the server itself prints the line when it cannot be parsed. A variable or a secret store keeps the secret out of it.',
  remediation:
    'Set it through its variable, e.g. RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN, and replace the secret if the file was shared.',
  messages: {
    secret: '{path} holds a secret ({secret})',
    readable: '{path} holds a secret ({secret}) and others may read the file (mode {mode})',
  },
  bad: () => [
    {
      title: 'a push token',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\ntoken = "a-random-text"\n',
        ),
      },
      expect: [
        { message: 'secret', path: 'transports.http_push.auth.token', mark: '"a-random-text"' },
      ],
    },
    {
      title: 'a readable file',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\ntoken = "a-random-text"\n',
        ),
      },
      modes: { 'resonate.toml': 0o644 },
      expect: [{ message: 'readable', path: 'transports.http_push.auth.token' }],
    },
  ],
  good: () => [
    {
      title: 'from a variable',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text',
      },
    },
  ],
  *check(facts) {
    for (const { found, secret } of secretSettings(facts)) {
      const { origin, path } = found
      if (origin.kind !== 'file') continue
      const mode = facts.nearby.get(origin.file)?.mode
      const common = { origin, path }
      yield mode !== undefined && (mode & 0o044) !== 0
        ? {
            ...common,
            message: 'readable',
            values: { path, secret: redact(secret), mode: mode.toString(8).padStart(3, '0') },
            severity: 'error',
          }
        : { ...common, message: 'secret', values: { path, secret: redact(secret) } }
    }
  },
})

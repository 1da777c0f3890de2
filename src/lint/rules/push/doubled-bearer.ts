import { textAt } from '../../edits.ts'
import { textSetting } from '../../facts.ts'
import { pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const doubledBearer = defineRule({
  id: 'RA310',
  name: 'push-doubled-bearer',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  pitfalls: [67],
  fixable: 'safe',
  summary: 'The push token begins with "Bearer "',
  why: 'The server writes "Bearer " itself, so workers receive "Bearer Bearer …".',
  remediation: 'Leave "Bearer " out of the token.',
  messages: { doubled: 'the token begins with "Bearer ": the server adds it a second time' },
  bad: () => [
    {
      title: 'the whole header value in the file',
      files: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\ntoken = "Bearer a-random-text"\n',
        ),
      },
      expect: [{ message: 'doubled', path: 'transports.http_push.auth.token' }],
      also: ['RA701'],
      fixed: {
        'resonate.toml': quiet(
          '[transports.http_push.auth]\nmode = "bearer"\ntoken = "a-random-text"\n',
        ),
      },
    },
    {
      title: 'the whole header value',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'Bearer a-random-text',
      },
      expect: [{ message: 'doubled', path: 'transports.http_push.auth.token' }],
    },
  ],
  good: () => [
    {
      title: 'the token alone',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text',
      },
    },
  ],
  *check(facts) {
    const token = textSetting(facts, 'pushToken')
    if (token === undefined || pushAuth(facts)?.mode !== 'bearer') return
    if (!/^bearer\s/i.test(token.value)) return
    const { origin, path } = token
    const written = textAt(facts.document, origin) ?? ''
    const lead = /^(["'])(bearer +)/i.exec(written)
    yield {
      message: 'doubled',
      origin,
      path,
      ...(lead !== null &&
        origin.kind === 'file' && {
          fix: {
            title: 'leave "Bearer " out',
            safety: 'safe' as const,
            edits: [
              {
                file: origin.file,
                span: { start: origin.span.start + 1, end: origin.span.start + lead[0].length },
                insert: '',
              },
            ] as const,
            changes: [path],
          },
        }),
    }
  },
})

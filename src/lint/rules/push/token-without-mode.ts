import { relatedTo, textSetting } from '../../facts.ts'
import { mistypedMode, pushAuth } from '../../push-auth.ts'
import { defineRule } from '../../rule.ts'
import { QUIET, quiet } from '../../samples.ts'

export const tokenWithoutMode = defineRule({
  id: 'RA302',
  name: 'push-credential-without-mode',
  since: '0.1.0',
  area: 'push',
  severity: 'error',
  confidence: 'high',
  security: { score: 6.5, cwe: [287] },
  pitfalls: [59, 68],
  summary: 'A push credential is set and never sent',
  why: 'The mode is none unless it is set, and none sends nothing; the log still says "HTTP push outbound auth enabled".',
  remediation:
    'Set mode = "bearer" for a token, mode = "gcp" for an audience, or remove the table.',
  messages: {
    unused: '{path} is set, but the mode is none: pushes carry no credential',
    table: 'push auth with mode none sends nothing, although the log says it is enabled',
  },
  bad: () => [
    {
      title: 'a token alone, from a variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
      expect: [{ message: 'unused', path: 'transports.http_push.auth.token' }],
    },
    {
      title: 'mode none',
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "none"\n') },
      expect: [{ message: 'table', path: 'transports.http_push.auth.mode' }],
    },
  ],
  good: () => [
    {
      title: 'with the mode',
      files: { 'resonate.toml': QUIET },
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text',
      },
    },
  ],
  *check(facts) {
    if (pushAuth(facts)?.mode !== 'none') return
    const mode = textSetting(facts, 'pushMode')
    const dead = [textSetting(facts, 'pushToken'), textSetting(facts, 'pushAudience')].filter(
      (found) => found !== undefined,
    )
    for (const { origin, path } of dead)
      yield {
        message: 'unused',
        origin,
        path,
        values: { path },
        related: relatedTo(mode, 'the mode'),
      }
    if (
      dead.length === 0 &&
      mode !== undefined &&
      mode.origin.kind !== 'default' &&
      mistypedMode(facts) === undefined
    )
      yield { message: 'table', origin: mode.origin, path: mode.path, severity: 'info' }
  },
})

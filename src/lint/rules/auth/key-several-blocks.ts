import { textSetting } from '../../facts.ts'
import { keyText } from '../../key-text.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PUBLIC_PEM, QUIET } from '../../samples.ts'

export const keySeveralBlocks = defineRule({
  id: 'RA124',
  name: 'key-several-blocks',
  since: '0.1.0',
  area: 'auth',
  severity: 'warning',
  confidence: 'high',
  pitfalls: [33, 40],
  summary: 'The key file holds several keys, only the first is used',
  why: 'The server reads the first PEM block, once, at its start. Old and new key in one file are no rotation: tokens of the second are refused.',
  remediation:
    'Keep one key in the file, the one that tokens are signed for; "resonate-auth key inspect FILE" tells them apart.',
  messages: { several: '{path} holds {count} PEM blocks; the server uses the first alone' },
  bad: () => [
    {
      title: 'two public keys',
      files: { 'resonate.toml': QUIET, 'public.pem': `${PUBLIC_PEM}${PUBLIC_PEM}` },
      expect: [{ message: 'several', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'one key', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const count = (keyText(facts) ?? '').match(/-----BEGIN [^-\n]+-----/g)?.length ?? 0
    if (key === undefined || facts.key === undefined || count < 2) return
    yield {
      message: 'several',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value), count },
    }
  },
})

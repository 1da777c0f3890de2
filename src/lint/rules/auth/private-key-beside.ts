import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PRIVATE_PEM, QUIET } from '../../samples.ts'

export const privateKeyBeside = defineRule({
  id: 'RA128',
  name: 'private-key-beside',
  since: '0.1.0',
  area: 'auth',
  severity: 'warning',
  confidence: 'medium',
  security: { score: 7.5, cwe: [522, 732] },
  pitfalls: [38, 41],
  summary: 'A private key lies beside the public one',
  why: "The server needs the public half alone. Whoever can read the server's files, or its image, can then sign tokens of any role; a key that others of the machine may read needs not even that.",
  remediation:
    "Keep the private key where tokens are minted, with mode 0600, and out of the server's folder and repository.",
  messages: {
    beside: 'the private key {path} lies beside the public key',
    readable:
      'the private key {path} lies beside the public key and others may read it (mode {mode})',
  },
  bad: () => [
    {
      title: 'both halves in one folder',
      files: { 'resonate.toml': QUIET, 'private.pem': PRIVATE_PEM },
      modes: { 'private.pem': 0o600 },
      expect: [{ message: 'beside', path: 'auth.publickey' }],
    },
    {
      title: 'readable by everybody',
      files: { 'resonate.toml': QUIET, 'private.pem': PRIVATE_PEM },
      modes: { 'private.pem': 0o644 },
      expect: [{ message: 'readable', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'the public key alone', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    if (key === undefined) return
    for (const [path, { mode, text = '' }] of facts.nearby) {
      if (path === key.value || !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) continue
      const common = { origin: key.origin, path: key.path }
      yield (mode & 0o044) === 0
        ? { ...common, message: 'beside', values: { path: quote(path) }, severity: 'info' }
        : {
            ...common,
            message: 'readable',
            values: { path: quote(path), mode: mode.toString(8).padStart(3, '0') },
          }
    }
  },
})

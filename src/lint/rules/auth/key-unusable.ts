import { startFailure, textSetting } from '../../facts.ts'
import { keyText } from '../../key-text.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PRIVATE_PEM, QUIET } from '../../samples.ts'

/** What the file is instead, by its look. */
function guess(text: string): string {
  if (/PRIVATE KEY-----/.test(text))
    return 'it holds a private key: write its public half with "resonate-auth key public FILE" and keep the private one away from the server'
  if (/^\s*[[{]/.test(text))
    return 'it holds JSON (a JWK?): convert it with "resonate-auth key convert FILE --to spki"'
  if (/^(?:ssh-|ecdsa-sha2-)/.test(text))
    return 'it holds an SSH key: convert it with "resonate-auth key convert FILE --to spki"'
  if (text.includes('\\n')) return 'it has \\n as two characters: write real line breaks'
  if (/BEGIN CERTIFICATE REQUEST/.test(text))
    return 'it holds a certificate request: name a public key instead'
  if (/\n[ \t]*\r?\n/.test(text)) return 'it has an empty line inside the PEM block: remove it'
  return 'write a PEM file of an RSA, P-256, P-384 or Ed25519 public key, e.g. with "resonate-auth keygen"'
}

export const keyUnusable = defineRule({
  id: 'RA121',
  name: 'key-unusable',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  pitfalls: [35],
  summary: 'The public key file holds no key the server can load',
  why: 'The server takes the first PEM block of the file and knows RSA, EC and Ed25519 public keys; anything else stops its start with one generic sentence.',
  remediation:
    'Write a PEM file with the public key; "resonate-auth key inspect FILE" says what a file is.',
  messages: { unusable: 'the server does not start: {path} holds no public key it can load' },
  bad: () => [
    {
      title: 'a private key',
      files: { 'resonate.toml': QUIET, 'public.pem': PRIVATE_PEM },
      expect: [{ message: 'unusable', path: 'auth.publickey' }],
    },
    {
      title: 'a JWK',
      files: { 'resonate.toml': QUIET, 'public.pem': '{"kty":"OKP","crv":"Ed25519","x":"AA"}\n' },
      expect: [{ message: 'unusable', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'an Ed25519 public key', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    if (key === undefined || startFailure(facts)?.failure !== 'key') return
    yield {
      message: 'unusable',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value) },
      mend: guess(keyText(facts) ?? ''),
    }
  },
})

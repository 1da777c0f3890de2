import { KEY_FLAWS } from '../../../target/key-flaw.ts'
import type { KeyFlaw } from '../../../target/target.ts'
import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

const MENDS: Readonly<Partial<Record<KeyFlaw, string>>> = {
  'private-key':
    'replace it by its public half ("resonate-auth key public FILE"), and treat the private key as exposed',
  'point-form': 'convert it with "resonate-auth key convert FILE --to spki"',
}

export const keyFlawed = defineRule({
  id: 'RA122',
  name: 'key-refuses-every-token',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  targets: ALL_TARGETS,
  security: { score: 5.3, cwe: [320] },
  pitfalls: [29, 30, 31, 36],
  summary: 'The server starts with this key and then refuses every token',
  why: 'The key is read at the start but used for the first time with the first token; the server then answers 401 to each and logs only InvalidSignature.',
  remediation: 'Make a key the server can use with "resonate-auth keygen".',
  messages: { flawed: 'the server starts and then refuses every token: {path}: {flaw}' },
  bad: () => [
    {
      title: 'a key on the curve P-521',
      files: {
        'resonate.toml': QUIET,
        'public.pem': `-----BEGIN PUBLIC KEY-----
MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBGZUx18KhQ4u/+oH4+BujwLDlXSLC
OoO9cQXrnntptcGe6SgRna1S/bnMKvA+epJQ/vhBH5s8fy/WVoToZBlVze4BbeHN
UJMaI4z6t1v6vi+QHeWUm/lZ3avmvKF9EFuU4CG2FqeDuYJ1QnwijQkAWniaS2RH
Dmuck7EgE/RBTlooxZ4=
-----END PUBLIC KEY-----
`,
      },
      expect: [{ message: 'flawed', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'an Ed25519 public key', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const flaw = facts.key?.flaw
    if (key === undefined || flaw === undefined) return
    const mend = MENDS[flaw]
    yield {
      message: 'flawed',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value), flaw: KEY_FLAWS[flaw] },
      ...(mend !== undefined && { mend }),
    }
  },
})

import { textSetting } from '../../facts.ts'
import { keyText } from '../../key-text.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

export const keyCertificate = defineRule({
  id: 'RA125',
  name: 'key-certificate',
  since: '0.1.0',
  area: 'auth',
  severity: 'warning',
  confidence: 'high',
  security: { score: 4.2, cwe: [298] },
  pitfalls: [34],
  summary: 'The public key is given as a certificate',
  why: 'The server takes the key out of it and checks nothing else: neither dates nor issuer nor revocation. It looks for the key by the first algorithm it meets, so a certificate signed by a CA of another key type may be misread.',
  remediation: 'Name the public key itself: "resonate-auth key convert FILE --to spki".',
  messages: { certificate: '{path} is a certificate: its dates and its issuer are never checked' },
  bad: () => [
    {
      title: 'a certificate',
      files: {
        'resonate.toml': QUIET,
        'public.pem': `-----BEGIN CERTIFICATE-----
MIHfMIGSoAMCAQICAhCSMAUGAytlcDAZMRcwFQYDVQQDDA5rLWVkMjU1MTktc2Vs
ZjAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMBkxFzAVBgNVBAMMDmst
ZWQyNTUxOS1zZWxmMCowBQYDK2VwAyEAcL978eBoyaHNI6ECKPSy1c9yPuA5AzaE
FtoSHWGyGikwBQYDK2VwA0EA+GQAmRf57q5tmJjfZ5hTlf4x9xJHdD7vD8GMkobx
9kAydBJQpKKjlferXgFnZKyi+kd2vIs9XOxmzj24vzuCBg==
-----END CERTIFICATE-----
`,
      },
      expect: [{ message: 'certificate', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'a public key', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const label = /-----BEGIN ([^-\n]+)-----/.exec(keyText(facts) ?? '')?.[1]
    if (key === undefined || facts.key === undefined || label !== 'CERTIFICATE') return
    yield {
      message: 'certificate',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value) },
    }
  },
})

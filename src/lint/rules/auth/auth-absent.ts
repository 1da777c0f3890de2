import { isComplete, listener, relatedTo, tableOrigin } from '../../facts.ts'
import { meansAuth } from '../../ignored.ts'
import { defineRule } from '../../rule.ts'
import { LOCAL, NO_METRICS, QUIET } from '../../samples.ts'

export const authAbsent = defineRule({
  id: 'RA102',
  name: 'auth-absent',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.8, cwe: [306] },
  pitfalls: [1, 54, 75],
  summary: 'The server accepts every request: auth is not configured',
  why: 'Without an auth table tokens are not even read. By default the server listens on every interface, and a web page can send it simple requests that CORS does not stop.',
  remediation:
    'Create a key pair with "resonate-auth keygen" and name its public half: [auth] publickey = "public.pem". For local use bind to 127.0.0.1.',
  messages: {
    open: 'auth is not configured and the server listens on {address}: anybody who reaches it may do everything',
    local:
      'auth is not configured: every program on this machine, and every web page opened on it, may do everything',
  },
  bad: () => [
    {
      title: 'the defaults',
      files: { 'resonate.toml': `${NO_METRICS}` },
      expect: [{ message: 'open' }],
    },
    {
      title: 'on loopback',
      files: { 'resonate.toml': `${LOCAL}\n${NO_METRICS}` },
      expect: [{ message: 'local' }],
    },
  ],
  good: () => [{ title: 'a public key', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    if (!isComplete(facts) || facts.concepts.auth === undefined) return
    if (tableOrigin(facts, 'auth') !== undefined || tableOrigin(facts, 'workos') !== undefined)
      return
    // Another rule says why it is off.
    if (facts.configuration.ignored.some((entry) => meansAuth(facts, entry))) return
    const bind = listener(facts)
    const origin = { kind: 'default' } as const
    const path = facts.concepts.auth
    const related = relatedTo(bind, 'listens here')
    if (bind?.reach === 'loopback')
      yield { message: 'local', origin, path, related, severity: 'warning' }
    else
      yield {
        message: 'open',
        origin,
        path,
        related,
        values: { address: bind?.address ?? 'the network' },
      }
  },
})

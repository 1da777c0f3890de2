import { exportSpki, importPublicKey } from '../../../key/public-key.ts'
import { type Facts, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

/** Keys whose private half anybody can read, by their SPKI in base64, and where it is published. */
const PUBLISHED: ReadonlyMap<string, string> = new Map([
  [
    'MCowBQYDK2VwAyEA+jnlEmssqHVNW3Edpka2sFqhBcJyekuegvRM12Eqmqs=',
    "the Resonate repository's config/auth/dev, which its docker-compose.yml mounts",
  ],
])

/** The configured key's SPKI in base64; undefined when it cannot be read as a public key. */
function configuredSpki(facts: Facts): string | undefined {
  const key = textSetting(facts, 'publickey')
  const file = key === undefined || facts.key === undefined ? undefined : facts.files(key.value)
  if (key === undefined || file?.ok !== true) return undefined
  try {
    return Buffer.from(exportSpki(importPublicKey(file.bytes, key.value))).toString('base64')
  } catch {
    return undefined
  }
}

export const keyPublished = defineRule({
  id: 'RA127',
  name: 'key-published',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  security: { score: 9.8, cwe: [321, 1394] },
  pitfalls: [5],
  summary: 'The private half of this public key is published',
  why: 'Whoever has read the place where it is published can sign tokens of any role that this server accepts.',
  remediation: 'Make a key pair of your own with "resonate-auth keygen".',
  messages: { published: '{path} is a published key ({where}): anybody can sign tokens for it' },
  bad: () => [
    {
      title: "the example repository's key",
      files: {
        'resonate.toml': QUIET,
        'public.pem': `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA+jnlEmssqHVNW3Edpka2sFqhBcJyekuegvRM12Eqmqs=
-----END PUBLIC KEY-----
`,
      },
      expect: [{ message: 'published', path: 'auth.publickey' }],
    },
  ],
  good: () => [{ title: 'a key of your own', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const where = PUBLISHED.get(configuredSpki(facts) ?? '')
    if (key === undefined || where === undefined) return
    yield {
      message: 'published',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value), where },
    }
  },
})

import { cors } from '../../../target/resonate/cors.ts'
import { isHeaderValue } from '../../../target/resonate/header-field.ts'
import { elementOrigin } from '../../array-elements.ts'
import { replaceFix } from '../../edits.ts'
import { allowedOrigins } from '../../origins.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'
import { originFlaw } from '../../web-origin.ts'

/** Whether the server lets a page of `origin` read its answers. */
function allows(entries: readonly string[], origin: string): boolean {
  const { headers } = cors(entries, {
    method: 'GET',
    path: '/',
    headers: [['origin', origin]],
    body: new Uint8Array(),
  })
  return headers.some(([name]) => name === 'access-control-allow-origin')
}

export const neverMatching = defineRule({
  id: 'RA204',
  name: 'cors-origin-never-matches',
  since: '0.1.0',
  area: 'cors',
  severity: 'error',
  confidence: 'high',
  pitfalls: [46, 48],
  fixable: 'safe',
  summary: 'No browser ever sends this origin',
  why: 'The server compares the Origin header with each entry byte for byte. A browser sends scheme, host and port in one fixed form: lower case, punycode, without path and default port. An entry in another form never matches and nothing says so.',
  remediation: 'Write the origin as the browser sends it: https://host or https://host:port.',
  messages: {
    never: '{entry} never matches: {says}',
    meant: '{entry} never matches: {says}; write {meant}',
    dropped: '{entry} is dropped by the server: it holds control characters',
  },
  bad: () => [
    {
      title: 'a slash at the end',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com/"]\n'),
      },
      expect: [
        { message: 'meant', path: 'server.cors.allow_origins', mark: '"https://app.example.com/"' },
      ],
      fixed: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["https://app.example.com"]\n'),
      },
    },
    {
      title: 'several forms',
      files: {
        'resonate.toml': quiet(
          '[server.cors]\nallow_origins = [\n  "https://App.example.com", # case\n  "https://app.example.com:443",\n  "*.example.com",\n  "app.example.com",\n]\n',
        ),
      },
      expect: [
        { message: 'meant', mark: '"https://App.example.com"' },
        { message: 'meant', mark: '"https://app.example.com:443"' },
        { message: 'never', mark: '"*.example.com"' },
        { message: 'meant', mark: '"app.example.com"' },
      ],
    },
  ],
  good: () => [
    {
      title: 'as browsers send it',
      files: {
        'resonate.toml': quiet(
          '[server.cors]\nallow_origins = ["https://app.example.com", "https://app.example.com:8443"]\n',
        ),
      },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    if (list === undefined || list.value.includes('*')) return
    for (const [index, entry] of list.value.entries()) {
      const common = { origin: elementOrigin(facts, list, index), path: list.path }
      if (!isHeaderValue(entry)) {
        yield { ...common, message: 'dropped', values: { entry: quote(entry) } }
        continue
      }
      const flaw = originFlaw(entry)
      if (flaw === undefined || flaw.meant.some((meant) => allows([entry], meant))) continue
      const { says, meant } = flaw
      if (meant.length === 0) {
        yield { ...common, message: 'never', values: { entry: quote(entry), says } }
        continue
      }
      const fix = replaceFix(common, meant.map((one) => JSON.stringify(one)).join(', '))
      yield {
        ...common,
        message: 'meant',
        values: { entry: quote(entry), says, meant: meant.map((one) => quote(one)).join(', ') },
        ...(fix !== undefined && { fix }),
      }
    }
  },
})

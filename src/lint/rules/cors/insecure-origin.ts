import { elementOrigin } from '../../array-elements.ts'
import { reachOf } from '../../facts.ts'
import { allowedOrigins } from '../../origins.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { quiet } from '../../samples.ts'

function hostOf(origin: string): string | undefined {
  const host = /^https?:\/\/(\[[^\]]*\]|[^:/]*)/i.exec(origin)?.[1]
  return host === undefined || host === '' ? undefined : host
}

function isLocal(origin: string): boolean {
  const host = hostOf(origin)
  return host !== undefined && (reachOf(host) === 'loopback' || host.endsWith('.localhost'))
}

export const insecureOrigin = defineRule({
  id: 'RA206',
  name: 'cors-insecure-origin',
  since: '0.1.0',
  area: 'cors',
  severity: 'info',
  confidence: 'medium',
  security: { score: 3.7, cwe: [942, 319] },
  pitfalls: [47],
  summary: 'An http or local origin is allowed beside https origins',
  why: "A page sent without TLS can be changed on its way and then uses the server with its visitor's token; a local origin belongs to development.",
  remediation: 'List https origins only; keep local ones in the development configuration.',
  messages: {
    http: '{entry} is not https, others of the list are',
    local: '{entry} is a local origin in a list with public ones',
  },
  bad: () => [
    {
      title: 'http beside https',
      files: {
        'resonate.toml': quiet(
          '[server.cors]\nallow_origins = ["https://app.example.com", "http://app.example.com"]\n',
        ),
      },
      expect: [{ message: 'http', mark: '"http://app.example.com"' }],
    },
    {
      title: 'a development origin',
      files: {
        'resonate.toml': quiet(
          '[server.cors]\nallow_origins = ["https://app.example.com", "http://localhost:5173"]\n',
        ),
      },
      expect: [{ message: 'local', mark: '"http://localhost:5173"' }],
    },
  ],
  good: () => [
    {
      title: 'development only',
      files: {
        'resonate.toml': quiet('[server.cors]\nallow_origins = ["http://localhost:5173"]\n'),
      },
    },
  ],
  *check(facts) {
    const list = allowedOrigins(facts)
    if (list === undefined || list.value.includes('*')) return
    if (!list.value.some((entry) => /^https:/i.test(entry) && !isLocal(entry))) return
    for (const [index, entry] of list.value.entries()) {
      const local = isLocal(entry)
      if (!local && !/^http:/i.test(entry)) continue
      yield {
        message: local ? 'local' : 'http',
        origin: elementOrigin(facts, list, index),
        path: list.path,
        values: { entry: quote(entry) },
      }
    }
  },
})

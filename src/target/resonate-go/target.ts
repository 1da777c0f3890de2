import type { Target, TokenJudge } from '../target.ts'
import { authenticate, readClaims } from './authenticate.ts'
import { authorize, KINDS, operationData } from './authorize.ts'
import { CONCEPTS_07, CONCEPTS_08 } from './concepts.ts'
import { loadKey } from './key.ts'
import { UNPROTECTED_07, UNPROTECTED_08 } from './notes.ts'
import { REASONS_07, REASONS_08 } from './reasons.ts'
import type { GoVersion } from './settings.ts'

const TOKENS: TokenJudge = {
  keyWords: { off: '' },
  failurePrefix: 'Error: ',
  loadKey,
  authenticate,
  readClaims,
  authorize,
}

function common(version: GoVersion) {
  return {
    name: 'resonate-go',
    version,
    certainty: 'recorded',
    kinds: KINDS,
    operationData,
    requests: async () => (await import('./requests.ts')).requestJudge(version),
    configure: async () => {
      const { configure } = await import('./configure.ts')
      return (source: Parameters<typeof configure>[1]) => configure(version, source)
    },
  } as const
}

/** The Go server with RSA JWT auth, recorded at v0.8.2. */
export const resonateGo08: Target = {
  ...common('0.8'),
  reasons: REASONS_08,
  unprotected: UNPROTECTED_08,
  publickeyFlag: '--api-auth-public-key',
  concepts: CONCEPTS_08,
  tokens: TOKENS,
}

/** The Go server that knows basic auth alone, recorded at v0.7.24. */
export const resonateGo07: Target = {
  ...common('0.7'),
  reasons: REASONS_07,
  unprotected: UNPROTECTED_07,
  concepts: CONCEPTS_07,
}

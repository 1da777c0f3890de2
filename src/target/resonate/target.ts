import type { Target, TokenJudge } from '../target.ts'
import { listAnswerReasons } from './answer-reasons.ts'
import { authenticate, readClaims } from './authenticate.ts'
import { authorize } from './authorize.ts'
import { CONCEPTS } from './concepts.ts'
import { loadKey } from './keys.ts'
import { operationData, UNPROTECTED } from './operations.ts'
import { listReasons } from './reasons.ts'
import { VERSIONS, type VersionName } from './versions.ts'

/** What the Rust server makes of tokens; the same in 0.9 and 0.10 (facts: jsonwebtoken 9.3.1 in both). */
export const tokenJudge: TokenJudge = {
  keyWords: { unsigned: 'none' },
  failurePrefix: 'Fatal: ',
  loadKey,
  authenticate,
  readClaims,
  authorize,
}

/** The Rust server of a version. */
function describeServer(version: VersionName): Target {
  const { certainty, kinds, ...rules } = VERSIONS[version]
  const concepts = CONCEPTS[version]
  return {
    name: 'resonate',
    version,
    certainty,
    kinds,
    reasons: [...listAnswerReasons(certainty, rules.console), ...listReasons(certainty)],
    publickeyFlag: '--auth-publickey',
    concepts,
    operationData,
    unprotected: UNPROTECTED,
    tokens: tokenJudge,
    requests: async () => {
      const { requestJudge } = await import('./request.ts')
      return requestJudge({ tokens: tokenJudge, kinds, ...rules }, concepts)
    },
    configure: async (patch = version) => {
      const { configure } = await import('./configure.ts')
      return (source) => configure(patch, source, loadKey)
    },
  }
}

export const resonate09: Target = describeServer('0.9')
export const resonate010: Target = describeServer('0.10')
export const resonate010Plugins: Target = describeServer('0.10-plugins')

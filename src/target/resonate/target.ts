import type { Target, TokenJudge } from '../target.ts'
import { ANSWER_REASONS } from './answer-reasons.ts'
import { authenticate, readClaims } from './authenticate.ts'
import { authorize } from './authorize.ts'
import { loadKey } from './keys.ts'
import { operationData, UNPROTECTED } from './operations.ts'
import { listReasons } from './reasons.ts'
import { VERSIONS, type VersionName } from './versions.ts'

/** What the Rust server makes of tokens: the same in 0.9 and in 0.10, which verify with one version of jsonwebtoken. */
export const tokenJudge: TokenJudge = { loadKey, authenticate, readClaims, authorize }

/** The Rust server of a version, all but its requests and its configuration. */
export function describeServer(version: VersionName): Omit<Target, 'configure' | 'requests'> {
  const { certainty, kinds } = VERSIONS[version]
  return {
    name: 'resonate',
    version,
    certainty,
    kinds,
    reasons: [...ANSWER_REASONS, ...listReasons(certainty)],
    operationData,
    unprotected: UNPROTECTED,
    tokens: tokenJudge,
  }
}

/** The server's log messages about tokens (0.9.8, src/auth.rs). */
export const MESSAGES = {
  noToken: 'Auth rejected: no token provided',
  rejected: 'Auth rejected: token verification failed',
  noPrefix: 'Auth forbidden: no prefix claim in token',
  prefixType: 'Auth forbidden: prefix claim has unexpected type',
  mismatch: 'Auth forbidden: resource ID does not match prefix',
  heartbeat: 'Auth forbidden: heartbeat task ID does not match prefix',
} as const

/** The log text of a refused token with jsonwebtoken's `error`. */
export function rejectedWith(error: string): string {
  return `${MESSAGES.rejected} error=${error}`
}

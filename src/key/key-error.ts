import { AuthError } from '../errors.ts'
import type { ForeignKey } from './key-numbers.ts'

/** The AuthError for a key of a kind that signs no token this tool knows of. */
export function foreignKeyError({ name }: ForeignKey): AuthError {
  const article = /^(?:[aeiou]|RSA|X\d|ssh)/i.test(name) ? 'an' : 'a'
  return new AuthError(
    'ERR_KEY_TYPE',
    `${article} ${name} key; tokens are signed with Ed25519, RSA, P-256 or P-384 keys`,
    { hints: ['make a fitting key with "resonate-auth keygen"'] },
  )
}

/** `error` with `name` in front of its sentence, and a way out, when it is an AuthError; any other error as it is. */
export function nameError(name: string, error: unknown): unknown {
  if (!(error instanceof AuthError)) return error
  return new AuthError(error.code, `${name}: ${error.message}`, {
    hints: error.hints.length > 0 ? error.hints : ['make a new pair with "resonate-auth keygen"'],
    cause: error.cause ?? error,
  })
}

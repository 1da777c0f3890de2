/** Exit statuses of every command (design: 0 yes, 1 no, 2 usage, 3 could not, 130 interrupted). */
export const ExitCode = { ok: 0, no: 1, usage: 2, failure: 3, interrupted: 130 } as const

export type ExitStatus = (typeof ExitCode)[keyof typeof ExitCode]

/** Stable codes of errors, part of the JSON form. */
export const ERROR_CODES = [
  'ERR_USAGE',
  'ERR_SETTINGS',
  'ERR_SETTINGS_CODE',
  'ERR_FILE_EXISTS',
  'ERR_FILE_MISSING',
  'ERR_FILE_DENIED',
  'ERR_FILE_KIND',
  'ERR_FILE_SIZE',
  'ERR_FILE_WRITE',
  'ERR_FILE_ENCODING',
  'ERR_KEY_TYPE',
  'ERR_KEY_FORM',
  'ERR_KEY_WEAK',
  'ERR_KEY_ENCRYPTED',
  'ERR_KEY_PASSPHRASE',
  'ERR_KEY_PROOF',
  'ERR_TOKEN_SIZE',
  'ERR_TOKEN_DEAD',
  'ERR_POLICY',
  'ERR_INPUT_LIMIT',
  'ERR_INPUT_FORM',
  'ERR_NOTHING_TO_JUDGE',
  'ERR_TARGET',
  'ERR_INTERRUPTED',
  'ERR_BUG',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

export interface ErrorDetails {
  readonly hints?: readonly string[]
  readonly cause?: unknown
}

/** Something the user can act on (exit 3). Anything that is not an AuthError is a bug and keeps its stack. */
export class AuthError extends Error {
  readonly code: ErrorCode
  readonly hints: readonly string[]

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AuthError'
    this.code = code
    this.hints = details.hints ?? []
  }
}

/** The command line or the settings are wrong (exit 2). */
export class UsageError extends AuthError {
  constructor(message: string, details: ErrorDetails & { readonly code?: ErrorCode } = {}) {
    super(details.code ?? 'ERR_USAGE', message, details)
    this.name = 'UsageError'
  }
}

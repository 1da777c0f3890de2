import type { Configuration, ConfigurationSource } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Algorithm } from '../key/algorithm.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import type { Concepts } from './concepts.ts'
import type { RequestJudge } from './request.ts'

/** How sure a statement about a server is: seen on a running one, read in its source, or concluded. */
export type Certainty = 'recorded' | 'source' | 'inferred'

/** A server whose answers this tool knows; adding a version is adding one of these. */
export interface Target {
  readonly name: 'resonate' | 'resonate-go'
  /** As typed after the `@`, e.g. `0.9` or `0.10-plugins`. */
  readonly version: string
  readonly certainty: Certainty
  /** The closed set of reasons, in the order in which the server finds them. */
  readonly reasons: readonly ReasonRow[]
  /** The operation kinds it knows, in the order of its documentation. */
  readonly kinds: readonly string[]
  /** The flag of its command line that names the public key; absent where it knows none. */
  readonly publickeyFlag?: string
  /** The paths of its settings by what they are for. */
  readonly concepts: Concepts
  /** The data of `kind` with `id` where the server looks for it; an empty object for kinds that name no id. */
  operationData(kind: string, id: string): unknown
  /** What an accepted token may do all the same, whatever its prefix; sentences without a full stop. */
  readonly unprotected: readonly string[]
  /** Absent where the server knows no JWTs. */
  readonly tokens?: TokenJudge
  /** What it answers to whole requests; loaded when it is asked for. */
  readonly requests?: () => Promise<RequestJudge>
  /** How it reads files, variables and arguments at its start; `patch` = another patch version, e.g. `0.9.3`. */
  readonly configure: (patch?: string) => Promise<Configure>
}

/** A server that knows JWTs. */
export interface TokenTarget extends Target {
  readonly tokens: TokenJudge
}

/** Whether tokens mean anything to the server. */
export function knowsTokens(target: Target): target is TokenTarget {
  return target.tokens !== undefined
}

/** Reads files, variables and arguments as the server does at its start. */
export type Configure = (source: ConfigurationSource) => Configuration

/** What a server makes of tokens; pure, and byte for byte its own reading. */
export interface TokenJudge {
  /** What stands in the public key's setting instead of a file: for no auth at all, for unsigned mode. */
  readonly keyWords: { readonly off?: string; readonly unsigned?: string }
  /** What the server writes before the message of a start that fails. */
  readonly failurePrefix: string
  /** The file behind `path` (as configured, before it is resolved) as the server's start-up reads it. */
  loadKey(path: string, file: FileRead): KeyLoad
  /** Whether the server knows who `token` is; `undefined` = none was sent. Bytes, because the server reads bytes. */
  authenticate(
    token: Uint8Array | undefined,
    settings: AuthSettings,
    at: NumericDate,
  ): Authentication
  /** The same for a claims set alone (JSON bytes), as if a right signature stood over it. */
  readClaims(payload: Uint8Array, settings: AuthSettings, at: NumericDate): Authentication
  /** Whether whoever has `authority` may do `kind` with `data` (the operation's JSON, parsed). */
  authorize(authority: Authority, kind: string, data: unknown): Authorization
}

/** A public-key file as the target's own reader sees it; `message` is the server's text without `Fatal: `. */
export type KeyLoad =
  | { readonly starts: true; readonly key: ServerKey }
  | { readonly starts: false; readonly exit: number; readonly message: string }

/** A public key as the server holds it after start-up. */
export interface ServerKey {
  /** The key type in the server's own words (`RSA`, `EC`, `Ed25519`). */
  readonly type: string
  /** The algorithms the server accepts in a header with this key. */
  readonly algorithms: readonly Algorithm[]
  /** Those of `algorithms` that a signature can ever fit, where they are fewer (an EC key fits one). */
  readonly usable?: readonly Algorithm[]
  /** The server's answer for this key: false for a wrong signature and for every key that can never verify. */
  verify(alg: Algorithm, input: Uint8Array, signature: Uint8Array): boolean
  /** How a refused signature nearly fits: a PSS salt of another length, or made by another algorithm than `alg`. */
  nearMiss?(
    alg: Algorithm,
    input: Uint8Array,
    signature: Uint8Array,
  ): 'pss-salt' | 'other-algorithm' | undefined
  /** Why the server starts with this key and then refuses every token; absent for a key that works. */
  readonly flaw?: KeyFlaw
  /** The server's own words about the flaw, where it tells them to the client. */
  readonly complaint?: string
}

export type KeyFlaw =
  | 'private-key'
  | 'rsa-too-small'
  | 'rsa-too-large'
  | 'rsa-exponent'
  | 'unsupported-curve'
  | 'point-form'
  | 'not-what-the-label-says'
  | 'malformed'

/** What the server is configured with, as far as a token is concerned; absent = not configured, '' = configured empty. */
export interface AuthSettings {
  /** 'none' = the server's unsigned mode. */
  readonly key: ServerKey | 'none'
  readonly iss?: string | undefined
  readonly aud?: string | undefined
}

/** What the accepted claims give their bearer. */
export interface Authority {
  readonly role?: string
  readonly prefix:
    | { readonly kind: 'absent' }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'other' }
}

/** A line of the server's log: its message, and the `error` field where it has one. */
export interface LogLine {
  readonly message: string
  readonly error?: string
}

/** One rule as it was found: ✓ pass, ✗ fail, – unchecked (this server never looks) or unreached (it stopped before). */
export interface Check {
  /** What was looked at: `form`, `header`, `alg`, `signature`, `role`, `prefix` or a claim's name. */
  readonly subject: string
  readonly state: 'pass' | 'fail' | 'unchecked' | 'unreached'
  /** A sentence without a full stop; never a secret. */
  readonly says: string
}

export type Authentication =
  | {
      readonly authenticated: true
      readonly authority: Authority
      readonly checks: readonly Check[]
    }
  | (Refusal & { readonly authenticated: false })

export type Authorization =
  | { readonly allowed: true; readonly checks: readonly Check[] }
  | (Refusal & { readonly allowed: false })

export interface Refusal {
  /** The id of a ReasonRow of the target. */
  readonly reason: string
  /** The claim to blame, where one is. */
  readonly claim?: string
  readonly log?: LogLine
  /** The words the server sends to the client; absent where it keeps the reason to itself. */
  readonly detail?: string
  readonly checks: readonly Check[]
}

/** One row of a target's closed set of reasons; everything that is said about a refusal comes from here. */
export interface ReasonRow {
  readonly id: string
  /** 0 = the connection is closed without an answer. */
  readonly status:
    | 0
    | 200
    | 204
    | 301
    | 303
    | 307
    | 400
    | 401
    | 403
    | 404
    | 405
    | 410
    | 413
    | 414
    | 431
  /** The server's own log text, `message error=…`; `{…}` marks a part that varies. Absent when it logs nothing. */
  readonly log?: string
  /** The words the server sends to the client, `{…}` as above; absent where it keeps the reason to itself. */
  readonly detail?: string
  readonly claim?: string
  readonly meaning: string
  readonly mending: string
  readonly certainty: Certainty
}

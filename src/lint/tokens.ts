import type { Origin } from '../config/setting.ts'
import { type AuthSettings, knowsTokens } from '../target/target.ts'
import { judgeToken, type Verdict } from '../target/verdict.ts'
import { decodeToken } from '../token/decode.ts'
import { type Facts, tableOrigin, textSetting } from './facts.ts'

/** A token that was given, its claims, and what the server answers to it. */
export interface JudgedToken {
  /** How the user named it; never its text. */
  readonly name: string
  /** By name, the last of a name counting; empty when the payload is not a JSON object. */
  readonly claims: ReadonlyMap<string, unknown>
  /** Undefined where auth is off or the server has no usable key: then tokens are not the problem. */
  readonly verdict: Verdict | undefined
}

/** The tokens of each run's facts: many rules ask for them, and a signature takes its time. */
const JUDGED = new WeakMap<Facts, readonly JudgedToken[]>()

/** Every given token with its verdict. */
export function judgedTokens(facts: Facts): readonly JudgedToken[] {
  const judged = JUDGED.get(facts) ?? judgeAll(facts)
  JUDGED.set(facts, judged)
  return judged
}

function judgeAll(facts: Facts): readonly JudgedToken[] {
  const settings = authSettings(facts)
  return facts.tokens.map(({ name, text }) => ({
    name,
    claims: new Map(
      (decodeToken(text).payload.members ?? []).map(({ name: claim, json }) => [
        claim,
        JSON.parse(json),
      ]),
    ),
    verdict:
      settings === undefined || !knowsTokens(facts.target)
        ? undefined
        : judgeToken(facts.target, new TextEncoder().encode(text), settings, undefined, facts.now),
  }))
}

function authSettings(facts: Facts): AuthSettings | undefined {
  if (tableOrigin(facts, 'auth') === undefined) return undefined
  const key = textSetting(facts, 'publickey')?.value === 'none' ? 'none' : facts.key
  if (key === undefined) return undefined
  return { key, iss: textSetting(facts, 'iss')?.value, aud: textSetting(facts, 'aud')?.value }
}

/** A finding for every token that the server refuses for one of `reasons` (ids of the target's rows). */
export function* findRefused(facts: Facts, reasons: ReadonlySet<string>): Generator<RefusedToken> {
  for (const { name, verdict } of judgedTokens(facts)) {
    const reason = verdict?.reason
    if (reason === undefined || !reasons.has(reason.id)) continue
    yield {
      message: 'refused',
      origin: { kind: 'default' },
      path: name,
      values: { token: name, says: reason.meaning },
      mend: reason.mending,
    }
  }
}

interface RefusedToken {
  readonly message: 'refused'
  readonly origin: Origin
  readonly path: string
  readonly values: { readonly token: string; readonly says: string }
  readonly mend: string
}

/** Where a finding about a token stands: in no file. */
export function at({ name }: JudgedToken): { readonly origin: Origin; readonly path: string } {
  return { origin: { kind: 'default' }, path: name }
}

/** Whether the claims give the bearer everything (the server folds case and trims nothing). */
export function isAdmin({ claims }: JudgedToken): boolean {
  const role = claims.get('role')
  return typeof role === 'string' && role.toLowerCase() === 'admin'
}

/** A claim's value when it is a text. */
export function textClaim({ claims }: JudgedToken, name: string): string | undefined {
  const value = claims.get(name)
  return typeof value === 'string' ? value : undefined
}

/** Reasons that have a rule of their own, by rule. */
export const REASONS = {
  audience: new Set(['string-aud', 'aud-type']),
  expiry: new Set(['missing-exp', 'exp-type', 'exp-range']),
  otherServer: new Set(['missing-iss', 'missing-aud', 'wrong-issuer', 'wrong-audience']),
  algorithm: new Set([
    'alg-missing',
    'alg-none',
    'alg-unknown',
    'alg-type',
    'alg-hmac',
    'alg-not-allowed',
    'curve-mismatch',
  ]),
  damage: new Set([
    'bearer-prefix',
    'quoted-token',
    'white-space',
    'cut-off',
    'trailing-bits',
    'padded',
    'standard-base64',
    'too-many-segments',
    'not-three-segments',
    'signature-missing',
    'signature-der',
  ]),
  claimType: new Set([
    'iss-type',
    'role-type',
    'header-type',
    'header-repeated',
    'repeated-claim',
    'jwk-shape',
    'nbf-unreadable',
    'sub-unreadable',
    'number-out-of-range',
    'payload-not-object',
  ]),
  prefix: new Set(['no-prefix', 'prefix-type']),
} as const satisfies Record<string, ReadonlySet<string>>

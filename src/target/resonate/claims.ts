import {
  enterContainer,
  fail,
  type JsonCursor,
  type JsonFault,
  leaveList,
  leaveMap,
  skipWhiteSpace,
} from '../../token/rust-json.ts'
import { type JsonValue, readScalar } from '../../token/rust-json-scalar.ts'
import { readAny, readValue } from '../../token/rust-json-value.ts'
import { optional, type Read, readJson, readText, readTexts } from '../../token/rust-serde.ts'
import { readStruct, type Struct } from '../../token/rust-struct.ts'

/** The claims a Resonate server uses; undefined = absent or (all but exp) null. */
export interface UsedClaims {
  readonly role: string | undefined
  readonly prefix: JsonValue | undefined
  readonly iss: string | undefined
  readonly aud: readonly string[] | undefined
  /** Seconds, from 0 to 2^64 - 1; false for a value that is no such number. */
  readonly exp: number | bigint | false | undefined
}

export type ClaimsOutcome =
  | { readonly ok: true; readonly claims: UsedClaims }
  | {
      readonly ok: false
      readonly fault: JsonFault
      /** Which of the server's two readings failed. */
      readonly reading: 'own' | 'validation'
    }

/** A reader that gives false where `read` fails, the cursor staying where the failure left it (jsonwebtoken's TryParse). */
function attempt<T>(read: Read<T>): Read<T | false> {
  return (cursor) => {
    const value = read(cursor)
    if (cursor.fault === undefined) return value
    cursor.fault = undefined
    return false
  }
}

/** Reads a NumericDate; a double is rounded half away from zero (jsonwebtoken 9.3.1, src/validation.rs). */
function readNumericDate(cursor: JsonCursor): number | bigint | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x5b || byte === 0x7b) return failContainer(cursor, byte)
  const value = readScalar(cursor, byte)
  if (value === undefined) return undefined
  const { value: number, kind } =
    value.kind === 'number' ? value.number : { value: 0, kind: 'none' }
  if (kind === 'unsigned') return number
  if (kind !== 'float' || number < 0 || number >= 2 ** 64) return fail(cursor, 'not a u64', 'type')
  const rounded = Math.round(Number(number))
  return Number.isSafeInteger(rounded) ? rounded : BigInt(rounded)
}

/** An empty container is passed over, any other is left open: what follows it is then no member (same place). */
function failContainer(cursor: JsonCursor, byte: number): undefined {
  if (!enterContainer(cursor)) return undefined
  fail(cursor, 'a container', 'type')
  if (byte === 0x5b) leaveList(cursor)
  else leaveMap(cursor)
  return undefined
}

/** The server's own claims (src/auth.rs, `Claims`). */
const OWN: Struct = {
  name: 'Claims',
  members: [
    { name: 'role', read: optional(readText), needed: 'in-arrays' },
    { name: 'prefix', read: optional(readValue), needed: 'in-arrays' },
    { name: 'iss', read: optional(readText), needed: 'never' },
    { name: 'aud', read: optional(readTexts), needed: 'never' },
  ],
}

/** What jsonwebtoken reads for its checks (src/validation.rs, `ClaimsForValidation`). */
const VALIDATION: Struct = {
  name: 'ClaimsForValidation',
  members: [
    { name: 'exp', read: attempt(readNumericDate), needed: 'never' },
    { name: 'nbf', read: attempt(readNumericDate), needed: 'never' },
    { name: 'sub', read: attempt(optional(readText)), needed: 'in-arrays' },
    { name: 'iss', read: attempt(readAny), needed: 'in-arrays' },
    { name: 'aud', read: attempt(readAny), needed: 'in-arrays' },
  ],
}

/** A claims set as the server reads it: twice, for its own four claims and then for jsonwebtoken's five. */
export function readUsedClaims(bytes: Buffer): ClaimsOutcome {
  const own = readJson(bytes, (cursor) => readStruct(cursor, OWN))
  if (!own.ok) return { ok: false, fault: own.fault, reading: 'own' }
  const validation = readJson(bytes, (cursor) => readStruct(cursor, VALIDATION))
  if (!validation.ok) return { ok: false, fault: validation.fault, reading: 'validation' }
  // The casts name what the two structs' readers give; false stands for null.
  const given = <T>(name: string): T | undefined =>
    own.value.get(name) === false ? undefined : (own.value.get(name) as T | undefined)
  const exp = validation.value.get('exp') as UsedClaims['exp']
  return {
    ok: true,
    claims: {
      role: given('role'),
      prefix: given('prefix'),
      iss: given('iss'),
      aud: given('aud'),
      exp,
    },
  }
}

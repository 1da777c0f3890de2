import type { JsonFault } from '../../token/rust-json.ts'
import {
  optional,
  type Read,
  readJson,
  readText,
  readTexts,
  readVariant,
} from '../../token/rust-serde.ts'
import { readStruct, type Struct, type StructMember } from '../../token/rust-struct.ts'
import { HEADER_ALGORITHMS, type HeaderAlgorithm } from './header-algorithms.ts'
import { readJwk } from './jwk.ts'

export type HeaderOutcome =
  | { readonly ok: true; readonly alg: HeaderAlgorithm }
  | { readonly ok: false; readonly fault: JsonFault }

const readAlg: Read<HeaderAlgorithm> = (cursor) => readVariant(cursor, HEADER_ALGORITHMS)

const optionalMember = (name: string, read: Read<unknown>): StructMember => ({
  name,
  read: optional(read),
  needed: 'in-arrays',
})

/** The members the server looks at, none of which but `alg` has an effect (jsonwebtoken 9.3.1, src/header.rs). */
const HEADER: Struct = {
  name: 'Header',
  members: [
    optionalMember('typ', readText),
    { name: 'alg', read: readAlg, needed: 'always' },
    optionalMember('cty', readText),
    optionalMember('jku', readText),
    optionalMember('jwk', readJwk),
    optionalMember('kid', readText),
    optionalMember('x5u', readText),
    optionalMember('x5c', readTexts),
    optionalMember('x5t', readText),
    optionalMember('x5t#S256', readText),
  ],
}

/** The algorithm that a protected header names, read as the server reads it: every known member must fit. */
export function readHeader(bytes: Buffer): HeaderOutcome {
  const outcome = readJson(bytes, (cursor) => readStruct(cursor, HEADER))
  if (!outcome.ok) return outcome
  // The struct's own reader for `alg` gives nothing else, and it is always there.
  return { ok: true, alg: outcome.value.get('alg') as HeaderAlgorithm }
}

import { failUnplaced, type JsonCursor, readColon } from '../../token/rust-json.ts'
import { describeValue, type JsonValue } from '../../token/rust-json-scalar.ts'
import { readAny } from '../../token/rust-json-value.ts'
import { readContainer, readName, unknownVariant } from '../../token/rust-serde.ts'
import { HEADER_ALGORITHMS } from './header-algorithms.ts'

type Member = readonly [name: string, value: JsonValue]

/** Why a member does not fit; undefined when it does. */
type Fit = (value: JsonValue) => string | undefined

const KEY_ALGORITHMS = [...HEADER_ALGORITHMS, 'RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256'] as const

const fitText: Fit = (value) =>
  value.kind === 'text' ? undefined : `invalid type: ${describeValue(value)}, expected a string`

const fitTexts: Fit = (value) => {
  if (value.kind !== 'list') return `invalid type: ${describeValue(value)}, expected a sequence`
  return value.items.map(fitText).find((fault) => fault !== undefined)
}

const fitAlgorithm: Fit = (value) => {
  const name = value.kind === 'map' ? value.members[0]?.[0] : undefined
  if (value.kind === 'text') return fitName(value.text)
  if (value.kind !== 'map') return `invalid type: ${describeValue(value)}, expected string or map`
  if (name === undefined || value.members.length > 1)
    return 'invalid value: map, expected map with a single key'
  return fitName(name) ?? fitUnit(value.members[0]?.[1])
}

function fitName(name: string): string | undefined {
  return KEY_ALGORITHMS.some((each) => each === name)
    ? undefined
    : unknownVariant(name, KEY_ALGORITHMS)
}

function fitUnit(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value.kind === 'null') return undefined
  if (value.kind === 'map' && value.members.length === 0) return undefined
  return `invalid type: ${describeValue(value)}, expected unit`
}

/** The members every JWK may have (RFC 7517 §4), null being as good as absent. */
const COMMON: ReadonlyMap<string, Fit> = new Map([
  ['use', fitText],
  ['key_ops', fitTexts],
  ['alg', fitAlgorithm],
  ['kid', fitText],
  ['x5u', fitText],
  ['x5c', fitTexts],
  ['x5t', fitText],
  ['x5t#S256', fitText],
])

const CURVES = ['P-256', 'P-384', 'P-521', 'Ed25519']

/** The key types with the members each must have as strings, and whether it must have a known `crv`. */
const KEY_TYPES = [
  { kty: 'EC', texts: ['x', 'y'], curve: true },
  { kty: 'RSA', texts: ['n', 'e'], curve: false },
  { kty: 'oct', texts: ['k'], curve: false },
  { kty: 'OKP', texts: ['x'], curve: true },
] as const

/**
 * Reads the header's `jwk`, of which only the shape counts: keys are neither decoded nor used (jsonwebtoken 9.3.1,
 * src/jwk.rs, with serde's flattened and untagged reading).
 */
export function readJwk(cursor: JsonCursor): true | undefined {
  return readContainer(cursor, 'struct Jwk', { map: readJwkMembers })
}

function readJwkMembers(cursor: JsonCursor): true | undefined {
  const members: Member[] = []
  for (;;) {
    const name = readName(cursor, members.length === 0)
    if (name === undefined) break
    const value = readColon(cursor) ? readAny(cursor) : undefined
    if (value === undefined) return undefined
    members.push([name, value])
  }
  if (cursor.fault !== undefined) return undefined
  const fault = findCommonFault(members)
  if (fault !== undefined) return failUnplaced(cursor, fault, 'shape')
  if (KEY_TYPES.some((type) => fitsKeyType(members, type))) return true
  return failUnplaced(
    cursor,
    'data did not match any variant of untagged enum AlgorithmParameters',
    'shape',
  )
}

function findCommonFault(members: readonly Member[]): string | undefined {
  const seen = new Set<string>()
  for (const [name, value] of members) {
    const fit = COMMON.get(name)
    if (fit === undefined) continue
    if (seen.has(name)) return `duplicate field \`${name}\``
    seen.add(name)
    const fault = value.kind === 'null' ? undefined : fit(value)
    if (fault !== undefined) return fault
  }
  return undefined
}

function fitsKeyType(members: readonly Member[], type: (typeof KEY_TYPES)[number]): boolean {
  const needed: readonly string[] = ['kty', ...type.texts, ...(type.curve ? ['crv'] : [])]
  return needed.every((name) => {
    const [value, ...repeats] = members.filter(([each]) => each === name)
    if (value === undefined || repeats.length > 0) return false
    if (name === 'kty') return isVariant(value[1], [type.kty])
    return name === 'crv' ? isVariant(value[1], CURVES) : value[1].kind === 'text'
  })
}

/** Whether `value` names one of `names`: `"NAME"` or `{"NAME": null}`. */
function isVariant(value: JsonValue, names: readonly string[]): boolean {
  if (value.kind === 'text') return names.includes(value.text)
  if (value.kind !== 'map' || value.members.length !== 1) return false
  const [name, inner] = value.members[0] ?? ['', undefined]
  return names.includes(name) && inner?.kind === 'null'
}

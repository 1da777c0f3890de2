import { failUnplaced, hasElement, type JsonCursor, readColon } from './rust-json.ts'
import { ignoreValue } from './rust-json-ignore.ts'
import { failRepeated, type Read, readContainer, readName } from './rust-serde.ts'

/** One known member of a struct. */
export interface StructMember {
  readonly name: string
  readonly read: Read<unknown>
  /** Where it must be there: in an object, in an array given for the struct, or both. */
  readonly needed: 'always' | 'in-arrays' | 'never'
}

/** A struct with serde's derived reading: an object, or an array that holds the members in their order. */
export interface Struct {
  readonly name: string
  readonly members: readonly StructMember[]
}

/** The members' values by name; members that are absent have no entry. */
export type StructValues = ReadonlyMap<string, unknown>

/** Reads a struct; unknown members are skipped, known ones may not be repeated (serde_derive 1.0.228). */
export function readStruct(cursor: JsonCursor, struct: Struct): StructValues | undefined {
  return readContainer(cursor, `struct ${struct.name}`, {
    map: (inside) => readObject(inside, struct),
    list: (inside) => readArray(inside, struct),
  })
}

function readObject(cursor: JsonCursor, struct: Struct): StructValues | undefined {
  const values = new Map<string, unknown>()
  for (let first = true; ; first = false) {
    const name = readName(cursor, first)
    if (name === undefined) break
    cursor.member = name
    const member = struct.members.find((each) => each.name === name)
    if (member !== undefined && values.has(name)) return failRepeated(cursor, name)
    if (!readColon(cursor)) return undefined
    if (member === undefined) ignoreValue(cursor)
    else values.set(name, member.read(cursor))
    if (cursor.fault !== undefined) return undefined
  }
  if (cursor.fault !== undefined) return undefined
  const missing = struct.members.find(
    ({ name, needed }) => needed === 'always' && !values.has(name),
  )
  if (missing === undefined) return values
  cursor.member = missing.name
  return failUnplaced(cursor, `missing field \`${missing.name}\``, 'missing')
}

function readArray(cursor: JsonCursor, struct: Struct): StructValues | undefined {
  const values = new Map<string, unknown>()
  for (const [index, { name, read, needed }] of struct.members.entries()) {
    if (hasElement(cursor, values.size === 0)) {
      cursor.member = name
      values.set(name, read(cursor))
    } else if (cursor.fault === undefined && needed !== 'never') {
      const expected = `struct ${struct.name} with ${struct.members.length} elements`
      return failUnplaced(cursor, `invalid length ${index}, expected ${expected}`, 'length')
    }
    if (cursor.fault !== undefined) return undefined
  }
  return values
}

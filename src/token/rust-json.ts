/** Why serde_json 1.0.149 refuses a text; `line` and `column` are 0 until the position is known. */
export interface JsonFault {
  readonly kind:
    | 'syntax'
    | 'text'
    | 'range'
    | 'depth'
    | 'type'
    | 'length'
    | 'repeated'
    | 'missing'
    | 'variant'
    | 'shape'
  readonly text: string
  readonly line: number
  readonly column: number
  /** The struct member that was being read, or was read last. */
  readonly member: string | undefined
}

/**
 * A place in JSON bytes, moved exactly as serde_json moves its own, because the position after a failed read decides what
 * the next one sees. `fault` is the first failure; reads after it change nothing but `index`.
 */
export interface JsonCursor {
  readonly bytes: Buffer
  /** The bytes as characters up to U+00FF, from which ASCII texts are cut. */
  readonly latin1: string
  index: number
  /** How many containers may still be opened; serde_json allows 127. */
  depth: number
  fault: JsonFault | undefined
  /** The struct member being read. */
  member: string | undefined
}

/** A cursor at the start of `bytes`. */
export function openJson(bytes: Buffer): JsonCursor {
  return {
    bytes,
    latin1: bytes.toString('latin1'),
    index: 0,
    depth: 128,
    fault: undefined,
    member: undefined,
  }
}

/** The byte at the cursor, -1 at the end. */
export function peekByte(cursor: JsonCursor): number {
  return cursor.bytes[cursor.index] ?? -1
}

/** The byte at the cursor, moving past it; -1 at the end, where nothing moves. */
export function nextByte(cursor: JsonCursor): number {
  const byte = cursor.bytes[cursor.index]
  if (byte === undefined) return -1
  cursor.index++
  return byte
}

/** The first byte that is no JSON white space, left in place; -1 at the end. */
export function skipWhiteSpace(cursor: JsonCursor): number {
  for (;;) {
    const byte = peekByte(cursor)
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x09 && byte !== 0x0d) return byte
    cursor.index++
  }
}

/** Records a failure at the cursor, unless one is recorded already. */
export function fail(
  cursor: JsonCursor,
  text: string,
  kind: JsonFault['kind'] = 'syntax',
): undefined {
  recordFault(cursor, text, kind, cursor.index)
  return undefined
}

/** Records a failure that blames the byte at the cursor: one column further on. */
export function failAhead(
  cursor: JsonCursor,
  text: string,
  kind: JsonFault['kind'] = 'syntax',
): undefined {
  recordFault(cursor, text, kind, Math.min(cursor.bytes.length, cursor.index + 1))
  return undefined
}

/** Records a failure whose position the enclosing read fills in (serde's errors know none). */
export function failUnplaced(cursor: JsonCursor, text: string, kind: JsonFault['kind']): undefined {
  cursor.fault ??= { kind, text, line: 0, column: 0, member: cursor.member }
  return undefined
}

function recordFault(
  cursor: JsonCursor,
  text: string,
  kind: JsonFault['kind'],
  index: number,
): void {
  const { bytes, member } = cursor
  cursor.fault ??= { kind, text, ...positionOf(bytes, index), member }
}

/** Gives a failure without a position the cursor's (serde_json's `fix_position`). */
export function placeFault(cursor: JsonCursor): void {
  if (cursor.fault?.line === 0)
    cursor.fault = { ...cursor.fault, ...positionOf(cursor.bytes, cursor.index) }
}

function positionOf(bytes: Buffer, index: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (;;) {
    const feed = bytes.indexOf(0x0a, start)
    if (feed === -1 || feed >= index) return { line, column: index - start }
    line++
    start = feed + 1
  }
}

/** A failure as serde_json displays it. */
export function describeJsonFault(fault: JsonFault): string {
  return fault.line === 0
    ? fault.text
    : `${fault.text} at line ${fault.line} column ${fault.column}`
}

/** Reads the rest of `true`, `false` or `null` after its first letter; false when it is something else. */
export function readIdent(cursor: JsonCursor, rest: string): boolean {
  for (let at = 0; at < rest.length; at++) {
    const byte = nextByte(cursor)
    if (byte === -1) fail(cursor, 'EOF while parsing a value')
    else if (byte !== rest.charCodeAt(at)) fail(cursor, 'expected ident')
    else continue
    return false
  }
  return true
}

/** Enters a list or map; false at the recursion limit of 128. */
export function enterContainer(cursor: JsonCursor): boolean {
  cursor.depth--
  if (cursor.depth === 0) {
    failAhead(cursor, 'recursion limit exceeded', 'depth')
    return false
  }
  cursor.index++
  return true
}

/** Whether another element follows in a list; `first` for the one right after `[`. False also on failure. */
export function hasElement(cursor: JsonCursor, first: boolean): boolean {
  const byte = skipWhiteSpace(cursor)
  if (byte === -1) failAhead(cursor, 'EOF while parsing a list')
  else if (byte === 0x5d) return false
  else if (first) return true
  else if (byte !== 0x2c) failAhead(cursor, 'expected `,` or `]`')
  else {
    cursor.index++
    const after = skipWhiteSpace(cursor)
    if (after === 0x5d) failAhead(cursor, 'trailing comma')
    else if (after === -1) failAhead(cursor, 'EOF while parsing a value')
    else return true
  }
  return false
}

/** Whether another member follows in a map, the cursor then at its opening quote; `first` right after `{`. */
export function hasMember(cursor: JsonCursor, first: boolean): boolean {
  const byte = skipWhiteSpace(cursor)
  if (byte === -1) failAhead(cursor, 'EOF while parsing an object')
  else if (byte === 0x7d) return false
  else if (first) {
    if (byte === 0x22) return true
    failAhead(cursor, 'key must be a string')
  } else if (byte !== 0x2c) failAhead(cursor, 'expected `,` or `}`')
  else {
    cursor.index++
    const after = skipWhiteSpace(cursor)
    if (after === 0x22) return true
    if (after === 0x7d) failAhead(cursor, 'trailing comma')
    else failAhead(cursor, after === -1 ? 'EOF while parsing a value' : 'key must be a string')
  }
  return false
}

/** Reads the colon between a member's name and value; false when there is none. */
export function readColon(cursor: JsonCursor): boolean {
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x3a) {
    cursor.index++
    return true
  }
  failAhead(cursor, byte === -1 ? 'EOF while parsing an object' : 'expected `:`')
  return false
}

/** Leaves a list. Runs after a failure, too: what it skips moves the position the failure gets. */
export function leaveList(cursor: JsonCursor): void {
  cursor.depth++
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x5d) cursor.index++
  else if (byte === 0x2c) {
    cursor.index++
    const after = skipWhiteSpace(cursor)
    failAhead(cursor, after === 0x5d ? 'trailing comma' : 'trailing characters')
  } else failAhead(cursor, byte === -1 ? 'EOF while parsing a list' : 'trailing characters')
}

/** Leaves a map, as leaveList leaves a list. */
export function leaveMap(cursor: JsonCursor): void {
  cursor.depth++
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x7d) cursor.index++
  else if (byte === 0x2c) failAhead(cursor, 'trailing comma')
  else failAhead(cursor, byte === -1 ? 'EOF while parsing an object' : 'trailing characters')
}

/** Fails unless nothing but white space follows. */
export function endJson(cursor: JsonCursor): void {
  if (cursor.fault === undefined && skipWhiteSpace(cursor) !== -1)
    failAhead(cursor, 'trailing characters')
}

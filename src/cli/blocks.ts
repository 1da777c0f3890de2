/** Some whole lines (or records) of an input. */
export interface Block {
  readonly bytes: Uint8Array
  /** The number of its first line, from 1. */
  readonly line: number
  /** Set where the bytes are only the beginning of a line that is longer than is read. */
  readonly cut?: true
}

export interface BlockForm {
  /** Bytes that one line may have. */
  readonly limit: number
  /** Whether a line end inside double quotes ends nothing (RFC 4180). */
  readonly quoted: boolean
}

const QUOTE = 0x22
const COMMA = 0x2c
const LINE_FEED = 0x0a

/**
 * Cuts what comes in where a line ends, one block for a chunk; the bytes of a longer line are passed over up to its end
 * and never held. Without a final line end the last line counts too.
 */
export async function* cutBlocks(
  chunks: AsyncIterable<Uint8Array>,
  { limit, quoted }: BlockForm,
): AsyncGenerator<Block> {
  const scan = quoted ? new RecordScan() : LINE_SCAN
  let parts: Uint8Array[] = []
  let size = 0
  let line = 1
  let skipping = false
  for await (const chunk of chunks) {
    let rest = chunk
    if (skipping) {
      const end = scan.first(rest)
      line += countLines(end === 0 ? rest : rest.subarray(0, end))
      if (end === 0) continue
      skipping = false
      rest = rest.subarray(end)
    }
    const end = scan.last(rest)
    if (end > 0) {
      const bytes = join([...parts, rest.subarray(0, end)])
      yield { bytes, line }
      line += countLines(bytes)
      parts = []
      size = 0
      rest = rest.subarray(end)
    }
    if (rest.length === 0) continue
    parts.push(rest)
    size += rest.length
    if (size <= limit) continue
    const bytes = join(parts)
    yield { bytes: bytes.subarray(0, limit), line, cut: true }
    line += countLines(bytes)
    parts = []
    size = 0
    skipping = true
  }
  if (size > 0) yield { bytes: join(parts), line }
}

/** The same bytes without the UTF-8 byte order mark that they may begin with. */
export async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    if (head.length < MARK.length && MARK.startsWith(latin1(head))) continue
    yield latin1(head.subarray(0, MARK.length)) === MARK ? head.subarray(MARK.length) : head
    head = undefined
  }
  if (head !== undefined) yield head
}

const MARK = '\u{ef}\u{bb}\u{bf}'

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** Where the first record of a block ends: its length, the line end included. */
export function firstRecordEnd(bytes: Uint8Array, quoted: boolean): number {
  const end = (quoted ? new RecordScan() : LINE_SCAN).first(bytes)
  return end === 0 ? bytes.length : end
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = parts
  return first !== undefined && others.length === 0 ? first : Buffer.concat(parts)
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++
  return count
}

/** Where lines end in one chunk after the other: the offset behind an end, 0 where none is. */
interface Scan {
  first(chunk: Uint8Array): number
  last(chunk: Uint8Array): number
}

const LINE_SCAN: Scan = {
  first: (chunk) => chunk.indexOf(LINE_FEED) + 1,
  last: (chunk) => chunk.lastIndexOf(LINE_FEED) + 1,
}

/** The ends of CSV records: a quote opens a field only at its beginning, and a doubled one does not close it. */
class RecordScan implements Scan {
  #inside = false
  #atStart = true
  #closed = false

  first(chunk: Uint8Array): number {
    return this.#scan(chunk, true)
  }

  last(chunk: Uint8Array): number {
    return this.#scan(chunk, false)
  }

  #scan(chunk: Uint8Array, onlyFirst: boolean): number {
    let end = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (byte === QUOTE) {
        const opens = !this.#inside && (this.#atStart || this.#closed)
        this.#closed = this.#inside
        this.#inside = opens
        this.#atStart = false
        continue
      }
      this.#closed = false
      this.#atStart = byte === COMMA || byte === LINE_FEED
      if (byte !== LINE_FEED || this.#inside) continue
      end = at + 1
      if (onlyFirst) break
    }
    return end
  }
}

/** Numbers of 32 bits that an entry takes: the two halves of its hash and its line. */
const ENTRY = 3

const FIRST_SLOTS = 1024

/** A text's hash of 64 bits, as two halves. */
export type Hash = readonly [low: number, high: number]

/**
 * 64 bits that two different texts share by accident only (two multiplying lanes over the UTF-16 code units, mixed at the
 * end): among a million texts with a chance of 3 in 100 million. They withstand no attack, and need not.
 */
export function hashText(text: string): Hash {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 2_654_435_761)
    high = Math.imul(high ^ unit, 1_597_334_677)
  }
  const lowMixed = mix(low, high)
  return [lowMixed, mix(high, lowMixed)]
}

function mix(one: number, other: number): number {
  const value = Math.imul(one ^ (one >>> 16), 2_246_822_507)
  return (value ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)) >>> 0
}

/** A set of hashes, each with the line where it was first seen, in a few bytes an entry. */
export class Seen {
  #entries = new Uint32Array(FIRST_SLOTS * ENTRY)
  #size = 0

  /** How many different hashes it holds. */
  get size(): number {
    return this.#size
  }

  /** The line at which this hash was added before; undefined when it was not, and then it is added with `line` (from 1). */
  add([low, high]: Hash, line: number): number | undefined {
    const place = find(this.#entries, low, high)
    const known = this.#entries[place + 2]
    if (known !== undefined && known !== 0) return known
    this.#entries.set([low, high, line], place)
    this.#size++
    if (this.#size * ENTRY * 2 > this.#entries.length) this.#grow()
    return undefined
  }

  /** Whether this hash was added. */
  has([low, high]: Hash): boolean {
    return this.#entries[find(this.#entries, low, high) + 2] !== 0
  }

  #grow(): void {
    const old = this.#entries
    const entries = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += ENTRY)
      if (old[at + 2] !== 0)
        entries.set(old.subarray(at, at + ENTRY), find(entries, old[at] ?? 0, old[at + 1] ?? 0))
    this.#entries = entries
  }
}

/** Where the hash stands, or the free place where it belongs; an entry without a line is free. */
function find(entries: Uint32Array, low: number, high: number): number {
  const slots = entries.length / ENTRY
  let slot = low % slots
  for (;;) {
    const at = slot * ENTRY
    if (entries[at + 2] === 0 || (entries[at] === low && entries[at + 1] === high)) return at
    slot = slot + 1 === slots ? 0 : slot + 1
  }
}

import type { BatchReply } from './batch-engine.ts'
import type { RowFault } from './batch-lines.ts'
import type { BatchOutput } from './batch-output.ts'
import { type Hash, Seen } from './seen.ts'

/** What is known of a block of rows once it has been held against all rows before it. */
export interface Reviewed {
  readonly faults: readonly RowFault[]
  /** The rows to mint, and those that an earlier run has minted, by their place in the reply. */
  readonly fresh: readonly number[]
  readonly done: readonly number[]
}

/** Looks at the rows of a batch in their order for what no row can know alone: ids that come twice, and what is there. */
export class BatchReview {
  readonly #output: BatchOutput
  readonly #ids = new Seen()
  readonly #jtis = new Seen()
  /** Rows so far: without a fault, done by an earlier run, opening everything, opening nothing. */
  rows = 0
  done = 0
  everything = 0
  nothing = 0

  constructor(output: BatchOutput) {
    this.#output = output
  }

  /** Reviews the next block. */
  async take(reply: BatchReply): Promise<Reviewed> {
    const faults = [...reply.faults]
    const fresh: number[] = []
    const done: number[] = []
    for (const [place, line] of reply.lines.entries()) {
      const name = reply.names[place]
      const message =
        this.#findTwin(reply, place, line) ??
        // Awaiting nothing would still cost every row more than all the rest here.
        (name !== undefined ? await this.#output.refuse?.(name) : undefined)
      const isDone = this.#output.isDone?.(name ?? '', hashAt(reply, place, 0)) ?? false
      if (message !== undefined) faults.push({ line, message })
      else if (isDone instanceof Promise ? await isDone : isDone) done.push(place)
      else fresh.push(place)
    }
    this.rows += fresh.length + done.length
    this.done += done.length
    for (const place of [...fresh, ...done]) {
      if (reply.reaches[place] === 'all') this.everything++
      if (reply.reaches[place] === 'none') this.nothing++
    }
    if (reply.faults.length === faults.length) return { faults, fresh, done }
    return { faults: faults.toSorted((a, b) => a.line - b.line), fresh, done }
  }

  /** What a row shares with one before it; it is remembered for those that follow. */
  #findTwin(reply: BatchReply, place: number, line: number): string | undefined {
    const name = reply.names[place]
    const other = this.#ids.add(hashAt(reply, place, 0), line)
    if (other !== undefined)
      return name === undefined
        ? `the id stands in line ${other} already`
        : `the token of line ${other} goes to ${name} already`
    const jti = hashAt(reply, place, 2)
    const same = jti[0] === 0 && jti[1] === 0 ? undefined : this.#jtis.add(jti, line)
    return same === undefined ? undefined : `the jti stands in line ${same} already`
  }
}

function hashAt({ hashes }: BatchReply, place: number, half: 0 | 2): Hash {
  return [hashes[place * 4 + half] ?? 0, hashes[place * 4 + half + 1] ?? 0]
}

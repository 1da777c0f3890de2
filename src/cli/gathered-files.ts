import type { FileRead } from '../config/file.ts'
import type { Host } from '../host/host.ts'
import { placeOf } from '../host/node-files.ts'

/** Files are asked for at most this many rounds: one names the next, a unit its env file, a configuration its key. */
const ROUNDS = 10

/**
 * The files that a pure reading asks for, read between two rounds of it: it is run again until it asks for nothing new.
 * What is not read yet is unknown to it.
 */
export class GatheredFiles {
  readonly #host: Host
  readonly #base: string
  readonly #limit: number
  readonly #known = new Map<string, FileRead>()
  readonly #wanted = new Set<string>()

  /** `base` is the directory that relative paths start from; no file of more than `limit` bytes is read. */
  constructor(host: Host, base: string, limit: number) {
    this.#host = host
    this.#base = base
    this.#limit = limit
  }

  /** The file at `path` as far as it was read. */
  readonly find = (path: string): FileRead | undefined => {
    const read = this.#known.get(path)
    if (read === undefined) this.#wanted.add(path)
    return read
  }

  /** The result of `work` when every file it asks for is there; what it throws before that is not heard. */
  async settle<Result>(work: () => Result): Promise<Result> {
    for (let round = 1; ; round++) {
      try {
        const result = work()
        if (this.#wanted.size === 0 || round === ROUNDS) return result
      } catch (error) {
        if (this.#wanted.size === 0 || round === ROUNDS) throw error
      }
      for (const path of this.#wanted) this.#known.set(path, await this.#read(path))
      this.#wanted.clear()
    }
  }

  async #read(path: string): Promise<FileRead> {
    const place = placeOf(this.#base, path)
    // Only what is there can be read or refused; a pipe or a device might never end.
    const there = await this.#host.files.stat(place)
    if (there?.kind === 'other')
      return { ok: false, failure: 'other', message: 'Not a regular file' }
    const read = await this.#host.files.read(place, this.#limit)
    return read.ok || there !== undefined ? read : { ...read, hidden: true }
  }
}

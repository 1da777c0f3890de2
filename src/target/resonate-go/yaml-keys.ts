import type { Characters, Mark } from './yaml-characters.ts'

interface SimpleKey {
  possible: boolean
  readonly required: boolean
  readonly number: number
  readonly mark: Mark
}

/** A key longer than this is none. */
const MAX_KEY = 1024

/** The tokens that may turn out to be keys without a `?`, one at most on every level of flow (scannerc.go, simple_keys). */
export class SimpleKeys {
  readonly #characters: Characters
  readonly #levels: (SimpleKey | undefined)[] = [undefined]
  readonly #byNumber = new Map<number, SimpleKey>()

  constructor(characters: Characters) {
    this.#characters = characters
  }

  /** Whether the token `number` may yet turn out to be a key. */
  isUndecided(number: number): boolean {
    const key = this.#byNumber.get(number)
    return key !== undefined && this.#isValid(key)
  }

  /** The token `number` has been taken. */
  forget(number: number): void {
    this.#byNumber.delete(number)
  }

  openLevel(): void {
    this.#levels.push(undefined)
  }

  closeLevel(): void {
    this.#levels.pop()
  }

  /** The next token, `number`, may be a key; a `required` one must. */
  save(number: number, required: boolean): void {
    this.drop()
    const key: SimpleKey = { possible: true, required, number, mark: this.#characters.mark }
    this.#levels[this.#levels.length - 1] = key
    this.#byNumber.set(number, key)
  }

  /** No key on this level after all. Throws YamlProblem where there had to be one. */
  drop(): void {
    const key = this.#levels.at(-1)
    if (key?.possible !== true) return
    if (key.required) this.#characters.fail("could not find expected ':'", key.mark)
    key.possible = false
  }

  /** The key that a `:` here ends, which then is none any more. */
  take(): { readonly number: number; readonly mark: Mark } | undefined {
    const key = this.#levels.at(-1)
    if (key === undefined || !this.#isValid(key)) return undefined
    key.possible = false
    return key
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    const { line, index } = this.#characters
    if (key.mark.line >= line && key.mark.index + MAX_KEY >= index) return true
    if (key.required) this.#characters.fail("could not find expected ':'", key.mark)
    key.possible = false
    return false
  }

  /** Where the last key of this level stood; the beginning of the text where there was none. */
  get mark(): Mark {
    return this.#levels.at(-1)?.mark ?? { index: 0, line: 0, column: 0 }
  }
}

import type { FileRead } from '../config/file.ts'
import { AuthError } from '../errors.ts'
import type { AuthSettings, KeyLoad, Target } from '../target/target.ts'
import type { Conversation } from './conversation.ts'
import { tokenTarget } from './target-option.ts'

/** Bytes of a key file at most; the server reads any size, this tool does not. */
export const KEY_FILE_LIMIT = 4 * 1024 * 1024

/** What `target` makes of the key file at its start. Throws UsageError for a target without tokens. */
export function loadKey(target: Target, path: string, file: FileRead): KeyLoad {
  return tokenTarget(target).tokens.loadKey(path, file)
}

/** What the server that loaded a key checks with; undefined = auth is off. Throws AuthError when it would not start. */
export function startedKey(load: KeyLoad | 'none' | undefined): AuthSettings['key'] | undefined {
  if (load === undefined || load === 'none') return load
  if (load.starts) return load.key
  throw new AuthError('ERR_NOTHING_TO_JUDGE', `the server would not start: ${load.message}`)
}

/** The key files that lines name, each read once per target. */
export class KeyCache {
  readonly #talk: Conversation
  readonly #loads = new Map<Target, Map<string, KeyLoad>>()

  constructor(talk: Conversation) {
    this.#talk = talk
  }

  /** What `target` makes of the file at `path`; a promise only for the first time, undefined when auth is off. */
  find(target: Target, path: string | undefined): KeyLoad | 'none' | undefined | Promise<KeyLoad> {
    if (path === undefined || path === target.tokens?.keyWords.off) return undefined
    if (path === target.tokens?.keyWords.unsigned) return 'none'
    return this.#loads.get(target)?.get(path) ?? this.#load(target, path)
  }

  async #load(target: Target, path: string): Promise<KeyLoad> {
    const file = await this.#talk.host.files.read(path, KEY_FILE_LIMIT)
    const load = loadKey(target, path, file)
    const loads = this.#loads.get(target) ?? new Map<string, KeyLoad>()
    this.#loads.set(target, loads.set(path, load))
    return load
  }
}

import { AuthError } from '../errors.ts'
import type { Target } from '../target/target.ts'
import { loadTarget, parseTarget, type TargetId } from '../target/targets.ts'
import type { Conversation } from './conversation.ts'
import { type JsonRecord, textMember } from './jsonl.ts'
import { chooseTarget } from './target-option.ts'

/** The target that a line names as its `target`; undefined when it names none. Throws AuthError for an unknown one. */
export function lineTarget(record: JsonRecord): TargetId | undefined {
  const text = textMember(record, 'target')
  const id = text === undefined ? undefined : parseTarget(text)
  if (text === undefined || id !== undefined) return id
  throw new AuthError('ERR_TARGET', `unknown target "${text}"`)
}

/** The targets that lines are judged by, each loaded once. */
export class TargetCache {
  readonly #talk: Conversation
  readonly #targets = new Map<TargetId | undefined, Promise<Target>>()

  constructor(talk: Conversation) {
    this.#talk = talk
  }

  /** The target called `id`; for undefined the settings' one, else the default. */
  find(id: TargetId | undefined): Promise<Target> {
    const loading =
      this.#targets.get(id) ?? (id === undefined ? chooseTarget(this.#talk, {}) : loadTarget(id))
    this.#targets.set(id, loading)
    return loading
  }
}

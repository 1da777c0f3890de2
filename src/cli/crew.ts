import type { Host } from '../host/host.ts'
import type { WorkerThread } from '../host/workers.ts'
import type { EngineSetup } from './engine.ts'

/** Questions that each thread has before it at a time. */
const AHEAD = 2

/** What answers questions, here or in another thread. */
export interface Engine<Question, Answer> {
  answer(question: Question): Answer | Promise<Answer>
}

export interface CrewLimits {
  /** Questions answered here before other threads are worth their start. */
  readonly patience: number
  /** Megabytes that a thread may keep. */
  readonly memory: number
}

/** Answers many questions in their order: the first ones here, and when there are more, with all cores. */
export class Crew<Question, Answer> {
  readonly #host: Host
  readonly #setup: EngineSetup
  readonly #engine: Engine<Question, Answer>
  readonly #limits: CrewLimits
  readonly #threads: WorkerThread[] = []
  #asked = 0

  constructor(
    host: Host,
    setup: EngineSetup,
    engine: Engine<Question, Answer>,
    limits: CrewLimits,
  ) {
    this.#host = host
    this.#setup = setup
    this.#engine = engine
    this.#limits = limits
  }

  /** The answers to `questions` as they come, in order; no more questions are taken than can be worked on. */
  async *answers(questions: AsyncIterable<Question>): AsyncGenerator<Answer> {
    const source = questions[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await source.next()
        if (next.done === true) return
        if (this.#threads.length > 0 || this.#asked >= this.#limits.patience) {
          if (this.#threads.length > 0 || this.#startThreads()) {
            yield* this.#spread(next.value, source)
            return
          }
        }
        this.#asked++
        yield await this.#engine.answer(next.value)
      }
    } finally {
      // A source that waits for its next piece ends after it; nobody waits for that.
      source.return?.().catch(() => undefined)
    }
  }

  /** Ends the threads. */
  end(): void {
    for (const thread of this.#threads.splice(0)) thread.end()
  }

  #startThreads(): boolean {
    const { workers } = this.#host
    if (workers === undefined || workers.count < 2) return false
    for (let index = 0; index < workers.count; index++)
      this.#threads.push(workers.start(this.#setup, this.#limits.memory))
    return true
  }

  async *#spread(first: Question, source: AsyncIterator<Question>): AsyncGenerator<Answer> {
    const pending: Promise<Answer>[] = []
    let turn = 0
    const ask = (question: Question): void => {
      const thread = this.#threads[turn++ % this.#threads.length]
      // The engine behind the thread is the one whose answers are typed here.
      const answer = thread?.ask(question) as Promise<Answer>
      // It is awaited in its turn; until then a failure is nobody's.
      answer.catch(() => undefined)
      pending.push(answer)
    }
    ask(first)
    let next = source.next()
    for (;;) {
      const [head] = pending
      const full = pending.length >= this.#threads.length * AHEAD
      // Whatever comes first, another question or the answer that is due.
      const arrived = full
        ? undefined
        : await Promise.race(head === undefined ? [next] : [next, head.then(() => undefined)])
      if (arrived?.done === true) break
      if (arrived === undefined) {
        pending.splice(0, 1)
        if (head !== undefined) yield await head
        continue
      }
      ask(arrived.value)
      next = source.next()
    }
    for (const answer of pending) yield await answer
  }
}

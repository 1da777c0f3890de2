import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AuthError, type ErrorCode, UsageError } from '../errors.ts'

/** Another thread of this process that answers one question after the other. */
export interface WorkerThread {
  /** The answer to `question`; questions are answered in their order. Throws what answering it threw. */
  ask(question: unknown): Promise<unknown>
  /** Ends the thread at once. */
  end(): void
}

/** Threads, where this process can have them. */
export interface Workers {
  /** How many can work at the same time. */
  readonly count: number
  /**
   * Starts a thread that prepares itself with `setup`, and keeps at most `memory` megabytes: the less it may, the sooner it
   * gives back. Setup, questions and answers must be structured-cloneable.
   */
  start(setup: unknown, memory: number): WorkerThread
}

/** What a thread sends back. */
export type WorkerReply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly failure: WorkerFailure }

/** An error as it crosses the border between threads. */
export interface WorkerFailure {
  readonly message: string
  readonly stack?: string
  readonly usage: boolean
  /** Absent for a bug. */
  readonly code?: ErrorCode
  readonly hints: readonly string[]
}

/** Megabytes of young objects a thread gathers before it clears them away: more takes memory and saves no time. */
const YOUNG_GENERATION = 2

/** Threads that run the file `entry`. */
export function nodeWorkers(entry: string | URL): Workers {
  return {
    count: availableParallelism(),
    start: (setup, memory) => startThread(entry, setup, memory),
  }
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

function startThread(entry: string | URL, setup: unknown, memory: number): WorkerThread {
  const worker = new Worker(entry, {
    workerData: setup,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_GENERATION,
      maxOldGenerationSizeMb: memory,
    },
  })
  const waiting: Waiting[] = []
  worker.on('message', (reply: WorkerReply) => {
    const next = waiting.shift()
    if (reply.ok) next?.resolve(reply.answer)
    else next?.reject(toError(reply.failure))
  })
  const fail = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('a worker thread ended')))
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        worker.postMessage(question)
      }),
    end: () => {
      void worker.terminate()
    },
  }
}

/** What crosses the border for `error`. */
export function toFailure(error: unknown): WorkerFailure {
  if (!(error instanceof Error)) return { message: String(error), usage: false, hints: [] }
  const stack = error.stack === undefined ? {} : { stack: error.stack }
  if (!(error instanceof AuthError))
    return { message: error.message, ...stack, usage: false, hints: [] }
  const { message, code, hints } = error
  return { message, ...stack, usage: error instanceof UsageError, code, hints }
}

function toError({ message, stack, usage, code, hints }: WorkerFailure): Error {
  if (code === undefined)
    return Object.assign(new Error(message), stack === undefined ? {} : { stack })
  return usage ? new UsageError(message, { code, hints }) : new AuthError(code, message, { hints })
}

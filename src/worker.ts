import { parentPort, workerData } from 'node:worker_threads'
import { type EngineSetup, startEngine } from './cli/engine.ts'
import { nodeHost } from './host/node-host.ts'
import { toFailure, type WorkerReply } from './host/workers.ts'

/** What a thread of a bulk run does: prepares itself with its data, then answers one question after the other. */
export function serve(): void {
  // Only answerInOrder starts this entry, with a setup.
  const engine = startEngine(workerData as EngineSetup, nodeHost())
  // A failed start is told with each answer; without this it would end the thread before the first question.
  engine.catch(() => undefined)
  let last: Promise<void> = Promise.resolve()
  parentPort?.on('message', (question: unknown) => {
    last = last.then(async () => {
      parentPort?.postMessage(await reply(engine, question))
    })
  })
}

async function reply(
  engine: ReturnType<typeof startEngine>,
  question: unknown,
): Promise<WorkerReply> {
  try {
    return { ok: true, answer: await (await engine).answer(question) }
  } catch (error) {
    return { ok: false, failure: toFailure(error) }
  }
}

import type { Host } from '../host/host.ts'
import type { BatchSetup } from './batch-engine.ts'
import type { Engine } from './crew.ts'
import type { LineSetup } from './jsonl.ts'

/** What a thread needs to work at a bulk run. */
export type EngineSetup = BatchSetup | LineSetup

/** The engine that `setup` describes, for a thread of its own. Throws AuthError when it cannot be made. */
export async function startEngine(
  setup: EngineSetup,
  host: Host,
): Promise<Engine<unknown, unknown>> {
  switch (setup.kind) {
    case 'batch': {
      const { startBatchEngine } = await import('./batch-engine.ts')
      // Questions come from the Crew of the same setup.
      return (await startBatchEngine(setup, host.random)) as Engine<never, unknown>
    }
    case 'lines': {
      const { startLineEngine } = await import('./line-engine.ts')
      return (await startLineEngine(setup, host)) as Engine<never, unknown>
    }
  }
}

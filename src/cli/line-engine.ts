import type { Host } from '../host/host.ts'
import { nodeFiles } from '../host/node-files.ts'
import type { Block } from './blocks.ts'
import { Conversation } from './conversation.ts'
import type { Engine } from './crew.ts'
import { type Bulk, LineEngine, type LineSetup, type LinesAnswer } from './jsonl.ts'

/** The engine that answers lines as the run of `setup` does, without a word beside it. Throws AuthError as that does. */
export async function startLineEngine(
  setup: LineSetup,
  host: Host,
): Promise<Engine<Block, LinesAnswer>> {
  const { cwd, env, now, options, afterDashes } = setup
  const there: Host = { ...host, cwd, env, files: nodeFiles(cwd) }
  const talk = new Conversation(there, { ...options, quiet: true, at: now }, afterDashes)
  return new LineEngine(await makeBulk(talk, setup))
}

async function makeBulk(talk: Conversation, { command, options }: LineSetup): Promise<Bulk> {
  // The options are those that commander gave the command, and went through a structured clone.
  const given = options as never
  switch (command) {
    case 'verify':
      return (await import('./verify-lines.ts')).verifyBulk(talk, given)
    case 'can':
      return (await import('./can-lines.ts')).canBulk(talk, given)
    case 'answer':
      return (await import('./answer-lines.ts')).answerBulk(talk, given)
  }
}

import { ExitCode, type ExitStatus } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Cmd } from './command.ts'
import { Conversation, type GlobalOptions } from './conversation.ts'

/** What a command does once its line is read; the status it answers. */
export type Work = (talk: Conversation) => Promise<ExitStatus>

/** Carries the host in and the status out of the commander tree. */
export interface Edge {
  readonly host: Host
  status: ExitStatus
  /** What commander prints as the product: the help and the version. */
  help: string
  /** Runs `work` with the options that hold for every command. */
  run(command: Cmd, work: Work): Promise<void>
}

/** The edge of one run of the program with the arguments `argv`. */
export function createEdge(host: Host, argv: readonly string[] = []): Edge {
  const end = argv.indexOf('--')
  const afterDashes = end === -1 ? [] : argv.slice(end + 1)
  const edge: Edge = {
    host,
    status: ExitCode.ok,
    help: '',
    run: async (command, work) => {
      const options = command.optsWithGlobals<GlobalOptions>()
      const talk = new Conversation(host, options, afterDashes)
      // What was named is checked, also by a command that needs none.
      if (typeof options.settings === 'string') await talk.settings()
      edge.status = await work(talk)
    },
  }
  return edge
}

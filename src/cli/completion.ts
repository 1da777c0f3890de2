import type { Shell } from '../docs/shell.ts'
import { ExitCode } from '../errors.ts'
import { action, type Cmd } from './command.ts'
import type { Edge } from './edge.ts'

/** `completion`: the completion script of a shell, for the whole command line. */
export function completion(command: Cmd, edge: Edge): void {
  command
    .example('Complete in this bash', 'source <(resonate-auth completion bash)')
    .example('Complete in every fish', 'resonate-auth completion fish > resonate-auth.fish')
    .action(
      action<[Shell], unknown>(edge, async (talk, _, shell) => {
        const { completionScript } = await import('../docs/completion.ts')
        // Everything in the tree is a Cmd, and this command stands right below its root.
        const script = completionScript(command.parent as Cmd, shell)
        if (talk.json) await talk.document('completion/v1', { shell, script })
        else await talk.product(script)
        return ExitCode.ok
      }),
    )
}

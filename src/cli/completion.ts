import { Argument } from 'commander'
import { SHELLS, type Shell } from '../docs/shell.ts'
import { ExitCode } from '../errors.ts'
import { action, addCommand, type Cmd } from './command.ts'
import type { Edge } from './edge.ts'

/** `completion`: the completion script of a shell, for the whole command line. */
export function completion(program: Cmd, edge: Edge): void {
  addCommand(program, 'completion', 'help')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell to complete in').choices(SHELLS))
    .example('Complete in this bash', 'source <(resonate-auth completion bash)')
    .example('Complete in every fish', 'resonate-auth completion fish > resonate-auth.fish')
    .action(
      action<[Shell], unknown>(edge, async (talk, _, shell) => {
        const { completionScript } = await import('../docs/completion.ts')
        const script = completionScript(program, shell)
        if (talk.json) await talk.document('completion/v1', { shell, script })
        else await talk.product(script)
        return ExitCode.ok
      }),
    )
}

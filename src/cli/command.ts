import { Command, Option } from 'commander'
import type { Conversation } from './conversation.ts'
import type { Edge, Work } from './edge.ts'
import { COMMON_OPTIONS, CommonLastHelp } from './help.ts'

export interface Example {
  /** What it does, a phrase without a full stop. */
  readonly does: string
  /** A command line that runs in a folder holding private.pem, public.pem and resonate.toml. */
  readonly command: string
}

/** The headings of the command list, in their order (design: one group a row of the table). */
export const GROUPS = {
  start: 'Start:',
  tokens: 'Tokens:',
  keys: 'Keys:',
  configuration: 'Configuration:',
  server: 'Server:',
  help: 'Help:',
} as const

/** Commander's own extension point, and its only subclass: a command that carries its examples. */
export class Cmd extends Command {
  readonly examples: Example[] = []

  /** Makes a subcommand of the same class (commander calls it for `.command(name)`). */
  override createCommand(name?: string): Cmd {
    return new Cmd(name)
  }

  /** The help in our order of groups. */
  override createHelp(): CommonLastHelp {
    return Object.assign(new CommonLastHelp(), this.configureHelp())
  }

  /** Adds an example to the help, the man page and the tests that run it. */
  example(does: string, command: string): this {
    this.examples.push({ does, command })
    return this
  }

  /** The help with the examples at its end. */
  override helpInformation(...context: Parameters<Command['helpInformation']>): string {
    const help = super.helpInformation(...context)
    if (this.examples.length === 0) return help
    const lines = this.examples.map(({ does, command }) => `  # ${does}\n  $ ${command}\n`)
    return `${help}\nExamples:\n${lines.join('\n')}`
  }
}

/** Adds the subcommand `name` to `parent`, with the options that every command takes. */
export function addCommand(parent: Cmd, name: string, group: keyof typeof GROUPS): Cmd {
  // `Cmd.createCommand` makes every subcommand a Cmd.
  return addCommonOptions(parent.command(name).helpGroup(GROUPS[group]) as Cmd)
}

/** Adds the options that every command takes; Conversation reads them. */
export function addCommonOptions(command: Cmd): Cmd {
  const common = [
    new Option('--json', 'print one JSON document'),
    new Option('-q, --quiet', 'print no notes and no warnings'),
    new Option(
      '--no-input',
      'never ask; without a terminal or with CI set nothing is asked anyway',
    ),
    new Option('--no-color', 'print without colour, as with NO_COLOR'),
    new Option(
      '--settings <file>',
      "this tool's settings; else looked for up to the work tree's root",
    ),
    new Option('--no-settings', 'use no settings'),
  ]
  for (const option of common) command.addOption(option.helpGroup(COMMON_OPTIONS))
  return command.helpOption('-h, --help', 'print this help')
}

/** What commander calls for `command`: parses operands and options, then runs the work they make. */
export function action<Operands extends readonly unknown[], Options>(
  edge: Edge,
  work: (talk: Conversation, options: Options, ...operands: Operands) => ReturnType<Work>,
): (this: Command, ...args: readonly unknown[]) => Promise<void> {
  return function run(this: Command, ...args: readonly unknown[]): Promise<void> {
    // commander passes the operands first, then the options and the command.
    const operands = args.slice(0, -2) as unknown as Operands
    return edge.run(this as Cmd, (talk) => work(talk, this.opts() as Options, ...operands))
  }
}

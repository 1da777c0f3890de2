import { Command } from 'commander'

export interface Example {
  /** What it does, a phrase without a full stop. */
  readonly does: string
  /** A command line that runs in a folder holding private.pem, public.pem and resonate.toml. */
  readonly command: string
}

/** Commander's own extension point, and its only subclass: a command that carries its examples. */
export class Cmd extends Command {
  readonly examples: Example[] = []

  /** Makes a subcommand of the same class (commander calls it for `.command(name)`). */
  override createCommand(name?: string): Cmd {
    return new Cmd(name)
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

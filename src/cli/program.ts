import { Argument } from 'commander'
import { VERSION } from '../version.ts'
import { addCommonOptions, Cmd, GROUPS } from './command.ts'
import { COMMANDS, type CommandHead } from './commands.ts'
import type { Edge } from './edge.ts'

/**
 * The whole command line as a commander tree; building it has no effects. With the arguments of a run it holds only what that
 * run can use: to load and declare the rest takes milliseconds.
 */
export async function program(edge: Edge, argv?: readonly string[]): Promise<Cmd> {
  const root = new Cmd('resonate-auth')
    .description(
      'Keys, tokens and configuration of Resonate servers: it knows what the server will answer',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .usage('<command> [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        edge.help += text
      },
      writeErr: (text) => edge.host.stderr.write(text),
      // main prints errors in the form of all errors.
      outputError: () => undefined,
      getOutHelpWidth: () => edge.host.terminal.columns,
      getErrHelpWidth: () => edge.host.terminal.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .enablePositionalOptions()
  root.addHelpCommand(helpCommand())
  const { listed, declared } = argv === undefined ? ALL : wanted(argv)
  for (const [name, head] of Object.entries(COMMANDS)) {
    if (!listed.includes(name)) continue
    const command = addHead(root, name, head)
    if (declared.includes(name)) await declare(command, head, edge)
  }
  return root
}

interface Wanted {
  /** The commands that the tree has. */
  readonly listed: readonly string[]
  /** Those of them that it has whole. */
  readonly declared: readonly string[]
}

const NAMES = Object.keys(COMMANDS)
const ALL: Wanted = { listed: NAMES, declared: NAMES }

function wanted([first = '', second = '']: readonly string[]): Wanted {
  const word = first === '--' ? second : first
  const name = nameOf(word)
  // It prints the whole tree.
  if (name === 'completion') return ALL
  if (name !== undefined) return { listed: [name], declared: [name] }
  if (word === 'help')
    return { listed: NAMES, declared: NAMES.filter((each) => each === nameOf(second)) }
  return { listed: word === '--version' || word === '-V' ? [] : NAMES, declared: [] }
}

function nameOf(word: string): string | undefined {
  return NAMES.find((name) => name === word || COMMANDS[name]?.alias === word)
}

function addHead(root: Cmd, name: string, head: CommandHead): Cmd {
  // `Cmd.createCommand` makes every subcommand a Cmd.
  const command = root.command(name) as Cmd
  command.helpGroup(GROUPS[head.group]).description(head.description)
  if (head.alias !== undefined) command.alias(head.alias)
  for (const { term, text, choices } of head.operands ?? []) {
    const operand = new Argument(term, text)
    command.addArgument(choices === undefined ? operand : operand.choices(choices))
  }
  return command
}

async function declare(command: Cmd, { parent, load }: CommandHead, edge: Edge): Promise<void> {
  if (parent === true)
    command.usage('<command> [options]').helpOption('-h, --help', 'print this help')
  else addCommonOptions(command)
  const add = await load()
  add(command, edge)
}

function helpCommand(): Cmd {
  return new Cmd('help')
    .argument('[command]')
    .description('print the help of a command')
    .helpGroup(GROUPS.help)
}

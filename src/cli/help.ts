import { type Argument, type Command, Help, type Option } from 'commander'

/** The heading of the options that every command takes. */
export const COMMON_OPTIONS = 'Options of every command:'

/** Operands that stand for what comes after `--`; the usage line shows them. */
const FROM_DASHES: ReadonlySet<string> = new Set(['server', 'operands'])

function describeArgument(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

/** commander's help with the options of every command after the command's own. */
export class CommonLastHelp extends Help {
  /** A command in the list: its names and its own operands; that there are options goes without saying. */
  override subcommandTerm(command: Command): string {
    const names = [command.name(), ...command.aliases()].join('|')
    const operands = command.registeredArguments
      .filter((argument) => !FROM_DASHES.has(argument.name()))
      .map((argument) => describeArgument(argument))
    return [names, ...operands].join(' ')
  }

  /** commander's grouping, that one group moved to the end. */
  override groupItems<Item extends Command | Option>(
    unsorted: Item[],
    visible: Item[],
    groupOf: (item: Item) => string,
  ): Map<string, Item[]> {
    const groups = super.groupItems(unsorted, visible, groupOf)
    const common = groups.get(COMMON_OPTIONS)
    if (common === undefined) return groups
    groups.delete(COMMON_OPTIONS)
    return groups.set(COMMON_OPTIONS, common)
  }
}

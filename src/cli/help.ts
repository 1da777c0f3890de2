import { type Command, Help, type Option } from 'commander'

/** The heading of the options that every command takes. */
export const COMMON_OPTIONS = 'Options of every command:'

/** commander's help with the options of every command after the command's own. */
export class CommonLastHelp extends Help {
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

import type { Cmd, Example } from '../cli/command.ts'

/** What may stand where a value is expected. */
export type Value =
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'free' }

/** One option as the documents show it. */
export interface OptionEntry {
  /** Every spelling, e.g. `-q` and `--quiet`. */
  readonly names: readonly string[]
  /** As declared, e.g. `-o, --out <file>`. */
  readonly flags: string
  /** The description with default, choices and variable. */
  readonly text: string
  /** The heading that it stands under; undefined for the command's own. */
  readonly group: string | undefined
  /** Undefined when it takes no value. */
  readonly value: Value | undefined
  /** Whether the value may be left out. */
  readonly optional: boolean
}

/** One operand as the documents show it. */
export interface OperandEntry {
  /** As in the usage line, e.g. `[token]`. */
  readonly term: string
  readonly text: string
  readonly value: Value
  readonly repeatable: boolean
}

/** One command as the documents show it. */
export interface Entry {
  /** The names from below the program's down, e.g. `key`, `inspect`; empty for the program. */
  readonly path: readonly string[]
  readonly aliases: readonly string[]
  readonly usage: string
  readonly summary: string
  readonly description: string
  readonly group: string
  readonly options: readonly OptionEntry[]
  readonly operands: readonly OperandEntry[]
  readonly examples: readonly Example[]
  readonly commands: readonly Entry[]
}

/** The commander tree as plain data; hidden options and commands are left out, as in the help. */
export function readEntry(command: Cmd, path: readonly string[] = []): Entry {
  const help = command.createHelp()
  return {
    path,
    aliases: command.aliases(),
    usage: command.usage(),
    summary: oneLine(help.subcommandDescription(command)),
    description: command.description(),
    group: command.helpGroup(),
    options: help.visibleOptions(command).map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      flags: option.flags,
      text: oneLine(help.optionDescription(option)),
      group: option.helpGroupHeading,
      value:
        option.required || option.optional
          ? valueFor(/[<[](.*)[>\]]/.exec(option.flags)?.[1] ?? '', option.argChoices)
          : undefined,
      optional: option.optional,
    })),
    operands: command.registeredArguments.map((operand) => ({
      term: help.argumentTerm(operand),
      text: oneLine(help.argumentDescription(operand)),
      value: valueFor(operand.name(), operand.argChoices),
      repeatable: operand.variadic,
    })),
    examples: command.examples,
    commands: help
      .visibleCommands(command)
      // Every subcommand is a Cmd; the help command shows what --help shows and needs no page.
      .filter((child): child is Cmd => child.name() !== 'help')
      .map((child) => readEntry(child, [...path, child.name()])),
  }
}

/** The entry and all below it, in the order of the help. */
export function* walkEntries(entry: Entry): Generator<Entry> {
  yield entry
  for (const child of entry.commands) yield* walkEntries(child)
}

/** The name of the program, or of one of its commands with dashes between. */
export function pageName({ path }: Entry): string {
  return ['resonate-auth', ...path].join('-')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function valueFor(placeholder: string, choices: readonly string[] | undefined): Value {
  if (choices !== undefined) return { kind: 'choice', choices }
  if (/file|path/i.test(placeholder)) return { kind: 'file' }
  if (/folder|director/i.test(placeholder)) return { kind: 'directory' }
  return { kind: 'free' }
}

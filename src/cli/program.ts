import { VERSION } from '../version.ts'
import { answer } from './answer.ts'
import { can } from './can.ts'
import { Cmd, GROUPS } from './command.ts'
import { completion } from './completion.ts'
import { config } from './config.ts'
import { decode } from './decode.ts'
import type { Edge } from './edge.ts'
import { explain } from './explain.ts'
import { exportToken } from './export.ts'
import { key } from './key.ts'
import { keygen } from './keygen.ts'
import { lint } from './lint.ts'
import { mint } from './mint.ts'
import { rules } from './rules.ts'
import { verify } from './verify.ts'

type Add = (program: Cmd, edge: Edge) => void

/** The commands by name, in the order of the help; each adds itself to the tree. */
const COMMANDS: Readonly<Record<string, Add>> = {
  mint,
  decode,
  verify,
  can,
  answer,
  export: exportToken,
  keygen,
  key,
  config,
  lint,
  explain,
  rules,
  completion,
}

/** Reads the whole tree, so it never stands alone. */
const READS_ALL = 'completion'

/**
 * The whole command line as a commander tree; building it has no effects. With the first argument of a command line it holds
 * only what that line can use: declaring the rest costs every run a few milliseconds.
 */
export function program(edge: Edge, first = ''): Cmd {
  const root = new Cmd('resonate-auth')
    .description(
      'Keys, tokens and configuration of Resonate servers: it knows what the server will answer',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .usage('<command> [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => edge.host.stdout.write(text),
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
  for (const add of wanted(first)) add(root, edge)
  return root
}

function wanted(name: string): readonly Add[] {
  if (name === '--version' || name === '-V') return []
  const alone = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  return alone === undefined || name === READS_ALL ? Object.values(COMMANDS) : [alone]
}

function helpCommand(): Cmd {
  return new Cmd('help')
    .argument('[command]')
    .description('print the help of a command')
    .helpGroup(GROUPS.help)
}

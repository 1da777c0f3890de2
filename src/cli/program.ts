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
import { keygen } from './keygen.ts'
import { lint } from './lint.ts'
import { mint } from './mint.ts'
import { verify } from './verify.ts'

/** The commands by name, in the order of the help; each adds itself to the tree. */
const COMMANDS: Readonly<Record<string, (program: Cmd, edge: Edge) => void>> = {
  mint,
  decode,
  verify,
  can,
  answer,
  export: exportToken,
  keygen,
  config,
  lint,
  explain,
  completion,
}

/** Reads the whole tree, so it never stands alone. */
const READS_ALL = 'completion'

/**
 * The whole command line as a commander tree; building it has no effects. With the name of a command only that one is
 * in it: declaring the others costs every run a few milliseconds.
 */
export function program(edge: Edge, name = ''): Cmd {
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
  const alone = name !== READS_ALL && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  for (const add of alone === undefined ? Object.values(COMMANDS) : [alone]) add(root, edge)
  return root
}

function helpCommand(): Cmd {
  return new Cmd('help')
    .argument('[command]')
    .description('print the help of a command')
    .helpGroup(GROUPS.help)
}

import { CommanderError } from 'commander'
import type { Cmd } from './cli/command.ts'
import { ClosedPipe, writeProduct } from './cli/conversation.ts'
import { createEdge, type Edge } from './cli/edge.ts'
import { program } from './cli/program.ts'
import { AuthError, ExitCode, type ExitStatus, UsageError } from './errors.ts'
import type { Host } from './host/host.ts'

/** Runs the program with the arguments after its name: the one place where errors become text and a status. */
export async function main(argv: readonly string[], host: Host): Promise<ExitStatus> {
  const edge = createEdge(host, argv)
  const tree = await program(edge, argv)
  try {
    await run(tree, argv, edge)
    return edge.status
  } catch (error) {
    if (error instanceof ClosedPipe) return ExitCode.ok
    const failure = describeError(error, pathOf(tree, argv))
    if (failure.text !== undefined)
      host.stderr.write(
        asksForJson(argv) ? jsonError(failure.text) : textError(failure.text, host.env),
      )
    return failure.status
  }
}

/** Help and version, which commander throws as errors, are the product. */
async function run(tree: Cmd, argv: readonly string[], edge: Edge): Promise<void> {
  try {
    await tree.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error
    await writeProduct(edge.host.stdout, edge.help)
  }
}

interface Failure {
  readonly status: ExitStatus
  readonly text?: FailureText
}

interface FailureText {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
  readonly cause?: unknown
}

function describeError(error: unknown, path: readonly string[]): Failure {
  if (error instanceof CommanderError) return describeCommanderError(error, path)
  if (error instanceof AuthError) {
    const status = error instanceof UsageError ? ExitCode.usage : ExitCode.failure
    return { status, text: error }
  }
  // The name is all that @inquirer/prompts gives to tell its abort from a bug.
  if (error instanceof Error && error.name === 'ExitPromptError')
    return {
      status: ExitCode.interrupted,
      text: { code: 'ERR_INTERRUPTED', message: 'interrupted', hints: [] },
    }
  return {
    status: ExitCode.failure,
    text: {
      code: 'ERR_BUG',
      message: `this is a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      hints: ['please report it with the command line, without secrets'],
    },
  }
}

/** The names of the command that `argv` begins with, e.g. `key`, `inspect`. */
function pathOf(tree: Cmd, argv: readonly string[]): readonly string[] {
  const [name = '', ...rest] = argv
  const command = tree.commands.find((each) => each.name() === name || each.alias() === name)
  // `Cmd.createCommand` makes every subcommand a Cmd.
  return command === undefined ? [] : [command.name(), ...pathOf(command as Cmd, rest)]
}

/** commander's errors in our form. */
function describeCommanderError(error: CommanderError, path: readonly string[]): Failure {
  if (error.code === 'commander.help') return { status: ExitCode.usage }
  const [first = '', ...rest] = error.message.split('\n')
  return {
    status: ExitCode.usage,
    text: {
      code: 'ERR_USAGE',
      message: first.replace(/^error: /, ''),
      hints: [
        ...rest.map((line) => line.replace(/^\((.*)\)$/, '$1')).filter((line) => line !== ''),
        `see "${['resonate-auth', ...path].join(' ')} --help"`,
      ],
    },
  }
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const own = end === -1 ? argv : argv.slice(0, end)
  return own.some(
    (argument, index) =>
      argument === '--json' ||
      argument === '--jsonl' ||
      argument === '--format=json' ||
      (argument === '--format' && own[index + 1] === 'json'),
  )
}

function jsonError({ code, message, hints }: FailureText): string {
  return `${JSON.stringify({ schema: 'resonate-auth/error/v1', error: { code, message, hints } })}\n`
}

function textError({ message, hints, cause }: FailureText, env: Host['env']): string {
  const lines = [`error: ${message}`, ...hints.map((hint) => `hint: ${hint}`)]
  if ((env['RAUTH_DEBUG'] ?? '') !== '' && cause instanceof Error)
    lines.push(`cause: ${cause.stack ?? cause.message}`)
  return lines.map((line) => `resonate-auth: ${line}\n`).join('')
}

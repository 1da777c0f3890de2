import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'
import type { RunOptions, RunResult } from './options.ts'
import { FIXED_CLOCK, PROGRAM } from './program.ts'
import { PseudoTerminal } from './pseudo-terminal.ts'
import { piped, typist } from './run-here.ts'

/** The ASCII byte that ends a terminal's input, Ctrl-D. */
const END_OF_INPUT = '\u{4}'

/** The terminal of all runs that nobody watches and types at; whoever reads there finds the end of the input. */
let deserted: Promise<PseudoTerminal> | undefined
afterAll(async () => (await deserted)?.close())

/** Runs the program as a process of its own: the same as `runHere` with a real terminal and nothing in its environment. */
export async function runProcess(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { terminal: wanted = {}, answers = [] } = options
  const watched = wanted.stdout === true || wanted.stderr === true
  const terminal = await (watched ? openWatched(answers) : openDeserted())
  if (answers.length === 0) terminal.keyboard.write(END_OF_INPUT)
  const place = mkdtempSync(join(tmpdir(), 'resonate-auth-run-'))
  try {
    const stdout = openSync(join(place, 'stdout'), 'w', 0o600)
    const stderr = openSync(join(place, 'stderr'), 'w', 0o600)
    const status = await start(argv, options, [
      options.stdin === undefined ? terminal.descriptor : 'pipe',
      wanted.stdout === true ? terminal.descriptor : stdout,
      wanted.stderr === true ? terminal.descriptor : stderr,
    ]).finally(() => {
      closeSync(stdout)
      closeSync(stderr)
    })
    const written = async (stream: 'stdout' | 'stderr'): Promise<string> =>
      wanted[stream] === true ? terminal.shown() : readFileSync(join(place, stream), 'utf8')
    return { status, stdout: await written('stdout'), stderr: await written('stderr') }
  } finally {
    rmSync(place, { recursive: true })
    if (watched) terminal.close()
  }
}

function openDeserted(): Promise<PseudoTerminal> {
  deserted ??= PseudoTerminal.open()
  return deserted
}

async function openWatched(answers: NonNullable<RunOptions['answers']>): Promise<PseudoTerminal> {
  let read: (shown: string) => void = () => undefined
  const terminal = await PseudoTerminal.open((piece) => read(piece))
  read = typist(answers, terminal.keyboard)
  return terminal
}

/** The status of the ended process. Throws where it cannot be started or a signal ends it. */
function start(
  argv: readonly string[],
  { cwd, stdin, env }: RunOptions,
  stdio: ('pipe' | number)[],
): Promise<number> {
  const [command, ...before] = PROGRAM
  const child = spawn(command, [...FIXED_CLOCK.before, ...before, ...argv], {
    ...(cwd !== undefined && { cwd }),
    stdio,
    env: { ...env, ...FIXED_CLOCK.env },
    timeout: 50_000,
  })
  if (child.stdin !== null) {
    // The program need not read to the end.
    child.stdin.on('error', () => undefined)
    Readable.from(piped(stdin)).pipe(child.stdin)
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (status === null) reject(new Error(`${JSON.stringify(argv)} was ended by ${signal}`))
      else resolve(status)
    })
  })
}

import { spawnSync } from 'node:child_process'
import { PROGRAM } from '../cli/program.ts'

export { BIN, PROGRAM } from '../cli/program.ts'

export interface ProcessResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ProcessOptions {
  readonly cwd?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the built program as a process of its own, with nothing of the caller's environment but PATH. */
export function runProgram(args: readonly string[], options: ProcessOptions = {}): ProcessResult {
  const [command, ...before] = PROGRAM
  return runProcess(command, [...before, ...args], options)
}

/** Runs `command` and waits for it, with nothing of the caller's environment but PATH. */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, input = '', env = {} }: ProcessOptions = {},
): ProcessResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env['PATH'], ...env },
  })
  if (error !== undefined) throw error
  return { status, stdout, stderr }
}

/** Whether `command` can be started here. */
export function isPresent(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
}

import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Host } from './host.ts'
import { nodeFiles } from './node-files.ts'
import { nodeTerminal } from './node-terminal.ts'
import { descriptorOutput } from './output.ts'
import { generateRsa } from './rsa-generation.ts'
import { nodeWorkers, type Workers } from './workers.ts'

/** The real world of this process; `worker` is the file that its other threads run, without it there are none. */
export function nodeHost(worker?: string | URL): Host {
  const cwd = currentDirectory()
  let workers: Workers | undefined
  return {
    get stdin() {
      return process.stdin
    },
    stdout: descriptorOutput(1, () => process.stdout),
    stderr: descriptorOutput(2, () => process.stderr),
    terminal: nodeTerminal,
    env: process.env,
    cwd,
    uid: process.getuid?.(),
    files: nodeFiles(cwd),
    now: () => Math.floor(Date.now() / 1000),
    random: (size) => randomBytes(size),
    get workers() {
      if (worker !== undefined) workers ??= nodeWorkers(worker)
      return workers
    },
    generateRsa,
  }
}

/** The current directory; where it is gone, the name the shell gave it: then no relative path leads anywhere. */
function currentDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return resolve('/', process.env['PWD'] ?? '')
  }
}

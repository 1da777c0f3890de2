import { constants, fstatSync, statSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Terminal } from './host.ts'

/** Asked for only when somebody wants to know, and then as cheaply as can be. */
export const nodeTerminal: Terminal = {
  get stdin() {
    return isTerminal(0)
  },
  get stdout() {
    return isTerminal(1)
  },
  get stderr() {
    return isTerminal(2)
  },
  get columns() {
    const stream = isTerminal(1) ? process.stdout : isTerminal(2) ? process.stderr : undefined
    return stream?.columns ?? 80
  },
}

/** Node's own answer is slow to load, so it is asked about devices only, and not about the null device. */
function isTerminal(descriptor: number): boolean {
  try {
    const { mode, rdev } = fstatSync(descriptor)
    if ((mode & constants.S_IFMT) !== constants.S_IFCHR) return false
    return rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev && isatty(descriptor)
  } catch {
    return false
  }
}

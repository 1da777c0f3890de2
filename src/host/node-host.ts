import { randomBytes } from 'node:crypto'
import type { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import type { Host } from './host.ts'
import { nodeFiles } from './node-files.ts'
import { generateRsa } from './rsa-generation.ts'

/** The real world of this process. */
export function nodeHost(): Host {
  const cwd = process.cwd()
  return {
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return heard(process.stdout)
    },
    get stderr() {
      return heard(process.stderr)
    },
    // Asked for only when somebody wants to know: it loads the runtime's part for terminals.
    terminal: {
      get stdin() {
        return isatty(0)
      },
      get stdout() {
        return isatty(1)
      },
      get stderr() {
        return isatty(2)
      },
      get columns() {
        return process.stdout.columns ?? process.stderr.columns ?? 80
      },
    },
    env: process.env,
    cwd,
    uid: process.getuid?.(),
    files: nodeFiles(cwd),
    now: () => Math.floor(Date.now() / 1000),
    random: (size) => randomBytes(size),
    generateRsa,
  }
}

const heardStreams = new WeakSet<Writable>()

/** The stream, with its error events listened to: a failed write is told by its callback, not by ending the process. */
function heard<Stream extends Writable>(stream: Stream): Stream {
  if (!heardStreams.has(stream)) {
    heardStreams.add(stream)
    stream.on('error', () => undefined)
  }
  return stream
}

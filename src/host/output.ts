import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'

/** Where text goes out: of a stream only what is needed, and a failed write is told to `done` alone. */
export interface Output {
  write(text: string | Uint8Array, done?: (error?: Error | null) => void): unknown
}

/**
 * Standard output (1) or standard error (2) without the runtime's streams, which take longer to load than most commands
 * to run. Where the descriptor would make a writer wait, `stream` takes over for good.
 */
export function descriptorOutput(descriptor: 1 | 2, stream: () => Writable): Output {
  let taken: Writable | undefined
  return {
    write(text, done = () => undefined) {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      let written = 0
      try {
        while (taken === undefined && written < bytes.length)
          written += writeSync(descriptor, bytes, written)
      } catch (error) {
        // Every error of node:fs carries its errno name in `code`.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
          done(error instanceof Error ? error : new Error(String(error)))
          return
        }
        taken = stream()
        taken.on('error', () => undefined)
      }
      if (taken === undefined) done()
      else taken.write(bytes.subarray(written), done)
    },
  }
}

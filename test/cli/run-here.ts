import { PassThrough, Readable, Writable } from 'node:stream'
import type { Host } from '../../src/host/host.ts'
import { nodeFiles } from '../../src/host/node-files.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { main } from '../../src/main.ts'
import { NOW, type RunOptions, type RunResult } from './options.ts'

/** Runs the program in this process: real files, a fixed clock, no real terminal, an empty environment. */
export async function runHere(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const cwd = options.cwd ?? process.cwd()
  const { terminal = {}, stdin, answers = [] } = options
  const typed = new PassThrough()
  const host: Host = {
    ...nodeHost(),
    stdin: answers.length > 0 ? typed : Readable.from(piped(stdin)),
    stdout: collect(stdout),
    stderr: collect(stderr, typist(answers, typed)),
    terminal: {
      stdin: terminal.stdin ?? stdin === undefined,
      stdout: terminal.stdout ?? false,
      stderr: terminal.stderr ?? false,
      columns: 80,
    },
    env: options.env ?? {},
    cwd,
    files: nodeFiles(cwd),
    now: () => NOW,
    ...options.host,
  }
  const status = await main(argv, host)
  return { status, stdout: text(stdout), stderr: text(stderr) }
}

/** What is piped in, as pieces. */
export function piped(
  stdin: RunOptions['stdin'],
): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (stdin === undefined) return []
  return typeof stdin === 'string' || stdin instanceof Uint8Array ? [Buffer.from(stdin)] : stdin
}

/** Somebody who reads what is shown, piece by piece, and types each answer once. */
export function typist(
  answers: NonNullable<RunOptions['answers']>,
  typed: Writable,
): (shown: string) => void {
  const waiting = new Map(answers)
  return (shown) => {
    // A question is drawn again for every key that is pressed.
    for (const [question, answer] of waiting) {
      if (!shown.includes(question)) continue
      waiting.delete(question)
      setImmediate(() => typed.write(`${answer}\n`))
    }
  }
}

function collect(chunks: Buffer[], watch: (shown: string) => void = () => undefined): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      watch(String(chunk))
      done()
    },
  })
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString()
}

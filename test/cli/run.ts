import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Host } from '../../src/host/host.ts'
import { nodeFiles } from '../../src/host/node-files.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { main } from '../../src/main.ts'

/** 2026-11-22T12:00:00Z, the instant of every run unless it says otherwise. */
export const NOW = 1_795_348_800

export interface RunOptions {
  readonly cwd?: string
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Seconds of the clock; NOW when absent. */
  readonly now?: number
  /** Which streams are terminals; none when absent. */
  readonly terminal?: {
    readonly stdin?: boolean
    readonly stdout?: boolean
    readonly stderr?: boolean
  }
  readonly columns?: number
  readonly host?: Partial<Host>
}

export interface RunResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program in this process: real files, a fixed clock, no terminal, an empty environment. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const cwd = options.cwd ?? process.cwd()
  const terminal = options.terminal ?? {}
  const host: Host = {
    ...nodeHost(),
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: collect(stdout),
    stderr: collect(stderr),
    terminal: {
      stdin: terminal.stdin ?? options.stdin === undefined,
      stdout: terminal.stdout ?? false,
      stderr: terminal.stderr ?? false,
      columns: options.columns ?? 80,
    },
    env: options.env ?? {},
    cwd,
    files: nodeFiles(cwd),
    now: () => options.now ?? NOW,
    ...options.host,
  }
  const status = await main(argv, host)
  return { status, stdout: text(stdout), stderr: text(stderr) }
}

function collect(chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString()
}

/** A new temporary directory holding `files` (path → text, or text with a mode); removed by `remove`. */
export function folder(
  files: Readonly<Record<string, string | { readonly text: string; readonly mode: number }>> = {},
): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'resonate-auth-'))
  for (const [name, file] of Object.entries(files)) {
    const target = join(path, name)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, typeof file === 'string' ? file : file.text)
    if (typeof file !== 'string') chmodSync(target, file.mode)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

import type { Host } from '../../src/host/host.ts'

/** 2026-11-22T12:00:00Z, the instant of every run. */
export const NOW = 1_795_348_800

export interface RunOptions {
  readonly cwd?: string
  /** What is piped in; standard input is a terminal when absent. */
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly env?: Readonly<Record<string, string>>
  /** Which streams are terminals; none but standard input when absent. */
  readonly terminal?: {
    readonly stdin?: boolean
    readonly stdout?: boolean
    readonly stderr?: boolean
  }
  /** What a person at the terminal types, each once its question is shown on standard error. */
  readonly answers?: readonly (readonly [question: string, answer: string])[]
  /** Stands in for what is slow or this process's own; a process of its own does the real thing. */
  readonly host?: Partial<Pick<Host, 'files' | 'generateRsa' | 'workers'>>
}

export interface RunResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

import type { Readable, Writable } from 'node:stream'
import type { NumericDate } from '../token/numeric-date.ts'
import type { Files } from './files.ts'

/** The only door to the world; everything that is not pure is reached through it. */
export interface Host {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** Which of the three streams are terminals; `columns` is the width of stderr's. */
  readonly terminal: {
    readonly stdin: boolean
    readonly stdout: boolean
    readonly stderr: boolean
    readonly columns: number
  }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly files: Files
  /** The clock, read once by the edge. */
  now(): NumericDate
  /** `size` bytes from the system's random source. */
  random(size: number): Uint8Array
}

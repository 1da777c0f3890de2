import type { Readable } from 'node:stream'
import type { NumericDate } from '../token/numeric-date.ts'
import type { Files } from './files.ts'
import type { Output } from './output.ts'
import type { Workers } from './workers.ts'

/** The only door to the world; everything that is not pure is reached through it. */
export interface Host {
  /** Opened only when something reads it: opening it costs start-up time. */
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The user's id, undefined where the system has none. */
  readonly uid: number | undefined
  readonly files: Files
  /** The clock, in whole seconds; the edge reads it once. */
  now(): NumericDate
  /** `size` bytes from the system's random source. */
  random(size: number): Uint8Array
  /** Other threads for bulk runs; undefined where there are none. */
  readonly workers: Workers | undefined
  /** A new RSA key of `bits` with the exponent 65537, as PKCS#8 DER; takes seconds and can be interrupted. */
  generateRsa(bits: number): Promise<Uint8Array>
}

/** Which of the three streams are terminals; `columns` is the width to write for. */
export interface Terminal {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly columns: number
}

import { AuthError, UsageError } from '../errors.ts'
import { writeError } from '../host/file-failure.ts'
import type { Host } from '../host/host.ts'
import type { Output } from '../host/output.ts'
import { readStream } from '../host/read-stream.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import type { FoundSettings } from './settings.ts'

/** The options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly input?: boolean
  readonly color?: boolean
  readonly at?: NumericDate
  /** A file of settings; false = none. */
  readonly settings?: string | false
}

/** The reader of standard output went away; the run ends quietly. */
export class ClosedPipe extends Error {}

/** One run of one command: what it may ask, where its product goes, where it talks. */
export class Conversation {
  readonly host: Host
  readonly json: boolean
  readonly quiet: boolean
  /** The instant of this run: --at, else the clock. */
  readonly now: NumericDate
  /** What stands after `--` on the command line: another program's arguments. commander counts them as operands. */
  readonly afterDashes: readonly string[]
  readonly #options: GlobalOptions
  #settings: Promise<FoundSettings> | undefined
  #stdinFor: string | undefined

  constructor(host: Host, options: GlobalOptions, afterDashes: readonly string[] = []) {
    this.host = host
    this.afterDashes = afterDashes
    this.json = options.json === true
    this.quiet = options.quiet === true
    this.now = options.at ?? host.now()
    this.#options = options
  }

  /** Whether somebody can be asked: both terminals there, neither --no-input nor CI. */
  get interactive(): boolean {
    const { env, terminal } = this.host
    const asked = this.#options.input !== false && (env['CI'] ?? '') === ''
    return asked && terminal.stdin && terminal.stderr
  }

  /** Whether `stream` gets colour: --no-color, then NO_COLOR, FORCE_COLOR, then whether it is a terminal. */
  colors(stream: 'stdout' | 'stderr'): boolean {
    const { env, terminal } = this.host
    if (this.#options.color === false) return false
    if ((env['NO_COLOR'] ?? '') !== '') return false
    if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0'
    return terminal[stream] && env['TERM'] !== 'dumb'
  }

  /** This tool's settings, looked for once. Throws UsageError for wrong ones. */
  async settings(): Promise<FoundSettings> {
    this.#settings ??= import('./settings.ts').then(({ findSettings }) =>
      findSettings(this, this.#options),
    )
    return this.#settings
  }

  /** Writes the product to standard output. Throws ClosedPipe, or AuthError when it cannot be written. */
  async product(text: string | Uint8Array): Promise<void> {
    await writeProduct(this.host.stdout, text)
  }

  /** Writes the product as one JSON document of schema `resonate-auth/<name>`, e.g. `mint/v1`. */
  async document(name: string, members: Readonly<Record<string, unknown>>): Promise<void> {
    const document = { schema: `resonate-auth/${name}`, ...members }
    await this.product(`${JSON.stringify(document, undefined, 2)}\n`)
  }

  /** Says something that needs no attention; silent under --quiet. */
  note(text: string): void {
    if (!this.quiet) this.host.stderr.write(`resonate-auth: ${text}\n`)
  }

  /** Says something that deserves attention; silent under --quiet. */
  warn(text: string): void {
    this.note(`warning: ${text}`)
  }

  /** All of standard input, at most `limit` bytes, for `purpose`; it can be read for one purpose only. */
  async readStdin(purpose: string, limit: number): Promise<Uint8Array> {
    this.#claimStdin(purpose)
    const read = await readStream(this.host.stdin, limit)
    if (read.ok) return read.bytes
    throw new AuthError(
      read.failure === 'too-large' ? 'ERR_INPUT_LIMIT' : 'ERR_FILE_DENIED',
      `standard input: ${read.failure === 'too-large' ? `more than ${limit} bytes for ${purpose}` : read.message}`,
    )
  }

  /** Standard input as it comes, for `purpose`; it can be read for one purpose only. */
  stdinChunks(purpose: string): AsyncIterable<Uint8Array> {
    this.#claimStdin(purpose)
    // Without an encoding a stream gives bytes.
    return this.host.stdin as AsyncIterable<Uint8Array>
  }

  #claimStdin(purpose: string): void {
    if (this.#stdinFor !== undefined)
      throw new UsageError(`standard input cannot be both ${this.#stdinFor} and ${purpose}`, {
        hints: ['put one of them into a file'],
      })
    this.#stdinFor = purpose
  }
}

/** Writes to standard output. Throws ClosedPipe, or AuthError when it cannot be written. */
export async function writeProduct(stream: Output, text: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) resolve()
      // Node gives the errno name in `code`.
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') reject(new ClosedPipe())
      else reject(writeError('standard output', error))
    })
  })
}

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'

const END = '\u{0}end\u{0}'

/** A terminal of 80 columns that script(1) holds open: processes get its descriptor as any of their streams. */
export class PseudoTerminal {
  readonly descriptor: number
  readonly #holder: ChildProcessByStdio<Writable, Readable, null>
  #shown = ''

  private constructor(holder: ChildProcessByStdio<Writable, Readable, null>, name: string) {
    this.#holder = holder
    this.descriptor = openSync(name, constants.O_RDWR | constants.O_NOCTTY)
  }

  /** `watch` is told each piece of what is shown. Throws where there is no script(1). */
  static async open(watch: (shown: string) => void = () => undefined): Promise<PseudoTerminal> {
    const hold = 'stty -opost cols 80; tty; exec sleep 600'
    const holder = spawn('script', ['--quiet', '--command', hold, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] },
    })
    holder.unref()
    let name = ''
    for await (const piece of holder.stdout
      .setEncoding('utf8')
      .iterator({ destroyOnReturn: false })) {
      name += piece
      if (name.includes('\n')) break
    }
    const terminal = new PseudoTerminal(holder, name.trim())
    holder.stdout.on('data', (piece: string) => {
      terminal.#shown += piece
      watch(piece)
    })
    return terminal
  }

  /** What is typed goes here. */
  get keyboard(): Writable {
    return this.#holder.stdin
  }

  /** All that was shown until now; call it once what writes there has ended. */
  async shown(): Promise<string> {
    writeSync(this.descriptor, END)
    while (!this.#shown.includes(END)) await new Promise((resolve) => setTimeout(resolve, 1))
    return this.#shown.slice(0, this.#shown.indexOf(END))
  }

  close(): void {
    closeSync(this.descriptor)
    this.#holder.kill()
  }
}

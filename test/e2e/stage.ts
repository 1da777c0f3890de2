import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { BIN } from './program.ts'

/** A temporary folder where command lines are run and shown as in a terminal. */
export class Stage {
  readonly #place = mkdtempSync(join(tmpdir(), 'resonate-auth-demo-'))
  readonly #folder = join(this.#place, 'folder')
  readonly #path = [this.#place, dirname(process.execPath), process.env['PATH']].join(delimiter)

  constructor() {
    mkdirSync(this.#folder)
    symlinkSync(BIN, join(this.#place, 'resonate-auth'))
  }

  say(text: string): void {
    console.log(`\n# ${text}`)
  }

  /** Writes a file and shows it. */
  write(name: string, text: string): void {
    this.put(name, text)
    console.log(`$ cat ${name}\n${text}`)
  }

  /** Writes a file without showing it. */
  put(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text)
  }

  read(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8')
  }

  /** Runs and shows one command line; gives the last line that it wrote. Throws when the status is not `expected`. */
  show(line: string, expected = 0): string {
    console.log(`$ ${line}`)
    const output = join(this.#place, 'output')
    const descriptor = openSync(output, 'w')
    const { status } = spawnSync('sh', ['-c', line], {
      cwd: this.#folder,
      stdio: ['ignore', descriptor, descriptor],
      env: { PATH: this.#path },
    })
    closeSync(descriptor)
    const text = readFileSync(output, 'utf8')
    process.stdout.write(text)
    if (status !== 0) console.log(`[status ${status}]`)
    if (status !== expected) throw new Error(`status ${status}, not ${expected}`)
    return text.trimEnd().split('\n').at(-1) ?? ''
  }

  /** Leaves nothing behind. */
  clear(): void {
    rmSync(this.#place, { recursive: true, force: true })
  }
}

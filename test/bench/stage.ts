import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The built program. */
export const BIN = resolve('bin/resonate-auth.js')

/** A folder with a key pair and a token, and one below it with a configuration, where processes are timed. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'resonate-auth-bench-'))

  constructor() {
    this.run([BIN, 'keygen'])
    this.write('worker.jwt', this.run([BIN, 'mint', '--prefix', 'worker-1']).stdout)
    mkdirSync(join(this.folder, 'server'))
    this.write(
      'server/resonate.toml',
      '[server]\nbind = "127.0.0.1"\n\n[auth]\npublickey = "../public.pem"\n',
    )
  }

  /** Writes a file and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  /** Runs Node with `args` and waits. Throws when it ends otherwise than with one of `statuses`. */
  run(args: readonly string[], statuses: readonly number[] = [0]): Timed {
    return this.start(process.execPath, args, statuses)
  }

  /** Runs `program` and waits. Throws when it ends otherwise than with one of `statuses`. */
  start(program: string, args: readonly string[], statuses: readonly number[] = [0]): Timed {
    const from = process.hrtime.bigint()
    const { stdout, stderr, status, error } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const milliseconds = Number(process.hrtime.bigint() - from) / 1e6
    if (error !== undefined) throw error
    if (status === null || !statuses.includes(status))
      throw new Error(`${program} ${args.join(' ')}: status ${status}\n${stderr}`)
    return { stdout, stderr, milliseconds }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export interface Timed {
  readonly stdout: string
  readonly stderr: string
  /** From the start of the process to its end. */
  readonly milliseconds: number
}

/** A figure of several rounds. */
export interface Spread {
  readonly median: number
  /** The middle half of the rounds lies between these. */
  readonly low: number
  readonly high: number
}

/** The spread of the figures of all rounds. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return [head, head.map(() => '---'), ...rows].map(line).join('')
}

/** A spread as the cells `median` and `low–high`. */
export function cells({ median, low, high }: Spread): readonly [string, string] {
  return [median.toFixed(2), `${low.toFixed(2)}–${high.toFixed(2)}`]
}

/**
 * How long whole processes take, from the start of Node to its end, as ratios to `node -e 0` in the same run. Rounds
 * are interleaved and each time is divided by the bare one of its own round, so that a busy machine slows both.
 *
 * `npm run bench` prints a table; `-- --save` also writes it into the README, `-- --rounds N` takes more rounds.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { renewPart } from '../../src/docs/documents.ts'

const { values } = parseArgs({
  options: { save: { type: 'boolean' }, rounds: { type: 'string', default: '31' } },
})

const BIN = resolve('bin/resonate-auth.js')
const folder = mkdtempSync(join(tmpdir(), 'resonate-auth-bench-'))

/** Command lines and what they may cost beside `node -e 0`. */
const CASES: readonly { readonly args: readonly string[]; readonly budget: number }[] = [
  { args: ['--help'], budget: 1.15 },
  { args: ['--version'], budget: 1.15 },
  { args: ['completion', 'bash'], budget: 1.15 },
  { args: ['mint', '--prefix', 'worker-1'], budget: 1.25 },
  { args: ['decode', '@worker.jwt'], budget: 1.25 },
  { args: ['verify', '@worker.jwt', '--publickey', 'public.pem'], budget: 1.25 },
  {
    args: ['can', 'promise.get', 'worker-1.a', '@worker.jwt', '--publickey', 'public.pem'],
    budget: 1.25,
  },
  { args: ['lint', 'resonate.toml'], budget: 1.25 },
]

try {
  prepare()
  const table = report(measure(Number(values.rounds)))
  console.log(table)
  if (values.save === true)
    writeFileSync('README.md', renewPart(readFileSync('README.md', 'utf8'), 'start-up', table))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function prepare(): void {
  run([BIN, 'keygen'])
  writeFileSync(join(folder, 'worker.jwt'), run([BIN, 'mint', '--prefix', 'worker-1']))
  writeFileSync(
    join(folder, 'resonate.toml'),
    '[server]\nbind = "127.0.0.1"\n\n[auth]\npublickey = "public.pem"\n',
  )
}

function run(args: readonly string[]): string {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}\n${stderr}`)
  return stdout
}

/** For every case its time in milliseconds divided by that of `node -e 0`, round by round. */
function measure(rounds: number): readonly (readonly number[])[] {
  const lines = CASES.map(({ args }) => [BIN, ...args])
  for (const line of lines) run(line)
  const ratios = CASES.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    const bare = time(['-e', '0'])
    for (const [index, line] of lines.entries()) ratios[index]?.push(time(line) / bare)
  }
  return ratios
}

function time(args: readonly string[]): number {
  const start = process.hrtime.bigint()
  run(args)
  return Number(process.hrtime.bigint() - start) / 1e6
}

function report(ratios: readonly (readonly number[])[]): string {
  const rows = CASES.map(({ args, budget }, index) => {
    const sorted = (ratios[index] ?? []).toSorted((a, b) => a - b)
    const at = (share: number): string =>
      (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2)
    return `| \`${args.join(' ')}\` | ${at(0.5)} | ${at(0.25)}–${at(0.75)} | ${budget} |\n`
  })
  return `| command | median, \`node -e 0\` = 1 | middle half | budget |\n|---|---|---|---|\n${rows.join('')}`
}

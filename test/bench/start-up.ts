import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { BIN, cells, type Stage, spreadOf, table } from './stage.ts'

/** A command line and what it may cost beside `node -e 0`; undefined where no budget says. */
interface Case {
  readonly args: readonly string[]
  readonly budget?: number
}

const CASES: readonly Case[] = [
  { args: ['--help'], budget: 1.15 },
  { args: ['--version'], budget: 1.15 },
  { args: ['completion', 'bash'], budget: 1.15 },
  { args: ['mint', '--prefix', 'worker-1'], budget: 1.25 },
  // What the server wants of a token is read there.
  { args: ['mint', '--prefix', 'worker-1', '--config', 'server/resonate.toml'], budget: 1.25 },
  { args: ['decode', '@worker.jwt'], budget: 1.25 },
  { args: ['verify', '@worker.jwt', '--publickey', 'public.pem'], budget: 1.25 },
  {
    args: ['can', 'promise.get', 'worker-1.a', '@worker.jwt', '--publickey', 'public.pem'],
    budget: 1.25,
  },
  { args: ['lint', 'server/resonate.toml'], budget: 1.25 },
  { args: ['config', 'server/resonate.toml'] },
  { args: ['answer', '--path', '/health', '--auth-off'] },
  { args: ['export', '@worker.jwt'] },
  { args: ['explain', '401'] },
  { args: ['rules'] },
  { args: ['key', 'inspect', 'public.pem'] },
  { args: ['keygen', '--out', 'other.pem', '--force'] },
]

/** A native tool's time, 10 ms where `node -e 0` takes 45. */
const EXECUTABLE_BUDGET = 10 / 45

const EXECUTABLE_CASES: readonly Case[] = [
  { args: ['--version'] },
  { args: ['mint', '--prefix', 'worker-1'], budget: EXECUTABLE_BUDGET },
  { args: ['verify', '@worker.jwt', '--publickey', 'public.pem'], budget: EXECUTABLE_BUDGET },
  { args: ['lint', 'server/resonate.toml'], budget: EXECUTABLE_BUDGET },
]

/**
 * How long whole processes take, from the start of Node to its end, as ratios to `node -e 0`. Rounds are interleaved and
 * each time is divided by the bare one of its own round, so that a busy machine slows both.
 */
export function startUp(stage: Stage, rounds: number): string {
  return compare(stage, rounds, [process.execPath, BIN], CASES)
}

/** The same for the executable of this machine; undefined where it has not been built. */
export function executable(stage: Stage, rounds: number): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const file = resolve(`dist/resonate-auth-${platform}-${process.arch}`)
  return existsSync(file) ? compare(stage, rounds, [file], EXECUTABLE_CASES) : undefined
}

function compare(
  stage: Stage,
  rounds: number,
  [program, ...before]: readonly [string, ...string[]],
  cases: readonly Case[],
): string {
  const time = ({ args }: Case): number => stage.start(program, [...before, ...args]).milliseconds
  // What a run keeps for later ones is made by the first two.
  for (const each of [...cases, ...cases]) time(each)
  const ratios = cases.map((): number[] => [])
  const bares: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bare = stage.run(['-e', '0']).milliseconds
    bares.push(bare)
    for (const [index, each] of cases.entries()) ratios[index]?.push(time(each) / bare)
  }
  const bare = `\`node -e 0\` (${spreadOf(bares).median.toFixed(0)} ms)`
  return table(
    ['command', `median, ${bare} = 1`, 'middle half', 'budget'],
    cases.map(({ args, budget }, index) => [
      `\`${args.join(' ')}\``,
      ...cells(spreadOf(ratios[index] ?? [])),
      budget?.toFixed(2) ?? '–',
    ]),
  )
}

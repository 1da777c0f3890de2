import { BIN, cells, type Stage, spreadOf, table } from './stage.ts'

/** Command lines and what they may cost beside `node -e 0`. */
const CASES: readonly { readonly args: readonly string[]; readonly budget: number }[] = [
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
]

/**
 * How long whole processes take, from the start of Node to its end, as ratios to `node -e 0`. Rounds are interleaved and
 * each time is divided by the bare one of its own round, so that a busy machine slows both.
 */
export function startUp(stage: Stage, rounds: number): string {
  const lines = CASES.map(({ args }) => [BIN, ...args])
  for (const line of lines) stage.run(line)
  const ratios = CASES.map((): number[] => [])
  const bares: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bare = stage.run(['-e', '0']).milliseconds
    bares.push(bare)
    for (const [index, line] of lines.entries())
      ratios[index]?.push(stage.run(line).milliseconds / bare)
  }
  return table(
    [
      'command',
      `median, \`node -e 0\` (${spreadOf(bares).median.toFixed(0)} ms) = 1`,
      'middle half',
      'budget',
    ],
    CASES.map(({ args, budget }, index) => [
      `\`${args.join(' ')}\``,
      ...cells(spreadOf(ratios[index] ?? [])),
      budget.toFixed(2),
    ]),
  )
}

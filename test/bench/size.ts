import { BIN, type Stage, spreadOf, table } from './stage.ts'

/** Settings in the file; each is one that the server does not know, so that `lint` has a finding for each. */
const SIZES = [10, 100, 1000, 10_000] as const

/** The whole process for files of many settings: milliseconds beyond those for a file of one. */
export function size(stage: Stage, rounds: number): string {
  const files = [1, ...SIZES].map((count) => stage.write(`size-${count}.toml`, settings(count)))
  const rows = (['lint', 'config'] as const).map((command) => {
    const times = files.map((): number[] => [])
    for (let round = 0; round < rounds; round++)
      for (const [index, file] of files.entries())
        times[index]?.push(stage.run([BIN, command, file], [0, 1]).milliseconds)
    const [base = 0, ...medians] = times.map((each) => spreadOf(each).median)
    return [`\`${command}\``, ...medians.map((median) => (median - base).toFixed(0))]
  })
  return table(['settings', ...SIZES.map((count) => count.toLocaleString('en'))], rows)
}

function settings(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `key_${index} = ${index}\n`)
  return `[auth]\npublickey = "public.pem"\n${lines.join('')}`
}

/**
 * `npm run bench` prints the tables of all benchmarks, `-- start-up` of one alone; `--save` also writes them into the
 * README, `--rounds N` takes more rounds.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { renewPart } from '../../src/docs/documents.ts'
import { bulk, million, shellLoop } from './bulk.ts'
import { size } from './size.ts'
import { Stage } from './stage.ts'
import { executable, startUp } from './start-up.ts'

const BENCHMARKS: Readonly<Record<string, (stage: Stage, rounds: number) => string | undefined>> = {
  'start-up': startUp,
  executable,
  size: (stage, rounds) => size(stage, Math.ceil(rounds / 3)),
  bulk: (stage, rounds) => bulk(stage, Math.ceil(rounds / 6)),
  million,
  'shell-loop': shellLoop,
}

const { values, positionals } = parseArgs({
  options: { save: { type: 'boolean' }, rounds: { type: 'string', default: '31' } },
  allowPositionals: true,
})

const stage = new Stage()
try {
  for (const [name, measure] of Object.entries(BENCHMARKS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const seen = measure(stage, Number(values.rounds))
    console.log(seen ?? `${name}: not measured, for want of the other program\n`)
    if (values.save === true && seen !== undefined)
      writeFileSync('README.md', renewPart(readFileSync('README.md', 'utf8'), name, seen))
  }
} finally {
  stage.remove()
}

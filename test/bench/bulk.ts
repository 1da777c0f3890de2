import { availableParallelism } from 'node:os'
import { BIN, cells, type Spread, type Stage, spreadOf, table } from './stage.ts'

const TOKENS = 300_000
const MILLION = 1_000_000

/** Runs in the timed process: tells what it had resident at most, in kibibytes, on standard error. */
const TELL = `process.on('exit', () => {
  require('node:fs').writeSync(2, 'resident ' + process.resourceUsage().maxRSS)
})`

/** A fleet's tokens: per core and second, beside what openssl does on one core in the same round. */
export function bulk(stage: Stage, rounds: number): string {
  const cores = availableParallelism()
  const rows = stage.write('rows.jsonl', listRows(TOKENS))
  const mintLine = [BIN, 'mint', '--batch', rows, '--out', 'minted.jsonl', '--force']
  stage.run(mintLine)
  const verifyLine = [
    '-c',
    `"${process.execPath}" "${BIN}" verify --jsonl --publickey public.pem < minted.jsonl > judged.jsonl`,
  ]
  const minted: number[] = []
  const verified: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { sign, verify } = measureOpenssl(stage)
    const perCore = (milliseconds: number): number => (TOKENS * 1000) / milliseconds / cores
    minted.push(perCore(stage.run(mintLine).milliseconds) / sign)
    verified.push(perCore(stage.start('sh', verifyLine).milliseconds) / verify)
  }
  const budget = (spread: Spread): readonly string[] => [...cells(spread), '0.80']
  return table(
    ['tokens per second and core', 'median, `openssl speed ed25519` = 1', 'middle half', 'budget'],
    [
      ['`mint --batch`', ...budget(spreadOf(minted))],
      ['`verify --jsonl`', ...budget(spreadOf(verified))],
    ],
  )
}

/** Signatures and verifications a second on one core. */
function measureOpenssl(stage: Stage): { readonly sign: number; readonly verify: number } {
  const { stdout } = stage.start('openssl', ['speed', '-seconds', '1', 'ed25519'])
  const [verify = Number.NaN, sign = Number.NaN] = stdout.trim().split(/\s+/).map(Number).reverse()
  return { sign, verify }
}

/** A batch of a million: tokens a second on all cores, and megabytes resident at most. */
export function million(stage: Stage): string {
  stage.write('tell.cjs', TELL)
  const rows = stage.write('million.jsonl', listRows(MILLION))
  const line = ['-r', './tell.cjs', BIN, 'mint', '--batch', rows, '--out', 'million.out', '--quiet']
  const { milliseconds, stderr } = stage.run(line)
  const resident = Number(/resident (\d+)/.exec(stderr)?.[1]) / 1024
  return table(
    ['a batch of a million', 'seen', 'budget'],
    [
      ['tokens a second', `${Math.round((MILLION * 1000) / milliseconds)}`, '–'],
      ['megabytes resident at most', `${Math.round(resident)}`, '200'],
    ],
  )
}

/** What a shell loop of jwt-cli makes in the time of one token of a batch; undefined where it is not there. */
export function shellLoop(stage: Stage): string | undefined {
  const loop =
    'for i in $(seq 200); do jwt encode --alg EdDSA --secret @private.pem "{}" > jwt.out; done'
  let seen: number
  try {
    stage.start('jwt', ['--version'])
    seen = 200_000 / stage.start('sh', ['-ec', loop]).milliseconds
  } catch {
    return undefined
  }
  const rows = stage.write('rows.jsonl', listRows(TOKENS))
  const line = [BIN, 'mint', '--batch', rows, '--out', 'minted.jsonl', '--force']
  const ours = (TOKENS * 1000) / stage.run(line).milliseconds
  return table(
    ['tokens a second', 'seen'],
    [
      ['a shell loop of jwt-cli', `${Math.round(seen)}`],
      ['`mint --batch`', `${Math.round(ours)}`],
    ],
  )
}

function listRows(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `{"id":"w${index}","prefix":"w${index}."}\n`,
  ).join('')
}

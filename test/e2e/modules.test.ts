import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folder } from '../cli/run.ts'
import { BIN, runProgram } from './program.ts'

const place = folder({
  'resonate.toml': '[auth]\npublickey = "public.pem"\n',
  /** Tells what a run has loaded, once it ends. */
  'tell.cjs': `
    const Module = require('node:module')
    const load = Module._load
    const outside = new Set()
    Module._load = (name, ...rest) => {
      outside.add(name.replace(/^node:/, ''))
      return load(name, ...rest)
    }
    process.on('exit', () => {
      require('node:fs').writeSync(3, JSON.stringify([...outside]))
    })`,
})
afterAll(place.remove)
const cwd = place.path
runProgram(['keygen'], { cwd })
writeFileSync(
  join(cwd, 'worker.jwt'),
  runProgram(['mint', '--prefix', 'worker-1.'], { cwd }).stdout,
)

/** What a run of `args` loads. */
function loadedBy(args: readonly string[]): readonly string[] {
  const { output } = spawnSync(process.execPath, ['-r', join(cwd, 'tell.cjs'), BIN, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {},
  })
  // The program above writes exactly this.
  return JSON.parse(output[3] ?? '') as string[]
}

/** Packages that stay outside of the bundle: each is read when it is wanted and not before. */
const PACKAGES = ['@inquirer/prompts', 'cosmiconfig', 'yaml']

/** Modules of Node that are slow to load. */
const SLOW = [
  'child_process',
  'crypto',
  'http',
  'https',
  'net',
  'readline',
  'stream',
  'tty',
  'worker_threads',
  'zlib',
]

test.each<readonly [readonly string[], readonly string[]]>([
  [['--version'], []],
  [['--help'], []],
  [['completion', 'bash'], []],
  [['decode', '@worker.jwt'], []],
  [['mint', '--prefix', 'worker-1.'], ['crypto']],
  [['verify', '@worker.jwt', '--publickey', 'public.pem'], ['crypto']],
  [['can', 'promise.get', 'worker-1.a', '--prefix', 'worker-1.'], []],
  [['lint', 'resonate.toml'], ['crypto']],
])('%j loads no package from outside and of the slow modules %j', (args, slow) => {
  const outside = loadedBy(args)
  expect({
    packages: outside.filter((name) => PACKAGES.includes(name)),
    slow: outside.filter((name) => SLOW.includes(name)),
  }).toEqual({ packages: [], slow })
})

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
      const chunks = require(process.env.PROGRAM).loaded.size
      require('node:fs').writeSync(3, JSON.stringify({ outside: [...outside], chunks }))
    })`,
})
afterAll(place.remove)
const cwd = place.path
runProgram(['keygen'], { cwd })
writeFileSync(
  join(cwd, 'worker.jwt'),
  runProgram(['mint', '--prefix', 'worker-1.'], { cwd }).stdout,
)

interface Loaded {
  /** Modules of Node and of packages, by name. */
  readonly outside: readonly string[]
  /** How many of the pieces that the program is built of. */
  readonly chunks: number
}

/** What a run of `args` loads. */
function loadedBy(args: readonly string[]): Loaded {
  const { output } = spawnSync(process.execPath, ['-r', join(cwd, 'tell.cjs'), BIN, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PROGRAM: join(dirname(BIN), 'load.js') },
  })
  // The program above writes exactly this.
  return JSON.parse(output[3] ?? '') as Loaded
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

test.each<readonly [readonly string[], readonly string[], number]>([
  [['--version'], [], 25],
  [['--help'], [], 25],
  [['completion', 'bash'], [], 60],
  [['decode', '@worker.jwt'], [], 45],
  [['mint', '--prefix', 'worker-1.'], ['crypto'], 65],
  [['verify', '@worker.jwt', '--publickey', 'public.pem'], ['crypto'], 50],
  [['can', 'promise.get', 'worker-1.a', '--prefix', 'worker-1.'], [], 50],
  [['lint', 'resonate.toml'], [], 80],
])(
  '%j loads no package from outside, of the slow modules %j, and at most %d chunks',
  (args, slow, most) => {
    const { outside, chunks } = loadedBy(args)
    expect({
      packages: outside.filter((name) => PACKAGES.includes(name)),
      slow: outside.filter((name) => SLOW.includes(name)),
    }).toEqual({ packages: [], slow })
    expect(chunks).toBeLessThanOrEqual(most)
  },
)

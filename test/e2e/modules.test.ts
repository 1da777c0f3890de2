import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
      const { pieces } = require(${JSON.stringify(resolve('bin/load.js'))})
      require('node:fs').writeSync(3, JSON.stringify({ pieces: pieces(), outside: [...outside] }))
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
  readonly pieces: readonly string[]
  readonly outside: readonly string[]
}

/** What a run of `args` loads. */
function loadedBy(args: readonly string[]): Loaded {
  const { output } = spawnSync(process.execPath, ['-r', join(cwd, 'tell.cjs'), BIN, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {},
  })
  // The program above writes exactly this.
  return JSON.parse(output[3] ?? '') as Loaded
}

const PACKAGES = [
  'chalk',
  'commander',
  'cosmiconfig',
  'fastest-levenshtein',
  'jose',
  'yaml',
]

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

test.each([
  [['--version'], ['commander'], []],
  [['--help'], ['commander'], []],
  [['completion', 'bash'], ['commander'], []],
  [['decode', '@worker.jwt'], ['commander'], []],
  [['mint', '--prefix', 'worker-1.'], ['commander'], ['crypto']],
  [['verify', '@worker.jwt', '--publickey', 'public.pem'], ['commander'], ['crypto']],
  [['can', 'promise.get', 'worker-1.a', '--prefix', 'worker-1.'], ['commander'], []],
  [['lint', 'resonate.toml'], ['commander'], ['crypto']],
])('%j loads the packages %j and of the slow modules %j', (args, packages, slow) => {
  const { pieces, outside } = loadedBy(args)
  expect({
    packages: [...pieces, ...outside].filter((name) => PACKAGES.includes(name)),
    prompts: outside.filter((name) => name.startsWith('@inquirer')),
    slow: outside.filter((name) => SLOW.includes(name)),
  }).toEqual({ packages, prompts: [], slow })
})

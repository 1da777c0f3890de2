/**
 * Compiles the program into executables with Bun, dist/resonate-auth-<platform>-<arch>: for this machine, for those named
 * (`linux-arm64 …`), or for all (`--all`). Bun's own runtime comes with its npm package, one platform a package; its
 * launcher is not linked where install scripts are off.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { fetchPackage } from './fetch-package.js'

/** Bun's name of each target, in the names of its packages and of its option. */
const TARGETS = {
  'linux-x64': 'bun-linux-x64',
  'linux-arm64': 'bun-linux-aarch64',
  'darwin-x64': 'bun-darwin-x64',
  'darwin-arm64': 'bun-darwin-aarch64',
  'windows-x64': 'bun-windows-x64',
}

const HOST = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** The runtime of `target` as its package has it. Throws where it cannot be had. */
function findRuntime(target) {
  const name = `@oven/${TARGETS[target]}`
  const file = target.startsWith('windows') ? 'bin/bun.exe' : 'bin/bun'
  const installed = `node_modules/${name}/${file}`
  if (existsSync(installed)) return installed
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const { version, integrity } = packages[`node_modules/${name}`]
  return `${fetchPackage(name, version, integrity)}/${file}`
}

function compile(target) {
  const outfile = `dist/resonate-auth-${target}${target.startsWith('windows') ? '.exe' : ''}`
  const runtime = findRuntime(target)
  execFileSync(
    findRuntime(HOST),
    [
      'build',
      ...['--compile', '--minify', '--bytecode', '--format=esm', '--splitting'],
      // Else the files of whatever directory it is started in could give it keys, or code to run.
      ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
      ...['--target', TARGETS[target], '--compile-executable-path', runtime],
      ...['.ci/one-file/main.ts', '.ci/one-file/worker.ts', '--outfile', outfile],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  return outfile
}

const args = process.argv.slice(2)
const all = args.includes('--all')
const targets = all ? Object.keys(TARGETS) : args.length > 0 ? args : [HOST]
mkdirSync('dist', { recursive: true })
for (const target of targets) {
  try {
    if (!Object.hasOwn(TARGETS, target)) throw new Error('Bun has no package for it')
    console.log(compile(target))
  } catch (error) {
    console.error(`build:binary: no executable for ${target}: ${error.message}`)
    if (!all || target === HOST) process.exitCode = 3
  }
}

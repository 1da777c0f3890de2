/**
 * Compiles the program into one executable for this machine with Bun, dist/resonate-auth-<platform>-<arch>. Bun's own
 * runtime comes with its npm package, one platform a package; its launcher is not linked where install scripts are off.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'

const PLATFORMS = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const PACKAGES = { x64: 'x64', arm64: 'aarch64' }

const platform = PLATFORMS[process.platform]
const bun = `node_modules/@oven/bun-${platform}-${PACKAGES[process.arch]}/bin/bun`
const exe = platform === 'windows' ? '.exe' : ''
if (!existsSync(`${bun}${exe}`)) {
  console.error(`build:binary: ${bun}${exe} is not there: Bun has no package for this machine`)
  process.exit(3)
}
mkdirSync('dist', { recursive: true })
const entries = ['.ci/one-file/main.ts', '.ci/one-file/worker.ts']
const outfile = `dist/resonate-auth-${platform}-${process.arch}${exe}`
execFileSync(
  `${bun}${exe}`,
  ['build', '--compile', '--minify', '--bytecode', ...entries, '--outfile', outfile],
  { stdio: ['ignore', 'ignore', 'inherit'] },
)
console.log(outfile)

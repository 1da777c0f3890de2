/**
 * Builds and tests with another Node: `npm run test:node -- 22 [ARGUMENT OF VITEST...]`, the whole suite and then the
 * suite of the command line once more with every run a process. A path in the place of the version names one that is here.
 */
import { spawnSync } from 'node:child_process'
import { delimiter, dirname, resolve } from 'node:path'
import { fetchPackage } from './fetch-package.js'

/** Node as npm's package `node` installs it: one package a platform. */
function findNode(version) {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const folder = fetchPackage(`node-${platform}-${process.arch}`, version)
  return `${folder}/bin/node${platform === 'win' ? '.exe' : ''}`
}

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--root', '.']

const [wanted = '', ...rest] = process.argv.slice(2)
const node = resolve(/^\d/.test(wanted) ? findNode(wanted) : wanted)
const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) }
for (const args of [
  ['--version'],
  ['.ci/build.js'],
  [...VITEST, '--config', 'test/vitest.config.ts', ...rest],
  [...VITEST, '--config', 'test/vitest.config.ts', '--mode', 'process', ...rest],
]) {
  const { status, error } = spawnSync(node, args, { stdio: 'inherit', env })
  if (error !== undefined) throw error
  if (status !== 0) {
    process.exitCode = 1
    break
  }
}

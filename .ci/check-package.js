/** Holds what `npm pack` would publish against a list and a size. Needs a built dist/. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Bytes, unpacked. */
const BUDGET = 1_000_000

const FILES = new Set([
  'LICENSE',
  'README.md',
  'package.json',
  'bin/load.js',
  'bin/package.json',
  'bin/resonate-auth.js',
  'bin/worker.js',
  ...JSON.parse(readFileSync('package.json', 'utf8')).man,
  ...readdirSync('src/report/schema')
    .filter((name) => name.endsWith('.json'))
    .map((name) => `dist/schema/${name}`),
])

const pack = execFileSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8' })
const [{ files, unpackedSize }] = JSON.parse(pack)
const paths = files.map(({ path }) => path)
const problems = [
  ...paths
    .filter((path) => !FILES.has(path) && !/^dist\/\w+\.cjs$/.test(path))
    .map((path) => `${path} would be published`),
  ...[...FILES, 'dist/main.cjs']
    .filter((path) => !paths.includes(path))
    .map((path) => `${path} would be missing`),
  ...(unpackedSize > BUDGET ? [`${unpackedSize} bytes unpacked, more than ${BUDGET}`] : []),
]
for (const problem of problems) console.error(`npm pack: ${problem}`)
if (problems.length === 0)
  console.log(`npm pack: ${paths.length} files, ${unpackedSize} bytes unpacked`)
process.exitCode = problems.length > 0 ? 1 : 0

/** Runs one of the project's TypeScript scripts: `node .ci/run-script.js FILE [ARGUMENT...]`. Node 20 reads no types. */
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [file, ...args] = process.argv.slice(2)
const outfile = resolve('node_modules/.cache/resonate-auth', `${basename(file, '.ts')}.mjs`)
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  packages: 'external',
  // Schemas are read by no script, and the one that writes them runs before there are any.
  external: ['*.json'],
  platform: 'node',
  target: 'node20',
  format: 'esm',
})
process.argv = [process.argv[0], file, ...args]
await import(pathToFileURL(outfile).href)

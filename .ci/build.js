/**
 * Builds dist/: the program as one CommonJS script, because Node starts that quicker than ES modules, the JSON Schemas
 * beside it, and what V8 compiled for the usual commands, which bin/load.js uses where the same Node runs.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const SCHEMAS = 'src/report/schema'

/** Large and seldom needed: loaded from node_modules then. */
const EXTERNAL = ['@inquirer/prompts', 'cosmiconfig', 'yaml']

/** commander loads node:child_process at once, for subcommands that are programs of their own; this program has none. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace: 'absent' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: '' }))
  },
}

/** The schemas stay files: editors read them too. */
const schemasBeside = {
  name: 'schemas-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\.json$/ }, ({ path }) => ({
      path: path.replace(/^\.\//, './schema/'),
      external: true,
    }))
  },
}

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/schema', { recursive: true })
await build({
  stdin: {
    contents: `export { main } from './src/main.ts'
      export { nodeHost } from './src/host/node-host.ts'
      export { serve } from './src/worker.ts'`,
    resolveDir: '.',
  },
  outfile: 'dist/main.cjs',
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // A script of node:vm has require alone.
  supported: { 'dynamic-import': false },
  external: EXTERNAL,
  plugins: [withoutChildProcess, schemasBeside],
  logLevel: 'warning',
})
for (const name of readdirSync(SCHEMAS).filter((file) => file.endsWith('.json'))) {
  const schema = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))
  writeFileSync(join('dist/schema', name), `${JSON.stringify(schema)}\n`)
}
execFileSync(process.execPath, ['.ci/warm-up.js'], { stdio: 'pipe' })

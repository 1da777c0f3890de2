/**
 * Builds dist/: every entry with its lazily loaded parts as CommonJS, because Node starts CommonJS quicker than ES
 * modules. esbuild splits ES modules only, so it bundles those first and translates the pieces after.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { build, transform } from 'esbuild'

const ENTRIES = ['src/main.ts', 'src/host/node-host.ts']

/** Large and needed only when somebody is asked something: loaded from node_modules then. */
const EXTERNAL = ['@inquirer/prompts']

/** commander loads node:child_process at once, for subcommands that are programs of their own; this program has none. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup(builder) {
    builder.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace: 'absent' } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: '' }))
  },
}

const shared = { platform: 'node', target: 'node20', logLevel: 'warning' }

const bundled = await build({
  ...shared,
  entryPoints: ENTRIES,
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  external: EXTERNAL,
  plugins: [withoutChildProcess],
  write: false,
})
const pieces = await Promise.all(
  bundled.outputFiles.map(async ({ path, text }) => {
    const { code } = await transform(text, {
      ...shared,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      minifyWhitespace: true,
      minifySyntax: true,
    })
    return { path, code }
  }),
)

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
await Promise.all(pieces.map(({ path, code }) => writeFile(path, code)))

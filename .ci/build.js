/**
 * Builds dist/ for a quick start. esbuild bundles the sources and splits off what is loaded lazily; each piece becomes a
 * function in main.cjs, or a file of its own when it is long, and bin/load.js runs it when it is first wanted. Nothing
 * in the sources has an effect when it is imported, so imports wait until they are used. At the end usual commands are
 * run once and what V8 compiled for them is kept beside the code.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { build, transform } from 'esbuild'

const ENTRIES = ['src/main.ts', 'src/host/node-host.ts']

/** Large and needed only when somebody is asked something: loaded from node_modules then. */
const EXTERNAL = ['@inquirer/prompts']

/** Longer pieces (in characters) are files of their own: reading them would cost the runs that do not need them. */
const APART = 8_000

/** Command lines whose compiled code is kept; each runs in a folder with what those before it have written. */
const USUAL = [
  '--version',
  '--help',
  'completion bash',
  'keygen',
  'mint --prefix worker-1 --out worker.jwt',
  'decode @worker.jwt',
  'verify @worker.jwt --publickey public.pem',
  'can promise.get worker-1.a @worker.jwt --publickey public.pem',
  'lint resonate.toml',
]

const CONFIGURATION = '[auth]\npublickey = "public.pem"\n'

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

const shared = { platform: 'node', target: 'node20', logLevel: 'warning', charset: 'ascii' }

await writePieces(await makePieces())
await writeCaches()

/** The bundle in pieces: a name, the body of a function of `module` and `require`, and whether every run needs it. */
async function makePieces() {
  const { outputFiles, metafile } = await build({
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
    metafile: true,
  })
  const needed = neededAtOnce(metafile.outputs)
  return Promise.all(
    outputFiles.map(async ({ path, text }) => ({
      name: `./${basename(path)}`,
      body: await toFunctionBody(text),
      needed: needed.has(basename(path)),
    })),
  )
}

/** The names of the pieces that the entries import outright. */
function neededAtOnce(outputs) {
  const reached = new Set()
  const visit = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    for (const { path: next, kind, external } of outputs[path].imports)
      if (kind === 'import-statement' && !external) visit(next)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (ENTRIES.includes(entryPoint)) visit(path)
  return new Set([...reached].map((path) => basename(path)))
}

async function toFunctionBody(text) {
  const supported = { 'dynamic-import': false }
  const { code } = await transform(text, { ...shared, format: 'cjs', supported })
  const small = { ...shared, minifyWhitespace: true, minifySyntax: true }
  return (await transform(deferImports(code), small)).code
}

/** esbuild's `var import_x = require("x")` as something that requires when its first member is read. */
function deferImports(code) {
  const names = []
  const deferred = code.replace(
    /^var (import_\w+) = ((?:__toESM\()?require\("[^"]+"\)\)?);$/gm,
    (_, name, load) => {
      names.push(name)
      return `var ${name} = { get module() {
        const value = ${load};
        Object.defineProperty(this, "module", { value });
        return value;
      } };`
    },
  )
  return names.reduce(
    (all, name) => all.replaceAll(new RegExp(`\\b${name}(?=[.[])`, 'g'), `${name}.module`),
    deferred,
  )
}

async function writePieces(pieces) {
  const isApart = ({ body, needed }) => body.length > APART && !needed
  const table = pieces
    .filter((piece) => !isApart(piece))
    .map(({ name, body }) => `${JSON.stringify(name)}(module, require) {${body}}`)
  await rm('dist', { recursive: true, force: true })
  await mkdir('dist')
  await writeFile('dist/main.cjs', `({\n${table.join(',\n')}\n})\n`)
  for (const { name, body } of pieces.filter(isApart))
    await writeFile(join('dist', name), `(module, require) => {${body}}\n`)
}

async function writeCaches() {
  const { load, scripts } = createRequire(import.meta.url)('../bin/load.js')
  const top = process.cwd()
  const folder = await mkdtemp(join(tmpdir(), 'resonate-auth-build-'))
  process.chdir(folder)
  await writeFile('resonate.toml', CONFIGURATION)
  const heard = []
  const output = {
    write(text, done) {
      heard.push(text)
      done?.()
    },
  }
  const host = { ...load('./node-host.cjs').nodeHost(), stdout: output, stderr: output, env: {} }
  for (const line of USUAL) {
    heard.length = 0
    const status = await load('./main.cjs').main(line.split(' '), host)
    if (status > 1) console.warn(`build: "${line}" gives status ${status}: ${heard.join('')}`)
  }
  process.chdir(top)
  await rm(folder, { recursive: true })
  for (const [filename, script] of scripts)
    await writeFile(`${resolve(filename)}.cache`, script.createCachedData())
}

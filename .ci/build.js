/**
 * Builds dist/: the program as one script of chunks, the JSON Schemas beside it, and what V8 compiles for the usual
 * commands. Node starts a script quicker than ES modules, and a chunk nobody asks for costs nothing.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { build, transform } from 'esbuild'

const SCHEMAS = 'src/report/schema'

/** Stands before each chunk. */
const CHUNK = '\n//\n'

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

/** The program in ES modules that import one another, the entry first. */
async function splitProgram() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { main } from './src/main.ts'
        export { nodeHost } from './src/host/node-host.ts'
        export { serve } from './src/worker.ts'`,
      resolveDir: '.',
    },
    outdir: 'dist',
    write: false,
    bundle: true,
    splitting: true,
    entryNames: 'main',
    chunkNames: '[hash]',
    minify: true,
    legalComments: 'none',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    plugins: [withoutChildProcess, schemasBeside],
    logLevel: 'warning',
  })
  const modules = outputFiles.map(({ path, text }) => ({ name: basename(path), text }))
  // esbuild gives such a module's members to nobody who asks for them with import().
  const [common] = modules.filter(({ text }) => /export default \w+\(\);\s*$/.test(text))
  if (common !== undefined)
    throw new Error(`a CommonJS package is loaded with import(): ${common.text.slice(0, 500)}`)
  const entry = ({ name }) => name === 'main.js'
  return [...modules.filter(entry), ...modules.filter((module) => !entry(module))]
}

const AS_COMMONJS = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // A script of node:vm has require alone.
  supported: { 'dynamic-import': false },
}

/** What esbuild puts at the head of every module it makes CommonJS of, statement by statement. */
async function listHelpers() {
  const all =
    'import a from "a"; import * as b from "b"; export { a, b }; export const c = import("c")'
  const { code } = await transform(all, AS_COMMONJS)
  return code
    .slice(0, code.indexOf('var stdin_exports'))
    .match(/^var __\w+ = [\s\S]*?;\n(?=var |$)/gm)
}

/** Of a module that only has to run before; those of this program do nothing but define. */
const BARE_IMPORT = /\bimport"\.\/[A-Z0-9]{8}\.js";/g

const EXPORTED =
  /var stdin_exports = \{\};\n__export\(stdin_exports, (\{[\s\S]*?\n\})\);\nmodule\.exports = __toCommonJS\(stdin_exports\);\n/

/** The modules as one script, a function `(exports, require)` each, which ask for each other by number. */
async function joinModules(modules) {
  const helpers = await listHelpers()
  const chunks = []
  for (const { text } of modules) {
    let { code } = await transform(text.replaceAll(BARE_IMPORT, ''), AS_COMMONJS)
    for (const helper of helpers) code = code.replace(helper, '')
    code = code.replace(EXPORTED, '__publish(exports, $1);\n')
    for (const [index, { name }] of modules.entries())
      code = code.replaceAll(`require("./${name}")`, `require(${index})`)
    // A chunk is published as a module already.
    code = code.replace(
      /Promise\.resolve\(\)\.then\(\(\) => __toESM\(require\((\d+)\)\)\)/g,
      '__load(require, $1)',
    )
    if (/stdin_exports|\bmodule\b\.exports = __to/.test(code))
      throw new Error('a module exports in another way')
    chunks.push(`(exports, require) => {\n${code}}`)
  }
  const own = `function __publish(target, members) {
    __defProp(target, '__esModule', { value: true })
    __export(target, members)
  }
  function __load(require, number) {
    return Promise.resolve().then(() => require(number))
  }`
  // An argument of an unknown function: nothing in it keeps its name.
  const script = `take((exports) => {\n${helpers.join('')}${own}\nexports.chunks = [\n${chunks.join(',\n')}]})`
  const { code } = await transform(script, { minify: true, platform: 'node', target: 'node20' })
  return code.slice('take('.length, code.lastIndexOf(')'))
}

/** The function `code` as bin/load.js reads it: what comes before the chunks, and each chunk behind a line of its own. */
function layOut(code) {
  const program = {}
  runInThisContext(`(${code})`)(program)
  const texts = program.chunks.map(String)
  const [head, ...more] = code.split('.chunks=[')
  if (more.length !== 1 || texts.some((text) => text.includes(CHUNK)))
    throw new Error('the chunks cannot be told apart')
  return `(${head}.chunks=[${texts.map((text) => CHUNK + text).join(',')}]})`
}

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/schema', { recursive: true })
const code = await joinModules(await splitProgram())
const id = createHash('sha256').update(code).digest('hex').slice(0, 16)
writeFileSync('dist/main.cjs', `/*${id}*/${layOut(code)}`)
for (const name of readdirSync(SCHEMAS).filter((file) => file.endsWith('.json'))) {
  const schema = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))
  writeFileSync(join('dist/schema', name), `${JSON.stringify(schema)}\n`)
}
execFileSync(process.execPath, ['.ci/warm-up.js'], { stdio: 'pipe' })

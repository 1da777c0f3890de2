/**
 * Builds dist/ for a quick start. Every source and every package is a piece of its own; the pieces that the same commands
 * use share a file, which bin/load.js reads when one of them is first wanted. Nothing in the sources has an effect when
 * it is imported, so imports wait until they are used. In the end the commands are run once and what V8 compiled for
 * them is kept beside the code.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { Script } from 'node:vm'
import { build, transform } from 'esbuild'

const ENTRIES = ['main', 'host/node-host', 'worker']

/** Sources that this script uses itself. */
const USED_HERE = ['cli/program', 'request/shell']

/** Large and seldom needed: loaded from node_modules then. */
const EXTERNAL = ['@inquirer/prompts', 'cosmiconfig', 'yaml']

/** Groups of pieces below this many characters are not worth a file: all runs read them. */
const SMALL = 4_000

/** What is run first to learn what it uses; then come the examples of all commands. */
const FIRST = [
  '--version',
  '--help',
  'completion bash',
  'keygen',
  'mint --prefix worker-1 --out worker.jwt',
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
const require = createRequire(import.meta.url)

/** One statement of the prelude that esbuild puts before a CommonJS module. */
const HELPER =
  /^var __(?:create|defProp|getOwnPropDesc|getOwnPropNames|getProtoOf|hasOwnProp|export|copyProps|toESM|toCommonJS) = .*\n(?:[ \t})].*\n)*/gm

/** Paths from src/ by the names of their pieces. */
const sources = new Map([...ENTRIES, ...USED_HERE].map((path) => [path, path]))

const helpers = await makeHelpers()
const pieces = await makePieces()
await writePieces(await groupPieces())
await writeCaches()

/** The functions that esbuild puts before every CommonJS module, and the one that defers an import. */
async function makeHelpers() {
  const { code } = await transform('import a from "a"; export { a }', { ...shared, format: 'cjs' })
  const defer = `var __defer = (load) => ({
    get it() {
      const value = load();
      Object.defineProperty(this, "it", { value });
      return value;
    },
  });`
  const whole = `${code.match(HELPER).join('')}${defer}`
  return (await transform(whole, { ...shared, minifyWhitespace: true, minifySyntax: true })).code
}

/** Every piece by name: the text of a function of `module` and `require`. */
async function makePieces() {
  const made = new Map()
  const waiting = [...ENTRIES]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (made.has(name)) continue
    const path = sources.get(name)
    const code = path === undefined ? await bundlePackage(name) : await translateSource(path)
    if (path !== undefined) waiting.push(...required(code).filter((to) => !isOutside(to)))
    const small = { ...shared, minify: true }
    const { code: text } = await transform(
      `x = (module, require) => {${deferImports(code)}}`,
      small,
    )
    made.set(name, text.trim().replace(/^x=([\s\S]*);$/, '$1'))
  }
  return made
}

/** The name of the piece that the source at `path` becomes, as short as can be. */
function nameSource(path) {
  for (const [name, known] of sources) if (known === path) return name
  const name = `:${sources.size}`
  sources.set(name, path)
  return name
}

/** The source at `path` from src/, without the extension, as CommonJS that requires other sources by their names. */
async function translateSource(path) {
  const { code } = await transform(await readFile(`src/${path}.ts`, 'utf8'), {
    ...shared,
    loader: 'ts',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  const fromTop = (_, to) => `require("${nameSource(posix.join(posix.dirname(path), to))}")`
  return shortenExports(code.replace(HELPER, ''))
    .replace(/\b__toESM\((require\("\.[^"]+"\))\)/g, '$1')
    .replace(/\brequire\("(\.[^"]+)\.ts"\)/g, fromTop)
}

/** esbuild's exports, which it copies to mark them as those of an ES module, as one object. */
function shortenExports(code) {
  return code.replace(
    /^var (\w+_exports) = \{\};\n__export\(\1, \{\n([\s\S]*?)\n\}\);\nmodule\.exports = __toCommonJS\(\1\);$/m,
    (_, _name, members) =>
      `module.exports = {\n${members.replace(/^ *(\w+): \(\) => (\S+?)(,?)$/gm, 'get $1() { return $2 }$3')}\n};`,
  )
}

async function bundlePackage(name) {
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents: `export * from ${JSON.stringify(name)}`, resolveDir: '.' },
    format: 'cjs',
    bundle: true,
    plugins: [withoutChildProcess],
    write: false,
  })
  return outputFiles[0].text
}

function required(code) {
  return [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name)
}

function isOutside(name) {
  return name.startsWith('node:') || EXTERNAL.includes(name)
}

/** esbuild's `var import_x = require("x")` as something that requires when its first member is read. */
function deferImports(code) {
  const names = []
  const deferred = code.replace(
    /^var (import_\w+) = ((?:__toESM\()?require\("[^"]+"\)(?:, 1)?\)?);$/gm,
    (_, name, load) => {
      names.push(name)
      return `var ${name} = __defer(() => ${load});`
    },
  )
  return names.reduce(
    (all, name) => all.replaceAll(new RegExp(`\\b${name}(?=[.[])`, 'g'), `${name}.it`),
    deferred,
  )
}

/** The names of pieces by file: those that the same commands use stand together, the small groups in main.cjs. */
async function groupPieces() {
  const users = new Map([...pieces.keys()].map((name) => [name, new Set()]))
  await runUsual((command) => {
    const loaded = new Map()
    const load = (name) => {
      const text = pieces.get(name)
      if (text === undefined) return require(name)
      users.get(name).add(command)
      if (!loaded.has(name)) {
        const module = { exports: {} }
        loaded.set(name, module)
        evaluate(text)(module, load)
      }
      return loaded.get(name).exports
    }
    return load
  })
  const groups = new Map()
  for (const [name, commands] of users) {
    const key = [...commands].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  const files = new Map([['main.cjs', []]])
  for (const [key, names] of groups) {
    const size = names.reduce((sum, name) => sum + pieces.get(name).length, 0)
    const everyRun = key.split(' ').includes('--version')
    if (everyRun || size < SMALL) files.get('main.cjs').push(...names)
    else files.set(`${files.size}.cjs`, names)
  }
  return files
}

async function writePieces(groups) {
  await rm('dist', { recursive: true, force: true })
  await mkdir('dist')
  const index = {}
  for (const [file, names] of groups)
    if (file !== 'main.cjs') for (const name of names) index[name] = file
  for (const [file, names] of groups) {
    const table = names.map((name) => `${JSON.stringify(name)}: ${pieces.get(name)}`)
    const members = `{\n${table.join(',\n')}\n}`
    const value =
      file === 'main.cjs' ? `{ pieces: ${members}, files: ${JSON.stringify(index)} }` : members
    await writeFile(join('dist', file), scriptText(value))
  }
}

async function writeCaches() {
  const { load, scripts } = require('../bin/load.js')
  await runUsual(() => load)
  for (const [filename, script] of scripts)
    await writeFile(`${filename}.cache`, script.createCachedData())
}

/** A script whose value is that of the expression `text`; `text` may use esbuild's helpers. */
function scriptText(text) {
  return `(() => {\n${helpers}return ${text}\n})()\n`
}

function evaluate(text) {
  return new Script(scriptText(text)).runInThisContext()
}

/** Runs the usual command lines in a temporary folder, each with the pieces that `loaderFor` its command gives. */
async function runUsual(loaderFor) {
  const top = process.cwd()
  const folder = await mkdtemp(join(tmpdir(), 'resonate-auth-build-'))
  process.chdir(folder)
  await writeFile('resonate.toml', CONFIGURATION)
  const lines = [...FIRST.map((line) => line.split(' ')), ...exampleLines(loaderFor(''))]
  for (const words of lines) {
    const load = loaderFor(words[0])
    const silent = { write: (_, done) => done?.() }
    const host = { ...load('host/node-host').nodeHost(), stdout: silent, stderr: silent, env: {} }
    await load('main').main(words, host)
  }
  process.chdir(top)
  await rm(folder, { recursive: true })
}

/** The arguments of the examples that need no other program and nothing typed. */
function exampleLines(load) {
  const silent = { write: () => undefined }
  const edge = {
    host: { ...load('host/node-host').nodeHost(), stdout: silent },
    status: 0,
    run: () => undefined,
  }
  const examples = (command) => [...command.examples, ...command.commands.flatMap(examples)]
  return examples(load('cli/program').program(edge))
    .map(({ command }) => command)
    .filter((line) => line.startsWith('resonate-auth ') && !/[|<>$]/.test(line))
    .map((line) => load('request/shell').readShellCommand(line).words.slice(1))
}

/** The folder layout and what may import what: the house that the code lives in. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** Each imports only what stands after it. */
const ORDER = [
  'worker',
  'main',
  'cli',
  'host',
  'docs',
  'report',
  'lint',
  'fleet',
  'request',
  'deploy',
  'target',
  'config',
  'token',
  'key',
  'version',
  'errors',
]

/** Known to these alone: the world, and the packages that talk to it. */
const EDGE = new Set(['worker', 'main', 'cli', 'host'])

/** Runtime modules without effects. */
const PURE_MODULES = new Set(['node:buffer', 'node:crypto', 'node:path'])

/** Packages without effects. */
const PURE_PACKAGES = new Set(['jose', 'yaml', 'fastest-levenshtein'])

/** Longer than 250 lines, looked at twice: tables, or one grammar that is better read in one piece. */
const LONG: readonly string[] = [
  'src/cli/batch-engine.ts',
  'src/cli/mint-batch.ts',
  'src/cli/mint-token.ts',
  'src/target/resonate-go/json.ts',
  'src/target/resonate-go/yaml-decode.ts',
  'src/target/resonate-go/yaml-grammar.ts',
  'src/target/resonate-go/yaml-scanner.ts',
]

interface Source {
  readonly path: string
  readonly area: string
  readonly text: string
  readonly imports: readonly { readonly from: string; readonly type: boolean }[]
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const text = readFileSync(join('src', name), 'utf8')
    return {
      path: join('src', name),
      area: areaOf(name),
      text,
      imports: [...text.matchAll(IMPORT)].map(([, type, from, lazy]) => ({
        from: from ?? lazy ?? '',
        type: type !== undefined,
      })),
    }
  })

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n')

function areaOf(name: string): string {
  const [first = ''] = name.split('/')
  return first.replace(/\.ts$/, '')
}

/** The area that a relative import of `source` reaches. */
function reached({ path }: Source, from: string): string {
  return areaOf(join(dirname(path), from).replace(/^src\//, ''))
}

test('every folder of src has its place in the order', () => {
  expect(sources.map(({ area }) => area).filter((area) => !ORDER.includes(area))).toEqual([])
})

test('an import goes to the same folder or to one that stands after it', () => {
  const wrong = sources.flatMap((source) =>
    source.imports
      .filter(({ from }) => from.startsWith('.'))
      .filter(({ from, type }) => {
        const to = reached(source, from)
        // The one exception: the documents walk the tree, so they know its type.
        if (source.area === 'docs' && type && from === '../cli/command.ts') return false
        if (to === 'host' && !EDGE.has(source.area)) return true
        return ORDER.indexOf(to) < ORDER.indexOf(source.area)
      })
      .map(({ from }) => `${source.path}: ${from}`),
  )
  expect(wrong).toEqual([])
})

test('away from the edge only what has no effects is imported', () => {
  const wrong = sources
    .filter(({ area }) => !EDGE.has(area))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => !from.startsWith('.'))
        // Paint is handed in: its type alone is known to the reports.
        .filter(({ from, type }) => !(type && from === 'chalk'))
        .filter(({ from }) => {
          const name = from.split('/')[0] ?? ''
          return !(PURE_MODULES.has(from) || PURE_PACKAGES.has(name))
        })
        .map(({ from }) => `${path}: ${from}`),
    )
  expect(wrong).toEqual([])
})

test('away from the edge nothing reads the clock, the process, chance or the network', () => {
  const worldly =
    /\b(?:process|console)\.|\bnew Date\b|\bDate\.|\bMath\.random\b|(?<![#.\w])fetch\(|\bset(?:Timeout|Interval|Immediate)\(|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bgetRandomValues\b|\bcrypto\.subtle\b/
  const wrong = sources
    .filter(({ area }) => !EDGE.has(area))
    .filter(({ text }) => worldly.test(withoutTexts(text)))
    .map(({ path }) => path)
  expect(wrong).toEqual([])
})

test('names are exported, never defaults', () => {
  const wrong = sources.filter(({ text }) => /^export default|\bas default\b/m.test(text))
  expect(wrong.map(({ path }) => path)).toEqual([])
})

test('every exported function says what it does', () => {
  const wrong = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/(\*\/\n)?^export (?:async )?function\*? (\w+)/gm)]
      .filter(([, docstring]) => docstring === undefined)
      .map(([, , name]) => `${path}: ${name}`),
  )
  expect(wrong).toEqual([])
})

test('a file longer than 250 lines has been looked at twice', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 251).map(({ path }) => path)
  expect(long.filter((path) => !LONG.includes(path))).toEqual([])
})

test('a unit test stands in the folder of what it tests', () => {
  const strays = readdirSync('test/unit', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== 'house.test.ts')
    .filter((name) => !existsSync(join('src', dirname(name))))
  expect(strays).toEqual([])
})

test('the top level holds what the design names, beside dot files, and nothing else', () => {
  const names = tracked.map((path) => path.split('/')[0] ?? '')
  expect(new Set(names.filter((name) => !name.startsWith('.')))).toEqual(
    new Set([
      'LICENSE',
      'README.md',
      'bin',
      'man',
      'package-lock.json',
      'package.json',
      'src',
      'test',
      'tsconfig.json',
    ]),
  )
})

test('the lockfile names no host: the registry is the one that npm is told', () => {
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(JSON.stringify(lock)).not.toContain('"resolved"')
})

test('the program and its package have one version', async () => {
  const { VERSION } = await import('../../src/version.ts')
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(manifest).toMatchObject({ version: VERSION })
})

/** Source text without its comments and without the texts in its literals. */
function withoutTexts(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/`(?:[^`\\$]|\\.|\$(?!\{)|\$\{[^{}]*\})*`/g, (literal) =>
      [...literal.matchAll(/\$\{([^{}]*)\}/g)].map(([, code]) => code).join(';'),
    )
}

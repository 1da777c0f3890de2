/** Writes the generated documents, or with --check says which are stale. Run from the project's top. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createEdge } from '../src/cli/edge.ts'
import { program } from '../src/cli/program.ts'
import { settingsSchema } from '../src/cli/settings-schema.ts'
import { manPages, renewReadme } from '../src/docs/documents.ts'
import { rulePage } from '../src/docs/rule-page.ts'
import { schemaFiles } from '../src/docs/schemas.ts'
import { nodeHost } from '../src/host/node-host.ts'
import { RULES } from '../src/lint/rules/index.ts'

const check = process.argv.includes('--check')
const tree = await program(createEdge(nodeHost()))
const pages = manPages(tree)
const manifest = readFileSync('package.json', 'utf8')
const list = pages.map(({ path }) => JSON.stringify(path)).join(',\n    ')

const wanted = new Map(pages.map(({ path, text }) => [path, text]))
for (const { path, text } of schemaFiles(settingsSchema())) wanted.set(path, text)
const rules = rulePage(RULES)
wanted.set(rules.path, rules.text)
wanted.set('README.md', renewReadme(readFileSync('README.md', 'utf8'), tree))
wanted.set('package.json', manifest.replace(/"man": \[[^\]]*\]/, `"man": [\n    ${list}\n  ]`))

mkdirSync('man', { recursive: true })
const stale = [
  ...[...wanted].filter(([path, text]) => read(path) !== text).map(([path]) => path),
  ...['man', 'src/report/schema']
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((path) => !wanted.has(path) && !path.endsWith('.ts')),
]
for (const path of stale) {
  const text = wanted.get(path)
  if (check) console.error(`${path}: stale; renew it with "npm run docs"`)
  else if (text === undefined) rmSync(path)
  else writeFileSync(path, text)
}
process.exitCode = check && stale.length > 0 ? 1 : 0

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

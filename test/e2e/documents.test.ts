import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { manPages, renewReadme } from '../../src/docs/documents.ts'
import { rulePage } from '../../src/docs/rule-page.ts'
import { SHELLS } from '../../src/docs/shell.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { folder } from '../cli/run.ts'
import { isPresent, runProcess, runProgram } from './program.ts'

const tree = await program(createEdge(nodeHost()))

test('the manual pages and the tables of the README are current ("npm run docs")', () => {
  const readme = readFileSync('README.md', 'utf8')
  const pages = new Map(manPages(tree).map(({ path, text }) => [path, text]))
  const stale = [...pages].filter(([path, text]) => readFileSync(path, 'utf8') !== text)
  expect({
    stale: stale.map(([path]) => path),
    readme: renewReadme(readme, tree) === readme,
    names: new Set(readdirSync('man').map((name) => `man/${name}`)),
  }).toEqual({ stale: [], readme: true, names: new Set(pages.keys()) })
})

test('the page of the rules is current ("npm run docs")', () => {
  const { path, text } = rulePage(RULES)
  expect(readFileSync(path, 'utf8') === text).toBe(true)
})

test('package.json names every manual page', () => {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(manifest).toMatchObject({ man: manPages(tree).map(({ path }) => path) })
})

test.skipIf(!isPresent('groff'))('groff has no complaint about a manual page', () => {
  const files = readdirSync('man').map((name) => `man/${name}`)
  const { status, stderr } = runProcess('groff', ['-man', '-ww', '-Tutf8', ...files])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test.skipIf(!isPresent('man'))('man shows a page', () => {
  const { stdout } = runProcess('man', ['-l', 'man/resonate-auth-mint.1'], {
    env: { MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
  })
  expect(stdout).toContain('resonate-auth mint [options]')
})

test.each(SHELLS)('%s takes the completion script of the whole command line', (shell) => {
  const { status, stdout: script } = runProgram(['completion', shell])
  expect({ status, names: script.includes('mint') }).toEqual({ status: 0, names: true })
  if (shell === 'powershell' || !isPresent(shell)) return
  const { path: cwd, remove } = folder({ script })
  expect(runProcess(shell, ['-n', 'script'], { cwd })).toMatchObject({ status: 0, stderr: '' })
  remove()
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { nodeHost } from '../../src/host/node-host.ts'

const TOP = new URL('../../', import.meta.url)

function read(path: string): string {
  return readFileSync(new URL(path, TOP), 'utf8')
}

const lint = (await program(createEdge(nodeHost()))).commands.find(
  (command) => command.name() === 'lint',
)
const flags = new Set(lint?.options.map(({ long }) => long))

test('the action runs lint with flags it has, and nothing of its inputs reaches the script unquoted', () => {
  const action = parse(read('.github/actions/lint/action.yml'))
  const [step, upload] = action.runs.steps
  const used = [...step.run.matchAll(/--[a-z-]+/g)].map(([flag]) => flag)
  const npx = ['--yes', '--package', '--env-file']
  expect(used.filter((flag: string) => !npx.includes(flag) && !flags.has(flag))).toEqual([])
  expect(step.run).not.toContain('${{')
  expect(upload.uses).toMatch(/@[0-9a-f]{40}$/)
})

test('the pre-commit hooks run lint on the files the server reads', () => {
  const hooks: readonly Record<string, string>[] = parse(read('.pre-commit-hooks.yaml'))
  expect(hooks.length).toBeGreaterThan(0)
  for (const { id, entry, files = '' } of hooks) {
    expect(id).toMatch(/^resonate-auth-/)
    expect(['.ci/pre-commit', 'resonate-auth lint']).toContain(entry)
    expect('deploy/resonate.toml').toMatch(new RegExp(files))
    expect('deploy/xresonate.toml').not.toMatch(new RegExp(files))
  }
})

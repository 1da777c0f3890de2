import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, run } from './run.ts'

const EXPLAIN = ['explain', '--json', 'sdk', 'go']

async function inFolder(
  files: Parameters<typeof folder>[0],
  argv: readonly string[],
  cwd = '.',
): ReturnType<typeof run> {
  const { path, remove } = folder(files)
  try {
    return await run(argv, { cwd: join(path, cwd) })
  } finally {
    remove()
  }
}

test.each([
  ['JSON', '.resonate-authrc.json', '{"target":"resonate-go@0.8"}'],
  ['YAML', '.resonate-authrc.yaml', 'target: resonate-go@0.8\n'],
  ['TOML', '.resonate-authrc.toml', 'target = "resonate-go@0.8"\n'],
  ['package.json', 'package.json', '{"resonateAuth":{"target":"resonate-go@0.8"}}'],
])('settings in %s are found and named on stderr', async (_, name, text) => {
  const { stdout, stderr } = await inFolder({ [name]: text }, ['explain', '--json'])
  expect(JSON.parse(stdout).target).toBe('resonate-go@0.8')
  expect(stderr).toBe(`resonate-auth: settings from ${name}\n`)
})

test('a package.json without our property is no settings file', async () => {
  const { stderr } = await inFolder({ 'package.json': '{"name":"x"}' }, ['explain', '--json'])
  expect(stderr).toBe('')
})

test('settings are looked for up to the root of the work tree and no further', async () => {
  const files = {
    '.resonate-authrc.json': '{"target":"resonate-go@0.8"}',
    'repo/.git/HEAD': 'ref: refs/heads/main\n',
    'repo/a/b/c.txt': '',
  }
  expect((await inFolder(files, ['explain', '--json'], 'repo/a/b')).stderr).toBe('')
  const inside = { ...files, 'repo/.resonate-authrc.json': '{"target":"resonate-go@0.7"}' }
  const { stderr } = await inFolder(inside, ['explain', '--json'], 'repo/a/b')
  expect(stderr).toBe(`resonate-auth: settings from ${join('..', '..', '.resonate-authrc.json')}\n`)
})

test.each([
  ['an unknown setting', '{"tragt":"resonate@0.9"}', 'unknown setting "tragt"'],
  ['an unknown setting inside', '{"policy":{"max":"1d"}}', 'unknown setting "policy.max"'],
  ['a wrong type', '{"ttl":900}', 'ttl must be a duration such as "15m" or "7d"'],
  ['a wrong type inside a list', '{"ignores":[{"rule":5}]}', 'ignores.0.rule must be a string'],
  [
    'an unknown severity',
    '{"rules":{"RA101":"fatal"}}',
    'rules.RA101 must be one of off, error, warning, info',
  ],
  ['a key in a file that was only found', '{"key":"private.pem"}', '"key" decides what signs'],
  ['an import', '{"$import":"./evil.cjs"}', 'settings are data and import nothing'],
  ['no JSON', '{', '.resonate-authrc.json: EOF while parsing an object at line 1 column 1'],
  ['more than JSON', '{}\n{}', '.resonate-authrc.json: trailing characters at line 2 column 1'],
])('%s is exit 2 and says where', async (_, text, says) => {
  const { status, stdout, stderr } = await inFolder({ '.resonate-authrc.json': text }, [
    'explain',
    '--json',
  ])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(JSON.parse(stderr.split('\n').at(-2) ?? '').error.message).toContain(says)
})

test('an import inside package.json is refused too', async () => {
  const files = { 'package.json': '{"resonateAuth":{"$import":"./evil.cjs"}}', 'evil.cjs': '' }
  expect((await inFolder(files, ['explain', '--json'])).status).toBe(2)
})

test.each([
  ['another form', 'private.pem', 'private.pem: settings do not end in .pem'],
  ['a device', '/dev/null', '/dev/null: not a regular file'],
  ['a secret in the wrong place', 'secret.json', 'secret.json: expected value at line 1 column 1'],
])('%s named as settings is exit 2 and not repeated', async (_, name, says) => {
  const files = { 'private.pem': 'canary', 'secret.json': 'canary-of-a-secret' }
  const { status, stderr } = await inFolder(files, [...EXPLAIN, '--settings', name])
  expect(status).toBe(2)
  expect(stderr).toContain(says)
  expect(stderr).not.toContain('canary')
})

test('--no-settings reads none, also broken ones', async () => {
  const { status } = await inFolder({ '.resonate-authrc.json': '{' }, [...EXPLAIN, '--no-settings'])
  expect(status).toBe(0)
})

test('a link that leaves the work tree is refused', async () => {
  const { path, remove } = folder({ 'outside.json': '{}' })
  mkdirSync(join(path, 'repo/.git'), { recursive: true })
  symlinkSync(join(path, 'outside.json'), join(path, 'repo/.resonate-authrc.json'))
  const { status, stderr } = await run(['explain', '--json'], { cwd: join(path, 'repo') })
  remove()
  expect({ status, told: stderr.includes('a link that leaves the work tree') }).toEqual({
    status: 2,
    told: true,
  })
})

test.each([
  ['is wrong', 'wrong.json', 'unknown setting "tragt"'],
  ['is not there', 'missing.json', 'missing.json: '],
])(
  'a settings file that was named and %s is told by a command that needs none',
  async (_, name, says) => {
    const argv = ['decode', '--settings', name, 'a.b.c']
    const { status, stdout, stderr } = await inFolder({ 'wrong.json': '{"tragt":1}' }, argv)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(says)
  },
)

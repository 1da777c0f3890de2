import { expect, test } from 'vitest'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

interface AuthzRow {
  readonly id: string
  readonly claims: unknown
  readonly kind: string
  readonly data: unknown
  readonly decision: 'allow' | 'forbid'
  readonly log?: { readonly message: string }
}

interface Answer {
  readonly id: string
  readonly decision: string
  readonly log: string | null
}

test('can --jsonl decides every row of rust-0.9/authz.jsonl as the server did', async () => {
  const rows = readRows<AuthzRow>('rust-0.9/authz.jsonl')
  const stdin = toLines(rows.map(({ id, claims, kind, data }) => ({ id, claims, kind, data })))
  const { stdout } = await run(['can', '--jsonl'], { cwd: VECTORS, stdin })
  const answers = fromLines<Answer>(stdout)
  const unmet = rows
    .filter(
      ({ id, decision, log }, index) =>
        answers[index]?.id !== id ||
        answers[index].decision !== decision ||
        answers[index].log !== (log?.message ?? null),
    )
    .map(({ id }) => id)
  expect(unmet).toEqual([])
})

test('can --jsonl judges a line that names no target by the one of the settings', async () => {
  // Without exp, which a Rust server requires and the Go server does not.
  const line = { claims: { prefix: 'w' }, kind: 'promise.create', data: { id: 'w.1' } }
  const stdin = toLines([line, { ...line, target: 'resonate@0.9' }])
  const { path, remove } = folder({ '.resonate-authrc.json': '{"target":"resonate-go@0.8"}' })
  const { stdout } = await run(['can', '--jsonl'], { cwd: path, stdin })
  remove()
  expect(fromLines<Answer>(stdout).map(({ decision }) => decision)).toEqual(['allow', 'forbid'])
})

test('claims are not judged for a server that knows no tokens', async () => {
  const line = { claims: { prefix: 'w' }, kind: 'promise.get', target: 'resonate-go@0.7' }
  const { status, stdout } = await run(['can', '--jsonl'], { stdin: toLines([line]) })
  expect(status).toBe(3)
  expect(fromLines(stdout)).toEqual([
    { line: 1, error: 'resonate-go@0.7 knows no tokens, only basic auth' },
  ])
})

test.each<readonly [string, readonly string[], number]>([
  ['an id below the prefix', ['promise.create', 'worker-1.job', '--prefix', 'worker-1.'], 0],
  ['an id that only begins alike', ['promise.create', 'worker-10.job', '--prefix', 'worker-1'], 0],
  ['an id elsewhere', ['promise.create', 'worker-2.job', '--prefix', 'worker-1.'], 1],
  ['an admin anywhere', ['promise.create', 'x', '--role', 'ADMIN'], 0],
  ['a search under a prefix', ['promise.search', '--prefix', 'a.'], 1],
  ['an empty prefix', ['promise.search', '--prefix', ''], 0],
  ['claims without a prefix', ['promise.get', 'x', '--claims', '{"role":"worker"}'], 1],
  ['the id inside an action', ['task.create', 'a.1', '--prefix', 'a.'], 0],
  [
    'data instead of an id',
    ['promise.register_callback', '--data', '{"awaited":"b.1"}', '--prefix', 'a.'],
    1,
  ],
])('%s', async (_, argv, expected) => {
  const { status, stdout } = await run(['can', ...argv])
  expect({ status, says: stdout.split(':')[0] }).toEqual({
    status: expected,
    says: expected === 0 ? 'allowed' : 'forbidden',
  })
})

test('a refusal names the reason and the fix; a grant under a prefix names the holes', async () => {
  const refused = await run(['can', 'promise.get', 'b.1', '--prefix', 'a.'])
  expect(refused.stdout).toMatch(/✗ prefix +data\.id: "b\.1" does not start with "a\."/)
  expect(refused.stdout).toMatch(/\ndo: {2}.+\n$/)
  const granted = await run(['can', 'promise.get', 'a.1', '--prefix', 'a.'])
  for (const hole of ['task.fence', 'GET /poll', 'register_callback'])
    expect(granted.stderr).toContain(hole)
  expect((await run(['can', 'promise.get', 'a.1', '--role', 'admin'])).stderr).toBe('')
})

test('an unknown kind is judged as the server would, and said to be unknown', async () => {
  const { status, stderr } = await run(['can', 'promise.destroy', 'a.1', '--prefix', 'a.'])
  expect({ status, said: stderr.includes('has no operation "promise.destroy"') }).toEqual({
    status: 1,
    said: true,
  })
})

test('--matrix shows every kind for every id', async () => {
  const { status, stdout } = await run(['can', '--matrix', 'a.1', 'b.1', '--prefix', 'a.'])
  const lines = stdout.split('\n')
  expect(status).toBe(0)
  expect(lines[0]?.trim().split(/\s+/)).toEqual(['a.1', 'b.1'])
  expect(lines.find((line) => line.startsWith('promise.get '))).toMatch(/✓ +✗ 403$/)
  expect(lines.find((line) => line.startsWith('promise.search'))).toMatch(/✗ 403 +✗ 403$/)
})

test('a token is judged with its key before its claims are', async () => {
  const { path, remove } = folder()
  const at = { cwd: path }
  await run(['keygen'], at)
  const { stdout: token } = await run(['mint', '--prefix', 'a.', '--quiet'], at)
  const can = (...argv: string[]): ReturnType<typeof run> =>
    run(['can', ...argv], { ...at, stdin: token })
  expect(await can('promise.get', 'a.1', '--publickey', 'public.pem')).toMatchObject({ status: 0 })
  expect(await can('promise.get', 'b.1', '--publickey', 'public.pem')).toMatchObject({ status: 1 })
  const other = await can('promise.get', 'a.1', '--publickey', 'public.pem', '--iss', 'x')
  expect({ status: other.status, iss: /✗ iss/.test(other.stdout) }).toEqual({
    status: 1,
    iss: true,
  })
  remove()
})

test.each<readonly [string, readonly string[], string]>([
  ['no operation', ['--prefix', 'a'], 'which operation?'],
  ['two ids', ['promise.get', 'a', 'b', '--prefix', 'a'], 'one KIND and one ID are judged'],
  ['an id and data', ['promise.get', 'a', '--data', '{}', '--prefix', 'a'], 'both say'],
  [
    'claims and a prefix',
    ['promise.get', 'a', '--claims', '{}', '--prefix', 'a'],
    '--claims already says',
  ],
  ['data that is no JSON', ['promise.get', '--data', 'x', '--prefix', 'a'], 'Expected JSON'],
  [
    'a server that knows no tokens',
    ['promise.get', 'a', '--prefix', 'a', '--target', 'resonate-go@0.7'],
    'resonate-go@0.7 knows no tokens',
  ],
  ['a matrix of nothing', ['--matrix', '--prefix', 'a'], 'needs at least one id'],
])('%s is a usage error', async (_, argv, says) => {
  const { status, stdout, stderr } = await run(['can', ...argv])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(says)
})

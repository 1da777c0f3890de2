import { expect, test } from 'vitest'
import { folder, run } from './run.ts'

const ORIGIN = 'https://a.example'

test.each([
  ['the same origin', [ORIGIN], 0, ['✓', '✓']],
  ['a star, which does not cover Authorization', ['*'], 1, ['✓', '✗']],
  ['another origin', ['https://b.example'], 1, ['✗', '✗']],
])('a server that allows %s', async (_, origins, status, marks) => {
  const flags = origins.flatMap((origin) => ['--allow-origin', origin])
  const result = await run(['can', '--origin', ORIGIN, ...flags])
  expect(result.status).toBe(status)
  expect(result.stdout.match(/[✓✗]/g)).toEqual(marks)
})

test.each([
  ['a final slash', 'https://a.example/'],
  ['a path', 'https://a.example/app'],
  ['another case', 'https://A.example'],
  ['the default port', 'https://a.example:443'],
])('%s in an entry is pointed at', async (_, entry) => {
  const { stderr } = await run(['can', '--origin', ORIGIN, '--allow-origin', entry])
  expect(stderr).toContain(`"${entry}" is not "${ORIGIN}": the server compares them byte for byte`)
})

test('--config reads the origins from the configuration', async () => {
  const { path, remove } = folder({
    'resonate.toml': `[server.cors]\nallow_origins = ["${ORIGIN}"]\n`,
  })
  const { status, stdout } = await run(
    ['can', '--json', '--origin', ORIGIN, '--config', 'resonate.toml'],
    { cwd: path },
  )
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'resonate-auth/can/v1',
    origin: ORIGIN,
    reads: true,
    requests: [{ allowed: true }, { allowed: true }],
  })
  remove()
})

test('without the origins that the server allows there is nothing to judge by', async () => {
  expect((await run(['can', '--origin', ORIGIN])).status).toBe(3)
})

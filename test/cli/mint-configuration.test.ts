import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, NOW, run } from './run.ts'

/** A folder with a key pair and a configuration; `text` is that of resonate.toml. */
async function configured(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<ReturnType<typeof folder>> {
  const work = folder({ 'resonate.toml': text, ...files })
  await run(['keygen', '--quiet'], { cwd: work.path })
  return work
}

function claims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

const AUTH = '[auth]\npublickey = "public.pem"\niss = "issuer"\naud = "resonate"\n'

test.each<readonly [string, readonly string[], Record<string, unknown>, string]>([
  [
    'taken and told',
    [],
    { iss: 'issuer', aud: ['resonate'] },
    'resonate-auth: configuration from resonate.toml\nresonate-auth: iss "issuer" from the configuration\nresonate-auth: aud ["resonate"] from the configuration\n',
  ],
  [
    'left to the flags where they say otherwise',
    ['--iss', 'other', '--aud', 'resonate', '--aud', 'b'],
    { iss: 'other', aud: ['resonate', 'b'] },
    'resonate-auth: configuration from resonate.toml\n',
  ],
  [
    'left out when flags say so',
    ['--no-iss', '--no-aud'],
    {},
    'resonate-auth: configuration from resonate.toml\n',
  ],
])('iss and aud of the discovered configuration are %s', async (_, argv, expected, stderr) => {
  const { path, remove } = await configured(AUTH)
  const minted = await run(['mint', '--prefix', 'a.', '--no-jti', ...argv], { cwd: path })
  remove()
  expect(claims(minted.stdout)).toEqual({ exp: NOW + 3600, iat: NOW, prefix: 'a.', ...expected })
  expect(minted.stderr).toBe(stderr)
})

test('a minted token is accepted by verify with the same configuration, and by nothing else', async () => {
  const { path, remove } = await configured(AUTH)
  const at = { cwd: path }
  const { stdout } = await run(['mint', '--prefix', 'a.', '--quiet'], at)
  const verified = await run(['verify', '--quiet'], { ...at, stdin: stdout })
  const flagged = await run(
    ['verify', '--quiet', '--', 'serve', '--auth-publickey', 'public.pem', '--auth-aud', 'x'],
    {
      ...at,
      stdin: stdout,
    },
  )
  const open = await configured('')
  const off = await run(['verify'], { cwd: open.path, stdin: stdout })
  open.remove()
  remove()
  expect(verified).toMatchObject({ status: 0, stderr: '' })
  expect({ status: flagged.status, aud: /✗ aud/.test(flagged.stdout) }).toEqual({
    status: 1,
    aud: true,
  })
  expect({ status: off.status, warned: off.stderr.includes('checks no signature') }).toEqual({
    status: 1,
    warned: true,
  })
})

test('a configured key that is not the other half is told, and refused when the configuration is named', async () => {
  const stranger = await configured('')
  const { path, remove } = await configured(
    `[auth]\npublickey = "${join(stranger.path, 'public.pem')}"\n`,
  )
  const found = await run(['mint', '--prefix', 'a.'], { cwd: path })
  const named = await run(['mint', '--prefix', 'a.', '--config', 'resonate.toml'], { cwd: path })
  remove()
  stranger.remove()
  expect({ status: found.status, told: /would answer 401/.test(found.stderr) }).toEqual({
    status: 0,
    told: true,
  })
  expect({ status: named.status, stdout: named.stdout }).toEqual({ status: 3, stdout: '' })
})

test('a configuration with which the server would not start gives nothing', async () => {
  const { path, remove } = await configured('[auth]\niss = 5\n')
  const found = await run(['mint', '--prefix', 'a.'], { cwd: path })
  const verified = await run(['verify', found.stdout.trim()], { cwd: path })
  remove()
  expect({ status: found.status, iss: claims(found.stdout)['iss'] }).toEqual({
    status: 0,
    iss: undefined,
  })
  expect(found.stderr).toContain('the server would not start with it')
  expect({
    status: verified.status,
    said: verified.stdout.includes('Fatal: Configuration error'),
  }).toEqual({
    status: 1,
    said: true,
  })
})

test('a configuration above the work tree is not used without being named', async () => {
  const { path, remove } = await configured(AUTH, { 'repo/.git/HEAD': '' })
  const at = { cwd: join(path, 'repo') }
  const minted = await run(['mint', '--prefix', 'a.', '--key', '../private.pem'], at)
  expect(claims(minted.stdout)['iss']).toBe(undefined)
  expect(minted.stderr).toContain(
    '../resonate.toml is not used: it lies outside of the git work tree',
  )
  const verified = await run(['verify', minted.stdout.trim()], at)
  remove()
  expect({ status: verified.status, stdout: verified.stdout }).toEqual({ status: 2, stdout: '' })
  expect(verified.stderr).toContain('--config ../resonate.toml')
})

test('variables count when they are asked for', async () => {
  const { path, remove } = await configured(AUTH)
  const env = { RESONATE_AUTH__ISS: 'from-env' }
  const without = await run(['mint', '--prefix', 'a.'], { cwd: path, env })
  const asked = await run(['mint', '--prefix', 'a.', '--env'], { cwd: path, env })
  remove()
  expect([claims(without.stdout)['iss'], claims(asked.stdout)['iss']]).toEqual([
    'issuer',
    'from-env',
  ])
})

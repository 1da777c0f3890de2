import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folder, run } from './run.ts'

const fixtures = fileURLToPath(new URL('../unit/deploy/files', import.meta.url))

/** The settings that come from somewhere, as `key value from`. */
async function settings(argv: readonly string[], env = {}): Promise<readonly string[]> {
  const { stdout } = await run(['config', ...argv], { cwd: fixtures, env })
  return (
    stdout
      .split('\n\n')[0]
      ?.split('\n')
      .map((line) => line.split(/ {2,}/).slice(0, 3).join(' '))
      .filter((line) => !/default$|^KEY/.test(line)) ?? []
  )
}

test('config --compose: environment, env files, Dockerfile, command and a config in the file', async () => {
  const argv = ['--compose', 'compose-anchors/compose.yml', '--env']
  expect(await settings(argv, { PUSH_TOKEN: 'x' })).toEqual([
    'level "info" $RESONATE_LEVEL (compose-anchors/compose.yml:2:19)',
    'debug false $RESONATE_DEBUG (compose-anchors/compose.yml:3:19)',
    'server.port 9001 --server-port (compose-anchors/compose.yml:39:7)',
    'server.url "https://api.example:443/$x" $RESONATE_SERVER__URL (compose-anchors/compose.yml:36:29)',
    'storage.type "sqlite" $RESONATE_STORAGE__TYPE (compose-anchors/common.env:3:25)',
    'auth.publickey "/run/secrets/jwt-key" $RESONATE_AUTH__PUBLICKEY (compose-anchors/compose.yml:31:34)',
    'auth.aud "folded value" $RESONATE_AUTH__AUD (compose-anchors/compose.yml:34:9)',
    'tasks.lease_timeout 1000 $RESONATE_TASKS__LEASE_TIMEOUT (compose-anchors/compose.yml:8:34)',
    'observability.metrics_port 0 $RESONATE_OBSERVABILITY__METRICS_PORT (compose-anchors/server/Dockerfile:3:42)',
  ])
})

test('config --compose reads the mounted key as the server would', async () => {
  const argv = ['config', '--compose', 'compose-list/compose.yaml#server-auth']
  const { status, stdout, stderr } = await run(argv, { cwd: fixtures })
  expect(status).toBe(1)
  expect(stdout).toContain(
    "Fatal: Unsupported or invalid public key in '/etc/resonate/auth/public.pem'.",
  )
  expect(stderr).toBe('resonate-auth: server-auth of compose-list/compose.yaml\n')
})

test('a mounted configuration file goes by its path here, extended files are read', async () => {
  const argv = ['config', '--compose', 'compose-extends/compose.yml']
  const { stdout, stderr } = await run(argv, { cwd: fixtures })
  expect(stdout).toContain('"info" from compose-extends/resonate.toml:1:9')
  expect(stderr).toContain('configuration from compose-extends/resonate.toml')
})

test('a mount of a key that is not there: the server finds a directory', async () => {
  const compose =
    'services:\n  a:\n    image: resonatehqio/resonate\n    environment:\n' +
    '      RESONATE_AUTH__PUBLICKEY: /public.pem\n    volumes: ["./public.pem:/public.pem"]\n'
  const { path, remove } = folder({ 'compose.yml': compose })
  const { status, stdout } = await run(['config', '--compose', 'compose.yml'], { cwd: path })
  remove()
  expect(status).toBe(1)
  expect(stdout).toContain(
    "Failed to read public key file '/public.pem': Is a directory (os error 21)",
  )
})

test('config --k8s, --systemd with its drop-ins, --dockerfile', async () => {
  expect(await settings(['--k8s', 'kubernetes/deployment.yaml'])).toContain(
    'level "info" $RESONATE_LEVEL (kubernetes/deployment.yaml:5:10)',
  )
  expect(await settings(['--systemd', 'systemd/resonate.service'])).toContain(
    'auth.aud "two words" --auth-aud (systemd/resonate.service.d/20-key.conf:5:48)',
  )
  expect(await settings(['--dockerfile', 'dockerfile/Dockerfile'])).toContain(
    'debug true dockerfile/resonate.toml:1:9',
  )
})

test('notes stand at their places; an override file that is not read is named', async () => {
  const { stderr } = await run(['config', '--systemd', 'systemd/resonate.service'], {
    cwd: fixtures,
  })
  expect(stderr).toContain(
    'resonate-auth: systemd/resonate.service:11:35: systemd ignores what is not NAME=value here\n',
  )
  const files = {
    'compose.yaml': 'services: {a: {image: x/resonate}}',
    'compose.override.yaml': '',
  }
  const { path, remove } = folder(files)
  const read = await run(['config', '--compose', 'compose.yaml'], { cwd: path })
  remove()
  expect(read.stderr).toContain('compose.override.yaml is not read; --compose compose.yaml ')
})

test('a private key mounted beside the public one is found', async () => {
  const compose =
    'services:\n  a:\n    image: resonatehqio/resonate\n    environment:\n' +
    '      RESONATE_AUTH__PUBLICKEY: /keys/public.pem\n    volumes: ["./k:/keys"]\n'
  const { path, remove } = folder({ 'compose.yml': compose, 'k/.keep': '' })
  await run(['keygen', '--out', 'k/private.pem', '--public-out', 'k/public.pem'], { cwd: path })
  const { stdout } = await run(['lint', '--compose', 'compose.yml'], { cwd: path })
  remove()
  expect(stdout).toContain('/keys/private.pem')
})

test('a server that is called by its name alone does not serve', async () => {
  const compose = 'services: {a: {image: x/resonate, entrypoint: [resonate-server]}}'
  const { path, remove } = folder({ 'compose.yml': compose })
  const { stdout, stderr } = await run(['config', '--compose', 'compose.yml'], { cwd: path })
  remove()
  expect(stdout).toContain('starts: depends on the command line, which names no command')
  expect(stderr).toContain('compose.yml:1:15: the server is called without a command')
})

test('lint points into the deployment file', async () => {
  const { stdout } = await run(['lint', '--k8s', 'kubernetes/deployment.yaml'], { cwd: fixtures })
  expect(stdout).toContain('kubernetes/deployment.yaml:18:9')
})

test('lint --fix writes nothing where the configuration is no file of its own', async () => {
  const manifest =
    'kind: ConfigMap\nmetadata: {name: c}\ndata:\n  resonate.toml: |\n    level = "info"\n    [auth]\n    publickey = "none"\n    issuer = "a"\n' +
    '---\nkind: Pod\nspec:\n  volumes: [{name: c, configMap: {name: c}}]\n' +
    '  containers: [{name: a, image: x/resonate, workingDir: /c, volumeMounts: [{name: c, mountPath: /c}]}]\n'
  const { path, remove } = folder({ 'k8s.yaml': manifest })
  const { status, stderr } = await run(['lint', '--fix=unsafe', '--k8s', 'k8s.yaml'], { cwd: path })
  remove()
  expect(stderr).toContain('k8s.yaml#resonate.toml: not a file of its own, nothing was written')
  expect(status).toBe(3)
})

test.each([
  [['--compose', 'a', '--k8s', 'b'], '--compose and --k8s both say how the server is started'],
  [['--k8s', 'a', '--env'], '--env does not go with --k8s'],
  [['--systemd', 'a', '--env-file', 'b'], '--env-file does not go with --systemd'],
  [['--compose', 'a#b', '--compose', 'c#d'], '--compose names the services "b" and "d"'],
  [['--compose', 'compose-list/compose.yaml'], 'which service is the server is not clear'],
  [['--k8s', 'kubernetes/deployment.yaml#db'], 'there is no container "db"'],
])('config %j is a usage error', async (argv, message) => {
  const { status, stderr } = await run(['config', ...argv], { cwd: fixtures })
  expect(status).toBe(2)
  expect(stderr).toContain(message)
})

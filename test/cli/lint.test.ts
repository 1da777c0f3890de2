import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { PUBLIC_PEM, QUIET } from '../../src/lint/samples.ts'
import { folder, type RunOptions, type RunResult, run } from './run.ts'

type Files = Parameters<typeof folder>[0]

const BAD = QUIET.replace('"public.pem"', '"none"').replace('127.0.0.1', '0.0.0.0')

/** Runs `lint` in a new folder that holds `files` and public.pem. */
async function lint(
  files: Files,
  argv: readonly string[] = [],
  options: RunOptions = {},
): Promise<RunResult & { readonly read: (name: string) => string; readonly path: string }> {
  const { path, remove } = folder({ 'public.pem': PUBLIC_PEM, '.git/HEAD': '', ...files })
  try {
    const result = await run(['lint', ...argv], { cwd: path, ...options })
    const texts = new Map<string, string>()
    for (const name of ['resonate.toml', 'out.sarif', 'out.xml', 'baseline.json', 'summary.md'])
      if (statSync(join(path, name), { throwIfNoEntry: false }) !== undefined)
        texts.set(name, readFileSync(join(path, name), 'utf8'))
    return { ...result, path, read: (name) => texts.get(name) ?? '' }
  } finally {
    remove()
  }
}

test('a bad configuration exits 1 and shows the value, why and what to do', async () => {
  const { status, stdout } = await lint({ 'resonate.toml': BAD })
  expect(status).toBe(1)
  expect(stdout).toContain('error[RA101] auth-publickey-none: signatures are not checked')
  expect(stdout).toContain('resonate.toml:8:13')
  expect(stdout).toContain('publickey = "none"')
  expect(stdout).toMatch(/= why .*\n/)
  expect(stdout).toMatch(/= do .*keygen/)
})

test('the mended configuration has no findings and exits 0', async () => {
  const { status, stdout } = await lint({ 'resonate.toml': QUIET })
  expect(status).toBe(0)
  expect(stdout).toContain('no findings')
})

test.each([
  [['--fail-on', 'error'], 0],
  [['--fail-on', 'warning'], 1],
  [['--fail-on', 'never'], 0],
  [['--max-warnings', '0'], 1],
  [['--max-warnings', '1'], 0],
  [['--fail-on', 'warning', '--exit-zero'], 0],
  [['--fail-on', 'warning', '--skip', 'RA401'], 0],
  [['--fail-on', 'warning', '--only', 'auth-publickey-none'], 0],
  [['--min-severity', 'error', '--fail-on', 'warning'], 1],
])('one warning with %j exits %d', async (argv, wanted) => {
  const { status } = await lint({ 'resonate.toml': QUIET.replace('metrics_port = 0', '') }, argv)
  expect(status).toBe(wanted)
})

test('--min-severity hides and does not change what fails', async () => {
  const warning = QUIET.replace('metrics_port = 0', '')
  const { stdout } = await lint({ 'resonate.toml': warning }, ['--min-severity', 'error'])
  expect(stdout).not.toContain('RA401')
})

test('with nothing to lint it exits 3 and prints nothing on stdout', async () => {
  const { status, stdout, stderr } = await lint({})
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('no configuration to lint')
})

test.each([
  [['missing.toml'], 3],
  [['--only', 'no-such-rule'], 2],
  [['--format', 'html'], 2],
  [['--report', 'sarif'], 2],
  [['--fail-on', 'critical'], 2],
])('%j exits %d', async (argv, wanted) => {
  const { status, stdout } = await lint({ 'resonate.toml': QUIET }, argv)
  expect({ status, stdout }).toEqual({ status: wanted, stdout: '' })
})

test('flags after -- and variables are judged as the server reads them', async () => {
  const flags = await lint({ 'resonate.toml': QUIET }, ['--', '--auth-aud', 'x'])
  expect(flags.status).toBe(1)
  expect(flags.stdout).toContain('RA501')
  const variables = await lint({ 'resonate.toml': QUIET }, ['--env'], {
    env: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: 'https://app.example.com' },
  })
  expect(variables.status).toBe(1)
  expect(variables.stdout).toContain('RESONATE_SERVER__CORS__ALLOW_ORIGINS=https://app.example.com')
  const unread = await lint({ 'resonate.toml': QUIET }, [], { env: { RESONATE_DEBUG: '1' } })
  expect(unread).toMatchObject({ status: 0 })
  expect(unread.stdout).toContain('environment: not read')
})

test('an env file is named with the line that sets the variable', async () => {
  const env = '# server\nRESONATE_AUTH__PUBLICKEY=none\n'
  const { stdout } = await lint({ 'resonate.toml': QUIET, 'server.env': env }, [
    '--env-file',
    'server.env',
    '--format',
    'concise',
  ])
  expect(stdout).toMatch(/^server\.env:2:\d+: error RA101/m)
})

test('standard input is linted under the name it is given', async () => {
  const { status, stdout } = await lint(
    {},
    ['-', '--stdin-filename', 'a/b.toml', '--format', 'concise'],
    {
      stdin: BAD,
    },
  )
  expect(status).toBe(1)
  expect(stdout).toMatch(/^a\/b\.toml:8:13: error RA101 /m)
})

test.each([
  ['resonate.toml', 'metricsAddr = ":9191"\n'],
  ['resonate.yml', 'metricsAddr: ":9191"\n'],
  ['resonate.json', '{"metricsAddr":":9191"}\n'],
])('the name of standard input, %s, tells the Go server its format', async (name, stdin) => {
  const argv = ['-', '--stdin-filename', name, '--target', 'resonate-go', '--format', 'concise']
  const { stdout } = await lint({}, argv, { stdin })
  expect(stdout).toMatch(new RegExp(`^${name}:1:.*RA401 .* on :9191$`, 'm'))
  expect(stdout).not.toContain('RA801')
})

test('the status is the same for every format', async () => {
  const formats = [
    'text',
    'concise',
    'json',
    'sarif',
    'github',
    'gitlab',
    'junit',
    'checkstyle',
    'rdjson',
  ]
  const statuses = await Promise.all(
    formats.map(
      async (format) => (await lint({ 'resonate.toml': BAD }, ['--format', format])).status,
    ),
  )
  expect(statuses).toEqual(formats.map(() => 1))
})

test('--json prints one document with findings and places from 1', async () => {
  const { stdout } = await lint({ 'resonate.toml': BAD }, ['--json'])
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schema: 'resonate-auth/lint/v1', summary: { error: 1 } })
  expect(document.findings[0]).toMatchObject({
    rule: 'RA101',
    path: 'auth.publickey',
    layer: 'file',
    location: {
      file: 'resonate.toml',
      start: { line: 8, column: 13 },
      end: { line: 8, column: 19 },
    },
  })
})

test('several reports are written in one run, also without findings', async () => {
  const { read } = await lint({ 'resonate.toml': QUIET, 'out.sarif': 'old' }, [
    '--report',
    'sarif=out.sarif',
    '--report',
    'junit=out.xml',
  ])
  expect(JSON.parse(read('out.sarif'))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] })
  expect(read('out.xml')).toContain('failures="0"')
})

test('in a GitHub workflow annotations follow the text, and the job gets a summary', async () => {
  const { stdout, read } = await lint({ 'resonate.toml': BAD, 'summary.md': '# before\n' }, [], {
    env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' },
  })
  expect(stdout).toMatch(/^error\[RA101\]/m)
  expect(stdout).toMatch(/^::error file=resonate\.toml,line=8,/m)
  expect(read('summary.md')).toMatch(/^# before\n### resonate-auth lint\n/)
})

test('--fix mends the file and keeps its comments; --diff only shows the change', async () => {
  const toml = QUIET.replace(
    '[auth]',
    '[server.cors]\nallow_origins = [\n  "https://app.example.com/", # the app\n]\n\n[auth]',
  )
  const shown = await lint({ 'resonate.toml': toml }, ['--diff'])
  expect(shown.status).toBe(1)
  expect(shown.stdout).toContain(
    '-  "https://app.example.com/", # the app\n+  "https://app.example.com", # the app\n',
  )
  expect(shown.read('resonate.toml')).toBe(toml)
  const mended = await lint({ 'resonate.toml': { text: toml, mode: 0o600 } }, ['--fix'])
  expect(mended.status).toBe(0)
  expect(mended.read('resonate.toml')).toBe(toml.replace('.com/"', '.com"'))
  const clean = await lint({ 'resonate.toml': QUIET }, ['--diff'])
  expect(clean).toMatchObject({ status: 0, stdout: '' })
})

test('an unsafe fix is made only when it is asked for', async () => {
  const toml = QUIET.replace('publickey', 'audience = "a"\npublickey')
  expect((await lint({ 'resonate.toml': toml }, ['--fix'])).read('resonate.toml')).toBe(toml)
  const { read } = await lint({ 'resonate.toml': toml }, ['--fix=unsafe'])
  expect(read('resonate.toml')).toBe(toml.replace('audience', 'aud'))
})

test.each([
  [0o077, undefined, 0o600],
  [0o022, undefined, 0o644],
  [0o002, undefined, 0o664],
  [0o022, 0o600, 0o600],
])(
  'under umask %o a report over a file of mode %o is written with mode %o',
  async (umask, old, mode) => {
    const cwd = folder({
      'resonate.toml': QUIET,
      'public.pem': PUBLIC_PEM,
      ...(old !== undefined && { 'out.sarif': { text: '{}', mode: old } }),
    })
    const before = process.umask(umask)
    try {
      const argv = ['lint', 'resonate.toml', '--report', 'sarif=out.sarif']
      expect((await run(argv, { cwd: cwd.path })).status).toBe(0)
      expect(statSync(join(cwd.path, 'out.sarif')).mode & 0o777).toBe(mode)
    } finally {
      process.umask(before)
      cwd.remove()
    }
  },
)

test('a baseline hides what it holds, reports what is new, and tells what is gone', async () => {
  const first = await lint({ 'resonate.toml': BAD }, [
    '--baseline',
    'baseline.json',
    '--baseline-write',
  ])
  expect(first.status).toBe(0)
  const baseline = first.read('baseline.json')
  const again = await lint({ 'resonate.toml': BAD, 'baseline.json': baseline }, [
    '--baseline',
    'baseline.json',
  ])
  expect(again.status).toBe(0)
  expect(again.stdout).toContain('1 in the baseline')
  const more = await lint({ 'resonate.toml': `debug = true\n${BAD}`, 'baseline.json': baseline }, [
    '--baseline',
    'baseline.json',
    '--format',
    'concise',
  ])
  expect(more.stdout).toMatch(/^resonate\.toml:1:9: error RA403 [^\n]*\n$/)
  const gone = await lint({ 'resonate.toml': QUIET, 'baseline.json': baseline }, [
    '--baseline',
    'baseline.json',
  ])
  expect(gone.stdout).toContain('RA906')
  const pruned = await lint({ 'resonate.toml': QUIET, 'baseline.json': baseline }, [
    '--baseline',
    'baseline.json',
    '--baseline-prune',
  ])
  expect(JSON.parse(pruned.read('baseline.json'))).toMatchObject({ entries: [] })
})

test('an existing baseline is not overwritten by --baseline-write', async () => {
  const { status, read } = await lint({ 'resonate.toml': BAD, 'baseline.json': 'mine' }, [
    '--baseline',
    'baseline.json',
    '--baseline-write',
  ])
  expect({ status, text: read('baseline.json') }).toEqual({ status: 3, text: 'mine' })
})

test('an ignore with a reason suppresses, and --no-ignores does not honour it', async () => {
  const toml = BAD.replace('publickey', '# resonate-auth: ignore[RA101] -- demo\npublickey')
  const ignored = await lint({ 'resonate.toml': toml })
  expect(ignored.status).toBe(0)
  expect(ignored.stdout).toContain('1 suppressed')
  expect((await lint({ 'resonate.toml': toml }, ['--no-ignores'])).status).toBe(1)
})

test('what is said of the settings or of a file that is too large stands in that file', async () => {
  const settings = { ignores: [{ rule: 'RA101', reason: 'demo' }] }
  const concise = ['--format', 'concise']
  const unused = await lint(
    { 'resonate.toml': QUIET, '.resonate-authrc.json': JSON.stringify(settings) },
    concise,
  )
  expect(unused.stdout).toMatch(/^\.resonate-authrc\.json:1:1: warning RA901 /)
  const large = await lint({ 'large.toml': `# ${'x'.repeat(300_000)}` }, ['large.toml', ...concise])
  expect(large.stdout).toMatch(/^large\.toml:1:1: error RA009 /)
})

test('settings ignore, change severities and forbid ignoring', async () => {
  const settings = (value: unknown): Files => ({
    'resonate.toml': BAD.replace('publickey', '# resonate-auth: ignore[RA101] -- demo\npublickey'),
    '.resonate-authrc.json': JSON.stringify(value),
  })
  expect(await lint(settings({ neverIgnore: ['RA101'] }))).toMatchObject({ status: 1 })
  const plain = { 'resonate.toml': BAD }
  const ignore = { rule: 'RA101', path: 'auth.publickey', reason: 'demo' }
  const rc = (value: unknown): Files => ({
    ...plain,
    '.resonate-authrc.json': JSON.stringify(value),
  })
  expect((await lint(rc({ ignores: [ignore] }))).status).toBe(0)
  expect((await lint(rc({ rules: { RA101: 'warning' } }))).status).toBe(0)
  const off = await lint(rc({ rules: { 'auth-publickey-none': 'off' } }))
  expect(off.stdout).toContain('rules switched off: RA101')
  expect((await lint(rc({ rules: { RA1: 'off' } }))).status).toBe(2)
  const unused = await lint({
    'resonate.toml': QUIET,
    '.resonate-authrc.json': JSON.stringify({ ignores: [ignore] }),
  })
  expect(unused.stdout).toContain('RA901')
})

test('a patch version decides which keys there are', async () => {
  const toml = QUIET.replace(
    '[auth]',
    '[server.cors]\nallow_origins = ["https://a.example.com"]\n\n[auth]',
  )
  expect((await lint({ 'resonate.toml': toml }, ['--target', 'resonate@0.9.4'])).status).toBe(0)
  const old = await lint({ 'resonate.toml': toml }, ['--target', 'resonate@0.9.3'])
  expect(old).toMatchObject({ status: 1 })
  expect(old.stdout).toContain('RA015')
})

test('several files are several servers in one report', async () => {
  const files = {
    'a/resonate.toml': BAD,
    'b/resonate.toml': QUIET,
    'a/public.pem': PUBLIC_PEM,
    'b/public.pem': PUBLIC_PEM,
  }
  const { status, stdout } = await lint(files, ['a/resonate.toml', 'b/resonate.toml', '--json'])
  const { inputs, findings } = JSON.parse(stdout)
  expect({ status, files: inputs.files }).toEqual({
    status: 1,
    files: ['a/resonate.toml', 'b/resonate.toml'],
  })
  expect(findings.map(({ location }: { location: { file: string } }) => location.file)).toEqual([
    'a/resonate.toml',
  ])
  const absent = await lint({ ...files, 'b/resonate.toml': '' }, [
    'a/resonate.toml',
    'b/resonate.toml',
    '--format',
    'concise',
  ])
  expect(absent.stdout).toMatch(/^b\/resonate\.toml:1:1: error RA102/m)
})

test('an ignore in the settings counts for the file it is meant for', async () => {
  const ignore = { rule: 'RA101', file: 'a/*', reason: 'demo' }
  const { status, stdout } = await lint(
    {
      'a/resonate.toml': BAD,
      'b/resonate.toml': QUIET,
      'b/public.pem': PUBLIC_PEM,
      '.resonate-authrc.json': JSON.stringify({ ignores: [ignore] }),
    },
    ['a/resonate.toml', 'b/resonate.toml'],
  )
  expect(status).toBe(0)
  expect(stdout).not.toContain('RA901')
})

test('--fix takes a file that is written right behind it', async () => {
  const toml = `debug = true\n\n${QUIET}`
  const { read } = await lint({ 'resonate.toml': toml }, ['--fix', 'resonate.toml'])
  expect(read('resonate.toml')).toBe(toml.replace('true', 'false'))
})

test('a baseline keeps what other files were found to have', async () => {
  const both = { 'a/resonate.toml': BAD, 'resonate.toml': BAD }
  const written = await lint(both, [
    'a/resonate.toml',
    'resonate.toml',
    '--baseline',
    'baseline.json',
    '--baseline-write',
  ])
  const baseline = written.read('baseline.json')
  expect(JSON.parse(baseline).entries).toHaveLength(2)
  const one = await lint({ ...both, 'baseline.json': baseline }, [
    'resonate.toml',
    '--baseline',
    'baseline.json',
  ])
  expect(one.status).toBe(0)
  expect(one.stdout).not.toContain('RA906')
  const pruned = await lint({ ...both, 'resonate.toml': QUIET, 'baseline.json': baseline }, [
    'resonate.toml',
    '--baseline',
    'baseline.json',
    '--baseline-prune',
  ])
  expect(JSON.parse(pruned.read('baseline.json')).entries).toMatchObject([
    { file: 'a/resonate.toml' },
  ])
})

test.each([
  ['findings', BAD],
  ['no finding', QUIET],
  ['broken TOML', '[auth\n'],
])('--json with %s is what its schema says', async (_, toml) => {
  const { stdout } = await lint({ 'resonate.toml': toml }, ['--json', '--profile', 'audit'])
  const schema = new URL('../../src/report/schema/lint-v1.json', import.meta.url)
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')))
  validate(JSON.parse(stdout))
  expect(validate.errors ?? []).toEqual([])
})

test('on a terminal with colour a place is a hyperlink to its file, elsewhere it is plain', async () => {
  const { path, remove } = folder({ 'resonate.toml': '[auth]\npublickey = "none"\n' })
  const terminal = { stdout: true }
  const linked = await run(['lint'], { cwd: path, terminal, env: { TERM: 'xterm' } })
  const plain = await run(['lint'], { cwd: path, terminal, env: { TERM: 'xterm', NO_COLOR: '1' } })
  remove()
  expect(linked.stdout).toContain(
    `\u001b]8;;file://${path}/resonate.toml\u001b\\resonate.toml:2:13\u001b]8;;\u001b\\`,
  )
  expect(plain.stdout).not.toContain('\u001b')
})

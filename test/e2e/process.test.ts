import { spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folder } from '../cli/run.ts'
import { BIN, isPresent, PROGRAM, type ProcessResult, runProcess, runProgram } from './program.ts'

const place = folder({ 'resonate.toml': '[auth]\npublickey = "public.pem"\n' })
afterAll(place.remove)
const cwd = place.path
const [command, ...before] = PROGRAM
runProgram(['keygen'], { cwd })
writeFileSync(
  join(cwd, 'worker.jwt'),
  runProgram(['mint', '--prefix', 'worker-1.'], { cwd }).stdout,
)

test('the program can be started by its name', () => {
  expect(readFileSync(BIN, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(() => accessSync(BIN, constants.X_OK)).not.toThrow()
})

test.each([
  ['an answer that is yes', ['verify', '@worker.jwt', '--publickey', 'public.pem'], 0],
  ['an answer that is no', ['decode', 'not.a.token'], 1],
  ['a wrong command line', ['mint', '--no-such-option'], 2],
  ['no command at all', [], 2],
  ['a topic that is nearly one', ['explain', 'no-prefx'], 2],
  ['a key that is nearly one', ['config', '--explain', 'auth.public_key'], 2],
  ['an env file that is not there', ['config', '-e', 'missing.env'], 3],
  ['a file that is not there', ['verify', '@missing.jwt', '--publickey', 'public.pem'], 3],
  ['the version', ['--version'], 0],
])('%s: the status of the process', (_, args, status) => {
  expect(runProgram(args, { cwd }).status).toBe(status)
})

test('only the product is on standard output', () => {
  const { stdout, stderr } = runProgram(['mint', '--prefix', 'worker-1'], { cwd })
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  expect(stderr).toContain('warning')
})

test.skipIf(!isPresent('bash'))('a reader that goes away ends the run quietly', () => {
  const script = `"$@" completion bash | true; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = runProcess('bash', ['--norc', '-c', script, 'bash', ...PROGRAM])
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' })
})

test.skipIf(!isPresent('bash'))('a current directory that is gone is no bug', () => {
  const { path, remove } = folder()
  const script = `mkdir gone; cd gone; rmdir ../gone; "$@" mint --all-ids; echo "$?"`
  const { stdout, stderr } = runProcess('bash', ['--norc', '-c', script, 'bash', ...PROGRAM], {
    cwd: path,
  })
  remove()
  expect(stdout).toBe('3\n')
  expect(stderr).toContain('private.pem: no such file')
})

const ENCRYPTED = resolve('test/vectors/keys/k-private-ed25519-encrypted-pkcs8.pem')

/** Mints with the encrypted key; bash gives the program the descriptor 3, from which the passphrase comes. */
function mintBy(descriptor: number, redirection = '3<<< x'): ProcessResult {
  const script = `"$@" ${redirection}`
  const mint = ['mint', '--all-ids', '--quiet', '--key', ENCRYPTED]
  const args = [...PROGRAM, ...mint, '--passphrase-fd', String(descriptor)]
  return runProcess('bash', ['--norc', '-c', script, 'bash', ...args])
}

test.skipIf(!isPresent('bash')).each(['3<<< x', '3< <(sleep 0.1; echo x)', '0<<< x 3<&0'])(
  'a descriptor gives the passphrase: %s',
  (redirection) => {
    const { status, stdout } = mintBy(3, redirection)
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^ey/) })
  },
)

test.skipIf(!isPresent('bash'))('the descriptors of the runtime itself are not read', () => {
  const answers = Array.from({ length: 20 }, (_, index) => mintBy(index + 4))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 3))
  expect(new Set(answers.map(({ stderr }) => stderr.split(':')[3]))).toEqual(
    new Set([' EBADF\nresonate-auth']),
  )
})

test('a slow reader gets every byte', async () => {
  const whole = runProgram(['completion', 'zsh']).stdout
  const child = spawn(command, [...before, 'completion', 'zsh'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let read = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    read += chunk
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(read).toBe(whole)
})

test('an interrupt while standard input is awaited gives 130 and a line end', async () => {
  const child = spawn(command, [...before, 'decode', '-'], { stdio: 'pipe' })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const status = new Promise((resolve) => child.on('close', resolve))
  // More than a pipe holds: once it is taken the program is reading, and waits for more.
  await new Promise((resolve) => child.stdin.write('x'.repeat(1_500_000), resolve))
  child.kill('SIGINT')
  expect({ status: await status, stderr }).toEqual({ status: 130, stderr: '\n' })
})

test
  .skipIf(!existsSync('/dev/full'))
  .each([[['--help']], [['--version']], [['decode', '@worker.jwt']]])(
  '%j: a product that cannot be written is no success',
  (args) => {
    const full = openSync('/dev/full', 'w')
    const [command, ...before] = PROGRAM
    const { status, stderr } = spawnSync(command, [...before, ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect(status).toBe(3)
    expect(stderr).toContain('standard output: no space left on the device')
  },
)

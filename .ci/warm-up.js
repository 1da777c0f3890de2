/** Runs the usual commands, so that what they need is kept beside dist/main.cjs: first its text, then what V8 made of it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const PROGRAM = resolve('bin/resonate-auth.js')

const COMMANDS = [
  ['--help'],
  ['--version'],
  ['help', 'mint'],
  ['completion', 'bash'],
  ['keygen', '--force'],
  ['mint', '--prefix', 'a.', '--out', 'token.jwt', '--force'],
  ['decode', '@token.jwt'],
  ['verify', '@token.jwt'],
  ['can', 'promise.get', 'a.1', '@token.jwt', '--publickey', 'public.pem'],
  ['lint', 'resonate.toml'],
  ['config', 'resonate.toml'],
]

const cwd = mkdtempSync(join(tmpdir(), 'resonate-auth-build-'))
writeFileSync(join(cwd, 'resonate.toml'), '[auth]\npublickey = "public.pem"\n')
for (const argv of [...COMMANDS, ...COMMANDS]) {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
    cwd,
    encoding: 'utf8',
  })
  if (status !== 0 && status !== 1)
    throw new Error(`"${argv.join(' ')}" ended with ${status}: ${stderr}`)
}
rmSync(cwd, { recursive: true })

/** Runs the usual commands in this process and keeps what V8 compiled for them beside dist/main.cjs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { main, nodeHost, script, CACHE } = createRequire(import.meta.url)('../bin/load.js')

const COMMANDS = [
  ['--help'],
  ['keygen'],
  ['mint', '--prefix', 'a.', '--out', 'token.jwt'],
  ['decode', '@token.jwt'],
  ['verify', '@token.jwt', '--publickey', 'public.pem'],
  ['can', 'promise.get', 'a.1', '--prefix', 'a.'],
  ['lint', 'resonate.toml'],
  ['config', 'resonate.toml'],
]

const folder = mkdtempSync(join(tmpdir(), 'resonate-auth-build-'))
process.chdir(folder)
writeFileSync('resonate.toml', '[auth]\npublickey = "public.pem"\n')
for (const argv of COMMANDS) {
  const status = await main(argv, nodeHost())
  if (status > 1) throw new Error(`"${argv.join(' ')}" ended with status ${status}`)
}
process.chdir(tmpdir())
rmSync(folder, { recursive: true })
writeFileSync(CACHE, script.createCachedData())

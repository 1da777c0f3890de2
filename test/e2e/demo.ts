/** Shows the program at work: `npm run demo`. Needs no network and leaves nothing behind. */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BIN } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'resonate-auth-demo-'))

try {
  say('A key pair: the private half signs tokens here, the public half goes to the server.')
  show('keygen')

  say('A token for a worker. It is judged as the server would judge it before it is handed out.')
  const token = show('mint --prefix worker-1')
  writeFileSync(join(folder, 'worker.jwt'), token)

  say('What is in it.')
  show('decode @worker.jwt')

  say('Would the server accept it?')
  show('verify @worker.jwt --publickey public.pem')

  say('The server answers a bad token with "Unauthorized" and no more. Here is why.')
  show('verify @worker.jwt --publickey public.pem --at 2099-01-01T00:00:00Z')

  say('A configuration that looks secure: the section is misspelled, so nobody has to sign in.')
  write('resonate.toml', '[Auth]\npublickey = "public.pem"\n')
  show('lint resonate.toml')

  say('The same, mended.')
  write('resonate.toml', '[auth]\npublickey = "public.pem"\n\n[observability]\nmetrics_port = 0\n')
  show('lint resonate.toml')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function say(text: string): void {
  console.log(`\n# ${text}`)
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
  console.log(`$ cat ${name}\n${text}`)
}

/** Runs one command line in the demo's folder and shows it as in a terminal; gives the last line that was written. */
function show(line: string): string {
  console.log(`$ resonate-auth ${line}`)
  const output = join(folder, '.output')
  const descriptor = openSync(output, 'w')
  const { status } = spawnSync(process.execPath, [BIN, ...line.split(' ')], {
    cwd: folder,
    stdio: ['ignore', descriptor, descriptor],
    env: { PATH: process.env['PATH'] },
  })
  closeSync(descriptor)
  const text = readFileSync(output, 'utf8')
  process.stdout.write(text)
  if (status !== 0) console.log(`[status ${status}]`)
  return text.trimEnd().split('\n').at(-1) ?? ''
}

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from '../cli/run.ts'
import { isPresent, PROGRAM, runProgram } from './program.ts'

/** What a run of `args` shows on a pseudo-terminal; each of `typed` is typed once its question is shown. */
async function onTerminal(
  args: readonly string[],
  cwd: string,
  typed: readonly (readonly [question: string, answer: string])[] = [],
): Promise<string> {
  const line = [...PROGRAM, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], TERM: 'xterm', HOME: cwd },
  })
  const waiting = [...typed]
  let shown = ''
  for await (const text of child.stdout.setEncoding('utf8')) {
    shown += text
    const [next] = waiting
    if (next === undefined || !shown.includes(next[0])) continue
    child.stdin.write(next[1])
    waiting.shift()
  }
  child.stdin.destroy()
  return shown
}

const COLOUR = '\u{1b}['

test.skipIf(!isPresent('script'))(
  'a terminal gets colour, a pipe and NO_COLOR do not',
  async () => {
    const { path: cwd, remove } = folder({ 'resonate.toml': '[Auth]\npublickey = "a.pem"\n' })
    const args = ['lint', 'resonate.toml']
    expect(await onTerminal(args, cwd)).toContain(COLOUR)
    expect(await onTerminal([...args, '--no-color'], cwd)).not.toContain(COLOUR)
    expect(runProgram(args, { cwd }).stdout).not.toContain(COLOUR)
    remove()
  },
)

test.skipIf(!isPresent('script'))('a passphrase is asked for twice and never shown', async () => {
  const { path: cwd, remove } = folder()
  const shown = await onTerminal(['keygen', '--encrypt'], cwd, [
    ['passphrase:', 'correct horse\r'],
    ['again:', 'correct horse\r'],
  ])
  expect(shown).not.toContain('correct')
  expect(existsSync(join(cwd, 'private.pem'))).toBe(true)
  remove()
})

test.skipIf(!isPresent('script'))('Ctrl-C at a question writes nothing', async () => {
  const { path: cwd, remove } = folder()
  await onTerminal(['keygen', '--encrypt'], cwd, [['passphrase:', '\u{3}']])
  expect(existsSync(join(cwd, 'private.pem'))).toBe(false)
  remove()
})

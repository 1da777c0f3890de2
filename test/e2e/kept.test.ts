import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { folder } from '../cli/run.ts'
import { BIN } from './program.ts'

const ROOT = dirname(dirname(BIN))
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.e30.AA'

let remove: (() => void) | undefined
afterEach(() => remove?.())

/** The program as a package installs it: nothing is kept yet. */
function install(): { readonly kept: string; readonly decode: (env?: object) => unknown } {
  const place = folder()
  remove = place.remove
  for (const name of ['bin', 'dist/main.cjs'])
    cpSync(join(ROOT, name), join(place.path, name), { recursive: true })
  const bin = join(place.path, 'bin/resonate-auth.js')
  return {
    kept: join(place.path, 'dist/kept'),
    decode: (env = {}) => {
      const argv = [bin, 'decode', '--claim', 'prefix', TOKEN]
      const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
        encoding: 'utf8',
        env: { ...env },
      })
      return { status, stdout, stderr }
    },
  }
}

const ANSWER = { status: 1, stdout: '', stderr: expect.stringContaining('no claim "prefix"') }

function keptFiles(kept: string): readonly string[] {
  return readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('decode'),
  )
}

test('the first runs of a command keep its text and its compiled code, the next one uses them', () => {
  const { kept, decode } = install()
  expect(decode()).toEqual(ANSWER)
  const [name = ''] = keptFiles(kept)
  const text = readFileSync(join(kept, name)).length
  expect(decode()).toEqual(ANSWER)
  expect(readFileSync(join(kept, name)).length).toBeGreaterThan(text)
  // What V8 refuses is replaced by another file.
  const { ino } = statSync(join(kept, name))
  expect(decode()).toEqual(ANSWER)
  expect(statSync(join(kept, name)).ino).toBe(ino)
})

test.each([
  ['cut off', (file: string) => truncateSync(file, 1000)],
  ['cut off in its code', (file: string) => truncateSync(file, statSync(file).size - 1000)],
  [
    'zeros behind its head',
    (file: string) => {
      const bytes = readFileSync(file)
      writeFileSync(file, bytes.fill(0, 16))
    },
  ],
  ['empty', (file: string) => truncateSync(file, 0)],
  ['something else', (file: string) => writeFileSync(file, 'x'.repeat(5000))],
])('kept code that is %s is made anew', (_, spoil) => {
  const { kept, decode } = install()
  decode()
  decode()
  const [name = ''] = keptFiles(kept)
  const file = join(kept, name)
  const { size } = statSync(file)
  spoil(file)
  expect(decode()).toEqual(ANSWER)
  decode()
  expect(statSync(file).size).toBeGreaterThan(size / 2)
})

test('where nothing can be kept, or nothing should be, the program runs all the same', () => {
  const { kept, decode } = install()
  expect(decode({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(ANSWER)
  expect(readdirSync(dirname(kept))).toEqual(['main.cjs'])
  writeFileSync(kept, '')
  expect(decode()).toEqual(ANSWER)
})

import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from '../cli/run.ts'
import { runProcess } from './program.ts'

test('the packed package runs where it is installed', () => {
  const { path, remove } = folder()
  const env = { HOME: path }
  runProcess('npm', ['pack', '--pack-destination', path], { env })
  const [tarball = ''] = readdirSync(path).filter((name) => name.endsWith('.tgz'))
  const place = join(path, 'node_modules/resonate-auth')
  mkdirSync(place, { recursive: true })
  runProcess('tar', ['xzf', tarball, '--strip-components=1', '-C', place], { cwd: path })
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(path, 'node_modules', name))
  const bin = join(place, 'bin/resonate-auth.js')
  expect(runProcess(bin, ['keygen'], { cwd: path })).toMatchObject({ status: 0 })
  expect(runProcess(bin, ['mint', '--prefix', 'worker-1.'], { cwd: path })).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^ey/),
  })
  remove()
})

import { expect, test } from 'vitest'
import { bashCompletion } from '../../../src/docs/bash.ts'
import { readEntry } from '../../../src/docs/entry.ts'
import { folder } from '../../cli/run.ts'
import { sampleProgram } from './sample.ts'
import { present, shellLines } from './shell-run.ts'

const script = bashCompletion(readEntry(sampleProgram()))

test.skipIf(!present('bash')).each([
  ['resonate-auth ', ['sign', 'key', '--version', '--help']],
  ['resonate-auth k', ['key']],
  ['resonate-auth key ', ['inspect', 'match', '--help']],
  ['resonate-auth issue --a', ['--alg']],
  ['resonate-auth sign --alg ', ['ES256', 'EdDSA']],
  ['resonate-auth sign --alg=Ed', ['EdDSA']],
  ['resonate-auth sign --key pri', ['private key.pem']],
  ['resonate-auth sign -k pri', ['private key.pem']],
  // A value that is spelled like a command is still a value.
  ['resonate-auth sign --note key --alg ', ['ES256', 'EdDSA']],
  ['resonate-auth sign --note ', []],
  ['resonate-auth sign --folder ', ['keys']],
  ['resonate-auth key inspect pri', ['private key.pem']],
  ['resonate-auth sign -- pri', ['private key.pem']],
])('%j is completed with %j', (line, offered) => {
  const { path, remove } = folder({ 'private key.pem': '', 'keys/a.pem': '' })
  const typed = `COMP_LINE='${line}'; COMP_POINT=${line.length}; COMP_WORDBREAKS=$' \\t\\n"><=;|&(:@'`
  const print = `_resonate_auth; printf '%s\\n' "\${COMPREPLY[@]}"`
  expect(shellLines('bash', `${script}\n${typed}\n${print}`, path)).toEqual(offered)
  remove()
})

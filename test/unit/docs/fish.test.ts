import { expect, test } from 'vitest'
import { readEntry } from '../../../src/docs/entry.ts'
import { fishCompletion } from '../../../src/docs/fish.ts'
import { folder } from '../../cli/run.ts'
import { sampleProgram } from './sample.ts'
import { present, shellLines } from './shell-run.ts'

const script = fishCompletion(readEntry(sampleProgram()))

test.skipIf(!present('fish')).each([
  ['resonate-auth ', ['key', 'sign']],
  ['resonate-auth key ', ['inspect', 'match']],
  ['resonate-auth issue --a', ['--alg']],
  ['resonate-auth sign --alg ', ['ES256', 'EdDSA']],
  ['resonate-auth sign --key pri', ['private.pem']],
  ['resonate-auth sign --note key --alg ', ['ES256', 'EdDSA']],
  ['resonate-auth sign --folder ', ['keys/']],
  ['resonate-auth key inspect pri', ['private.pem']],
])('%j is completed with %j', (line, offered) => {
  const { path, remove } = folder({ 'private.pem': '', 'keys/a.pem': '' })
  const home = `set -x HOME ${path}; set -x XDG_CONFIG_HOME ${path}; set -x XDG_DATA_HOME ${path}`
  const lines = shellLines('fish', `${home}\n${script}\ncomplete -C '${line}'`, path)
  expect(new Set(lines.map((offer) => offer.split('\t')[0]))).toEqual(new Set(offered))
  remove()
})

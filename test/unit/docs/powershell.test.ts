import { expect, test } from 'vitest'
import { readEntry } from '../../../src/docs/entry.ts'
import { powershellCompletion } from '../../../src/docs/powershell.ts'
import { folder } from '../../cli/run.ts'
import { sampleProgram } from './sample.ts'
import { present, shellLines } from './shell-run.ts'

const script = powershellCompletion(readEntry(sampleProgram()))

test('texts are literal strings: a quote in one cannot end it', () => {
  expect(script.match(/'/g)?.length).toSatisfy((count: number) => count % 2 === 0)
})

test.skipIf(!present('pwsh')).each([
  ['resonate-auth k', ['key']],
  ['resonate-auth key ', ['inspect', 'match', '--help']],
  ['resonate-auth sign --alg ', ['ES256', 'EdDSA']],
  ['resonate-auth sign --note key --al', ['--alg']],
])('%j is completed with %j', (line, offered) => {
  const { path, remove } = folder()
  const ask = `(TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`
  expect(shellLines('pwsh', `${script}\n${ask}`, path)).toEqual(offered)
  remove()
})

import { expect, test } from 'vitest'
import { isPresent, runProcess } from './program.ts'

test.each([
  ['the tour', [], ['accepted:', 'expired', 'RA103', '1 info']],
  ['the recipe', ['recipe'], ['RA006', 'missing-exp', 'accepted:', '403']],
])('%s runs to its end and shows what it promises', (_, args, promised) => {
  if (args.length > 0 && !isPresent('openssl')) return
  const demo = ['.ci/run-script.js', 'test/e2e/demo.ts', ...args]
  const { status, stdout, stderr } = runProcess(process.execPath, demo)
  expect({ status, stderr, shown: promised.filter((text) => stdout.includes(text)) }).toEqual({
    status: 0,
    stderr: '',
    shown: promised,
  })
})

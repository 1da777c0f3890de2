import { expect, test } from 'vitest'
import { matchLogLine } from '../../../src/target/log-line.ts'
import type { ReasonRow } from '../../../src/target/target.ts'

const row = (id: string, log?: string): ReasonRow => ({
  id,
  status: 401,
  ...(log !== undefined && { log }),
  meaning: '',
  mending: '',
  certainty: 'recorded',
})

const ROWS = [
  row('silent'),
  row('json', 'rejected error=JSON error: {…}'),
  row('json-aud', 'rejected error=JSON error: invalid type: string {…}, expected a sequence{…}'),
  row('expired', 'rejected error=ExpiredSignature'),
]

test.each([
  ['rejected error=ExpiredSignature', ['expired']],
  ['WARN x: rejected kind=a error=ExpiredSignature', ['expired']],
  ['{"message":"rejected","error":"ExpiredSignature"}', ['expired']],
  [
    'rejected error=JSON error: invalid type: string "a", expected a sequence at line 1',
    ['json-aud'],
  ],
  ['rejected error=JSON error: EOF', ['json']],
  ['\u001b[31mrejected\u001b[0m \u001b[3merror\u001b[0m=ExpiredSignature', ['expired']],
  ['accepted', []],
  ['', []],
])('%j means %j', (line, ids) => {
  expect(matchLogLine(line, ROWS).map(({ id }) => id)).toEqual(ids)
})

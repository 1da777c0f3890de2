import { expect, test } from 'vitest'
import { EXIT_STATUSES } from '../../../src/docs/exit-status.ts'
import { ExitCode } from '../../../src/errors.ts'

test('every status the program can answer is explained', () => {
  expect(EXIT_STATUSES.map(({ status }) => status)).toEqual(Object.values(ExitCode))
})

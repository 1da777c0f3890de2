import { beforeEach } from 'vitest'

/** What the executable cannot be held to: the name of the test, and why. The README of test/e2e lists the same. */
const EXEMPT = new Map([
  [
    'a current directory that is gone is no bug',
    'Bun ends with its own message and status 1 before the program begins',
  ],
])

beforeEach(({ task, skip }) => {
  const reason = EXEMPT.get(task.name)
  if (reason !== undefined) skip(reason)
})

import { expect, test } from 'vitest'
import { authorize, KINDS, operationData } from '../../../../src/target/resonate-go/authorize.ts'
import type { Authority } from '../../../../src/target/target.ts'

function authority(prefix: string | undefined, role?: string): Authority {
  return {
    prefix: prefix === undefined ? { kind: 'absent' } : { kind: 'text', text: prefix },
    ...(role !== undefined && { role }),
  }
}

test.each([
  ['a.', 'a.b', true],
  ['a.', 'a', false],
  ['a.', 'A.b', false],
  ['a', 'ab', true],
  ['', 'anything', true],
  [undefined, 'anything', false],
])('the prefix %j and the id %j: %j', (prefix, id, allowed) => {
  for (const kind of KINDS.filter((one) => one.startsWith('promise.')))
    expect(authorize(authority(prefix), kind, operationData(kind, id)).allowed).toBe(allowed)
})

test.each([
  ['admin', true],
  ['ADMIN', true],
  ['adm\u0130n', true],
  ['admin ', false],
  ['administrator', false],
  ['', false],
])('the role %j opens everything: %j', (role, allowed) => {
  for (const kind of ['promise.create', 'schedule.delete', 'lock.acquire', 'task.claim'])
    expect(authorize(authority(undefined, role), kind, operationData(kind, 'x')).allowed).toBe(
      allowed,
    )
})

test.each(['lock.heartbeat', 'task.heartbeat', 'poll'])(
  '%s compares no id: any prefix will do, none at all will not',
  (kind) => {
    expect(authorize(authority('a.'), kind, {}).allowed).toBe(true)
    expect(authorize(authority(undefined), kind, {}).allowed).toBe(false)
  },
)

test.each([
  ['__resume:a.root:x', true],
  ['__resume:b.root:x', false],
  ['__invoke:a.x', true],
  ['a.x', false],
])('a task is compared by the promise in its id: %s', (id, allowed) => {
  expect(authorize(authority('a.'), 'task.claim', operationData('task.claim', id)).allowed).toBe(
    allowed,
  )
})

test('a new schedule is compared by the id of its promises, not by its own', () => {
  expect(
    authorize(authority('a.'), 'schedule.create', { id: 'b', promiseId: 'a.{{.id}}' }).allowed,
  ).toBe(true)
  expect(authorize(authority('a.'), 'schedule.create', { id: 'a.s', promiseId: 'b' }).allowed).toBe(
    false,
  )
})

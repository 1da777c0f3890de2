import type { Kind } from './authorize.ts'
import type { GoField, GoType } from './go-type.ts'
import { PROMISE_STATE } from './promise-state.ts'
import type { OperationName } from './routes.ts'

/** A rule of the body that is checked after decoding, in the order of the struct's fields. */
export interface BodyRule {
  /** Names down to the value. */
  readonly path: readonly string[]
  readonly rule: 'required' | 'min'
}

/** How a request of :8001 becomes an operation: what is read and what is compared with the prefix. */
export interface OperationRow {
  readonly kind: Kind
  /** Typed headers that can spoil the request, in the order in which they are read. */
  readonly headers: readonly ('Strict' | 'Task-Counter')[]
  readonly body?: GoType
  readonly rules: readonly BodyRule[]
  /** Where the id stands: the path's variable part, else a member of the body. */
  readonly id: [] | readonly string[]
}

const TEXT: GoType = { kind: 'string' }
const INT: GoType = { kind: 'int' }
const INT64: GoType = { kind: 'int64' }
const MAP: GoType = { kind: 'map' }
/** json.RawMessage: any JSON, null included, makes it present. */
const RAW: GoType = { kind: 'custom', read: () => ({ ok: true, value: 'raw' }) }
const VALUE = struct('promise.Value', { headers: MAP, data: { kind: 'bytes' } })

function struct(name: string, fields: Readonly<Record<string, GoType>>): GoType {
  const list: readonly GoField[] = Object.entries(fields).map(([field, type]) => ({
    name: field,
    type,
  }))
  return { kind: 'struct', name, fields: list }
}

function required(...path: readonly string[]): BodyRule {
  return { path, rule: 'required' }
}

function atLeastZero(...path: readonly string[]): BodyRule {
  return { path, rule: 'min' }
}

const CREATE_PROMISE = struct('http.createPromiseBody', {
  id: TEXT,
  param: VALUE,
  timeout: INT64,
  tags: MAP,
})

/** The operations of v0.8.2 internal/app/subsystems/api/http (promise.go, schedule.go, lock.go, task.go). */
export const OPERATIONS: Readonly<Record<Exclude<OperationName, 'ping' | 'poll'>, OperationRow>> = {
  createPromise: {
    kind: 'promise.create',
    headers: ['Strict', 'Task-Counter'],
    body: CREATE_PROMISE,
    rules: [required('id')],
    id: ['id'],
  },
  createPromiseAndTask: {
    kind: 'promise.create-task',
    headers: ['Strict', 'Task-Counter'],
    body: struct('http.createPromiseAndTaskBody', {
      promise: CREATE_PROMISE,
      task: struct('http.createPromiseTaskBody', { processId: TEXT, ttl: INT64 }),
    }),
    rules: [required('promise', 'id'), required('task', 'processId'), atLeastZero('task', 'ttl')],
    id: ['promise', 'id'],
  },
  searchPromises: { kind: 'promise.search', headers: [], rules: [], id: [] },
  readPromise: { kind: 'promise.get', headers: [], rules: [], id: [] },
  completePromise: {
    kind: 'promise.complete',
    headers: ['Strict', 'Task-Counter'],
    body: struct('http.completePromiseBody', { state: PROMISE_STATE, value: VALUE }),
    rules: [required('state')],
    id: [],
  },
  createCallback: {
    kind: 'callback.create',
    headers: ['Task-Counter'],
    body: struct('http.createCallbackBody', {
      promiseId: TEXT,
      rootPromiseId: TEXT,
      recv: RAW,
      timeout: INT64,
    }),
    rules: [required('rootPromiseId'), required('recv')],
    id: ['promiseId'],
  },
  createSubscription: {
    kind: 'subscription.create',
    headers: [],
    body: struct('http.createSubscriptionBody', {
      Id: TEXT,
      promiseId: TEXT,
      recv: RAW,
      timeout: INT64,
    }),
    rules: [required('Id'), required('recv')],
    id: ['promiseId'],
  },
  createSchedule: {
    kind: 'schedule.create',
    headers: [],
    body: struct('http.createScheduleBody', {
      id: TEXT,
      desc: TEXT,
      cron: TEXT,
      tags: MAP,
      promiseId: TEXT,
      promiseTimeout: INT64,
      promiseParam: VALUE,
      promiseTags: MAP,
    }),
    rules: [required('id'), required('cron'), required('promiseId')],
    id: ['promiseId'],
  },
  searchSchedules: { kind: 'schedule.search', headers: [], rules: [], id: [] },
  readSchedule: { kind: 'schedule.get', headers: [], rules: [], id: [] },
  deleteSchedule: { kind: 'schedule.delete', headers: [], rules: [], id: [] },
  acquireLock: {
    kind: 'lock.acquire',
    headers: [],
    body: struct('http.acquireLockBody', {
      resourceId: TEXT,
      executionId: TEXT,
      processId: TEXT,
      ttl: INT64,
    }),
    rules: [
      required('resourceId'),
      required('executionId'),
      required('processId'),
      atLeastZero('ttl'),
    ],
    id: ['resourceId'],
  },
  releaseLock: {
    kind: 'lock.release',
    headers: [],
    body: struct('http.releaseLockBody', { resourceId: TEXT, executionId: TEXT }),
    rules: [required('resourceId'), required('executionId')],
    id: ['resourceId'],
  },
  heartbeatLocks: {
    kind: 'lock.heartbeat',
    headers: [],
    body: struct('http.heartbeatLocksBody', { processId: TEXT }),
    rules: [required('processId')],
    id: [],
  },
  claimTask: {
    kind: 'task.claim',
    headers: [],
    body: struct('http.claimTaskBody', { id: TEXT, counter: INT, processId: TEXT, ttl: INT64 }),
    rules: [required('id'), required('counter'), required('processId'), atLeastZero('ttl')],
    id: ['id'],
  },
  completeTask: {
    kind: 'task.complete',
    headers: [],
    body: struct('http.completeTaskBody', { id: TEXT, counter: INT }),
    rules: [required('id'), required('counter')],
    id: ['id'],
  },
  dropTask: {
    kind: 'task.drop',
    headers: [],
    body: struct('http.dropTaskBody', { id: TEXT, counter: INT }),
    rules: [required('id'), required('counter')],
    id: ['id'],
  },
  heartbeatTasks: {
    kind: 'task.heartbeat',
    headers: [],
    body: struct('http.heartbeatTaskBody', { processId: TEXT }),
    rules: [required('processId')],
    id: [],
  },
}

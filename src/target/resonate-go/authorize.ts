import type { Authority, Authorization, Check } from '../target.ts'
import { lowerGo } from './go-text.ts'

/** How an operation's identifier is compared with the prefix (v0.8.2 internal/api/middleware.go, matchPromisePrefix). */
type Comparison = 'id' | 'task' | 'none'

interface KindRow {
  readonly compares: Comparison
  /** Where the identifier stands in the operation's data; the first path that is there counts. */
  readonly paths: readonly string[]
}

const PROMISE: KindRow = { compares: 'id', paths: ['id'] }
const TASK: KindRow = { compares: 'task', paths: ['id'] }
const LOCK: KindRow = { compares: 'id', paths: ['resourceId', 'id'] }
const AWAITED: KindRow = { compares: 'id', paths: ['promiseId', 'awaited', 'id'] }
const FREE: KindRow = { compares: 'none', paths: [] }

/** The operations by their kind; a search compares its pattern, a new schedule the id of its promises. */
export const KIND_ROWS = {
  'promise.get': PROMISE,
  'promise.search': PROMISE,
  'promise.create': PROMISE,
  'promise.create-task': { compares: 'id', paths: ['promise.id', 'action.data.id', 'id'] },
  'promise.complete': PROMISE,
  'callback.create': AWAITED,
  'subscription.create': AWAITED,
  'schedule.get': PROMISE,
  'schedule.search': PROMISE,
  'schedule.create': { compares: 'id', paths: ['promiseId'] },
  'schedule.delete': PROMISE,
  'lock.acquire': LOCK,
  'lock.release': LOCK,
  'lock.heartbeat': FREE,
  'task.claim': TASK,
  'task.complete': TASK,
  'task.drop': TASK,
  'task.heartbeat': FREE,
  poll: FREE,
} as const satisfies Record<string, KindRow>

export type Kind = keyof typeof KIND_ROWS

// The keys of a literal object are exactly its type's.
export const KINDS = Object.keys(KIND_ROWS) as readonly Kind[]

/** The data of `kind` with `id` where the server looks for it; empty for kinds that compare none. */
export function operationData(kind: string, id: string): unknown {
  const [path] = (findKind(kind) ?? PROMISE).paths
  if (path === undefined) return {}
  return path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), id)
}

/** The kinds of the Rust server for the same operations. */
const SYNONYMS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['promise.settle', 'promise.complete'],
  ['promise.resolve', 'promise.complete'],
  ['promise.reject', 'promise.complete'],
  ['promise.cancel', 'promise.complete'],
  ['promise.register_callback', 'callback.create'],
  ['promise.register_listener', 'subscription.create'],
  ['task.create', 'promise.create-task'],
  ['task.acquire', 'task.claim'],
  ['task.release', 'task.drop'],
  ['task.fulfill', 'task.complete'],
])

function findKind(name: string): KindRow | undefined {
  const kind = KINDS.find((known) => known === name) ?? SYNONYMS.get(name)
  return kind === undefined ? undefined : KIND_ROWS[kind]
}

/**
 * Whether whoever has `authority` may do `kind` with `data` (parsed JSON). A kind the server does not have is compared
 * like a promise by `data.id`. Source: v0.8.2 internal/api/middleware.go, authorize.
 */
export function authorize(authority: Authority, kind: string, data: unknown): Authorization {
  const { compares, paths } = findKind(kind) ?? PROMISE
  const id = paths.map((path) => textAt(data, path)).find((text) => text !== undefined) ?? ''
  return authorizeId(authority, compares, Buffer.from(id))
}

/** The same with the identifier's own bytes, as a request's path may hold any. */
export function authorizeId(
  { role, prefix }: Authority,
  compares: Comparison,
  id: Uint8Array,
): Authorization {
  if (lowerGo(role ?? '') === 'admin') return allow('role', 'admin: every id is allowed')
  if (prefix.kind !== 'text') return forbid('no-prefix', 'neither a prefix nor the role admin')
  if (prefix.text === '') return allow('prefix', 'empty: every id is allowed')
  if (compares === 'none') return allow('prefix', 'present, which is enough for this operation')
  const bytes = Buffer.from(prefix.text)
  const within =
    compares === 'id'
      ? startsWith(id, bytes)
      : ['__resume:', '__invoke:', '__notify:'].some((marker) =>
          startsWith(id, Buffer.concat([Buffer.from(marker), bytes])),
        )
  return within
    ? allow('prefix', 'the id starts with it')
    : forbid('outside-prefix', 'the id does not start with it')
}

function textAt(data: unknown, path: string): string | undefined {
  let value = data
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    // The member is there: any object can be read by name.
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return typeof value === 'string' ? value : undefined
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, prefix.length), prefix) === 0
}

function allow(subject: string, says: string): Authorization {
  return { allowed: true, checks: listChecks(subject, { subject, state: 'pass', says }) }
}

function forbid(reason: string, says: string): Authorization {
  return {
    allowed: false,
    reason,
    claim: 'prefix',
    detail: 'unauthorized prefix',
    checks: listChecks('prefix', { subject: 'prefix', state: 'fail', says }),
  }
}

function listChecks(subject: string, check: Check): readonly Check[] {
  const role: Check = { subject: 'role', state: 'pass', says: 'not admin, which is no fault' }
  return subject === 'role' ? [check] : [role, check]
}

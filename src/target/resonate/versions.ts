import type { Certainty } from '../target.ts'

/** What differs between the versions of the Rust server as far as tokens go; `src/auth.rs` is the same in all. */
export interface Version {
  readonly certainty: Certainty
  /** The operation kinds it knows, in the order of its documentation. */
  readonly kinds: readonly string[]
  /** `POST /` takes the `Authorization` header where `head.auth` is absent or null. */
  readonly readsHeader: boolean
  /** There is `/health`. */
  readonly health: boolean
  /** The console stands at `/console`, and `GET /` leads there. */
  readonly console: boolean
}

const KINDS = [
  'promise.get',
  'promise.create',
  'promise.settle',
  'promise.register_callback',
  'promise.register_listener',
  'promise.search',
  'task.get',
  'task.create',
  'task.acquire',
  'task.release',
  'task.fulfill',
  'task.suspend',
  'task.fence',
  'task.heartbeat',
  'task.halt',
  'task.continue',
  'task.search',
  'schedule.get',
  'schedule.create',
  'schedule.delete',
  'schedule.search',
] as const

const DEBUG_KINDS = ['debug.reset', 'debug.snap', 'debug.tick'] as const

/** The console's own kinds, unknown to the prefix rules and so closed to every token with a prefix (0.10, source). */
const CONSOLE_KINDS = ['ui.executions.search', 'ui.execution.get', 'ui.schedules.search'] as const

export const VERSIONS = {
  '0.9': {
    certainty: 'recorded',
    kinds: [...KINDS, 'debug.start', 'debug.stop', ...DEBUG_KINDS],
    readsHeader: false,
    health: true,
    console: false,
  },
  '0.10': {
    certainty: 'source',
    kinds: [...KINDS, ...DEBUG_KINDS, ...CONSOLE_KINDS],
    readsHeader: true,
    health: true,
    console: true,
  },
  '0.10-plugins': {
    certainty: 'source',
    kinds: [...KINDS, ...DEBUG_KINDS, ...CONSOLE_KINDS],
    readsHeader: true,
    health: false,
    console: true,
  },
} as const satisfies Readonly<Record<string, Version>>

export type VersionName = keyof typeof VERSIONS

/** Where an operation's JSON holds the id that a prefix is compared with (src/auth.rs `extract_resource_id`). */
const ID_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ...[
    'promise.get',
    'promise.create',
    'promise.settle',
    'task.get',
    'task.acquire',
    'task.release',
    'task.fulfill',
    'task.suspend',
    'task.fence',
    'task.halt',
    'task.continue',
    'schedule.get',
    'schedule.delete',
  ].map((kind): [string, readonly string[]] => [kind, ['id']]),
  ['promise.register_callback', ['awaited']],
  ['promise.register_listener', ['awaited']],
  ['schedule.create', ['promiseId']],
  ['task.create', ['action', 'data', 'id']],
])

/** The way to the id in the data of `kind`; undefined for kinds closed to every prefix and for `task.heartbeat`. */
export function idPath(kind: string): readonly string[] | undefined {
  return ID_PATHS.get(kind)
}

/** The data of `kind` with `id` where the server looks for it; an empty object for kinds that name no id. */
export function operationData(kind: string, id: string): unknown {
  if (kind === 'task.heartbeat') return { tasks: [{ id }] }
  const path = ID_PATHS.get(kind)
  return path === undefined
    ? {}
    : path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), id)
}

/** What a prefix does not protect (vectors/rust-0.9/README-tokens.md, tried on 0.9.8). */
export const UNPROTECTED: readonly string[] = [
  'task.fence checks the task alone: the promise inside may be created, settled or read under any prefix',
  'promise.register_callback checks the awaited promise alone, the awaiter may lie under any prefix',
  'task.suspend checks the task alone, the promises it waits for may lie under any prefix',
  'GET /poll/GROUP/ID takes any accepted token for any group, and an open stream outlives its token',
]

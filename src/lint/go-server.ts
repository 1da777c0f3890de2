import type { Origin } from '../config/setting.ts'
import { type Facts, reachOf } from './facts.ts'

/** A setting of the Go server with its path. */
export interface GoSetting {
  readonly path: string
  readonly value: unknown
  readonly origin: Origin
}

/** The setting at `path` of the Go server. */
export function goSetting({ configuration }: Facts, path: string): GoSetting | undefined {
  const found = configuration.settings.get(path)
  return found === undefined ? undefined : { path, value: found.value, origin: found.origin }
}

/** The basic-auth users below the map at `path`, with their passwords. */
export function goUsers({ configuration }: Facts, path: string): readonly GoSetting[] {
  const prefix = `${path}.`
  return [...configuration.settings]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, { value, origin }]) => ({ path: key, value, origin }))
}

export const HTTP_USERS = 'api.subsystems.http.config.auth'

/** Where the poll plugin stands in this version. */
export function pollPath({ target }: Facts): string {
  return target.version === '0.7' ? 'aio.subsystems.sender.config.plugins.poll' : 'aio.plugins.poll'
}

/** Whether the server has JWT auth. */
export function goHasKey(facts: Facts): boolean {
  const key = goSetting(facts, 'api.auth.publicKey')?.value
  return typeof key === 'string' && key !== ''
}

/** Whether the server asks for basic auth on its API. */
export function goHasUsers(facts: Facts): boolean {
  return goUsers(facts, HTTP_USERS).length > 0
}

/** Who reaches an address such as `:8001`. */
export function goReach(address: unknown): ReturnType<typeof reachOf> {
  return reachOf(typeof address === 'string' ? address.replace(/:\d*$/, '') : '')
}

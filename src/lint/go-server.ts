import type { Origin } from '../config/setting.ts'
import { type Facts, reachOf, withoutPort } from './facts.ts'

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

/** A user of basic auth; the value is the password. */
export interface GoUser extends GoSetting {
  readonly user: string
}

/** Where the poll plugin stands in this version. */
export function pollPath({ target }: Facts): string {
  return target.version === '0.7' ? 'aio.subsystems.sender.config.plugins.poll' : 'aio.plugins.poll'
}

/** The users of one listener. */
export function goUsers(facts: Facts, listener: 'http' | 'poll'): readonly GoUser[] {
  const table = listener === 'http' ? 'api.subsystems.http' : pollPath(facts)
  const prefix = `${table}.config.auth.`
  return [...facts.configuration.settings]
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, { value, origin }]) => ({ user: path.slice(prefix.length), path, value, origin }))
}

/** The users of both listeners. */
export function allGoUsers(facts: Facts): readonly GoUser[] {
  return [...goUsers(facts, 'http'), ...goUsers(facts, 'poll')]
}

/** Whether the server has JWT auth. */
export function goHasKey(facts: Facts): boolean {
  const key = goSetting(facts, 'api.auth.publicKey')?.value
  return typeof key === 'string' && key !== ''
}

/** Whether the server asks for basic auth on its API. */
export function goHasUsers(facts: Facts): boolean {
  return goUsers(facts, 'http').length > 0
}

/** Who reaches an address such as `:8001`. */
export function goReach(address: unknown): ReturnType<typeof reachOf> {
  return reachOf(typeof address === 'string' ? withoutPort(address) : '')
}

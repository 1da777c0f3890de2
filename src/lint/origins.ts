import type { Origin } from '../config/setting.ts'
import { type Facts, setting } from './facts.ts'

/** The configured list of allowed origins. */
export interface OriginList {
  readonly path: string
  readonly value: readonly string[]
  readonly origin: Origin
}

/** The list of allowed origins; undefined when the target has none or it was not understood. */
export function allowedOrigins(facts: Facts): OriginList | undefined {
  const found = setting(facts, 'origins')
  const path = facts.concepts.origins
  if (found === undefined || path === undefined || !isList(found.value)) return undefined
  return { path, value: found.value, origin: found.origin }
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}

import type { Authority, Authorization, Check } from '../target.ts'
import { idPath } from './operations.ts'
import { MESSAGES } from './reason-log.ts'
import { describeReason, type ReasonId } from './reasons.ts'
import { showValue } from './shown-members.ts'

/** Whether the bearer of `authority` may do `kind` with `data`, the operation's parsed JSON (src/auth.rs `auth_check`). */
export function authorize(authority: Authority, kind: string, data: unknown): Authorization {
  const { role, prefix } = authority
  if (role?.toLowerCase() === 'admin')
    return allow([pass('role', `${showValue(role)}: everything is allowed`)])
  const checks = [pass('role', role === undefined ? 'absent' : `${showValue(role)}: means nothing`)]
  switch (prefix.kind) {
    case 'absent':
      return forbid(checks, 'no-prefix', MESSAGES.noPrefix)
    case 'other':
      return forbid(checks, 'prefix-type', MESSAGES.prefixType)
    case 'text':
      if (prefix.text === '') return allow([...checks, pass('prefix', '"": everything is allowed')])
      return kind === 'task.heartbeat'
        ? authorizeHeartbeat(prefix.text, data, checks)
        : authorizeResource(prefix.text, kind, data, checks)
  }
}

/** Every task id of a heartbeat must fit; what is no id passes, and so does a heartbeat without tasks. */
function authorizeHeartbeat(
  prefix: string,
  data: unknown,
  checks: readonly Check[],
): Authorization {
  const tasks = member(data, 'tasks')
  const ids = Array.isArray(tasks) ? tasks.map((task: unknown) => member(task, 'id')) : []
  const stray = ids.find((id) => typeof id === 'string' && !id.startsWith(prefix))
  if (stray === undefined)
    return allow([...checks, pass('prefix', `every task id starts with ${showValue(prefix)}`)])
  return forbid(checks, 'heartbeat-outside-prefix', MESSAGES.heartbeat, sayOutside(stray, prefix))
}

function authorizeResource(
  prefix: string,
  kind: string,
  data: unknown,
  checks: readonly Check[],
): Authorization {
  const path = idPath(kind)
  if (path === undefined) return forbid(checks, blameKind(kind), MESSAGES.mismatch)
  const id = path.reduce(member, data)
  const where = `data.${path.join('.')}`
  if (typeof id !== 'string')
    return allow([...checks, pass('prefix', `${where} is no text, so there is nothing to compare`)])
  if (!id.startsWith(prefix))
    return forbid(
      checks,
      'outside-prefix',
      MESSAGES.mismatch,
      `${where}: ${sayOutside(id, prefix)}`,
    )
  const says = `${where}: ${showValue(id)} starts with ${showValue(prefix)}`
  return allow([...checks, pass('prefix', says)])
}

function sayOutside(id: unknown, prefix: string): string {
  return `${showValue(id)} does not start with ${showValue(prefix)}`
}

function blameKind(kind: string): ReasonId {
  if (/^(?:promise|task|schedule)\.search$/.test(kind)) return 'search-restricted'
  return /^debug\.(?:start|stop|reset|snap|tick)$/.test(kind) ? 'debug-restricted' : 'unknown-kind'
}

/** A member of a JSON object; undefined for anything else. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  // Object.hasOwn keeps inherited names out; a JSON object is a record.
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

function pass(subject: string, says: string): Check {
  return { subject, state: 'pass', says }
}

function allow(checks: readonly Check[]): Authorization {
  return { allowed: true, checks }
}

function forbid(
  checks: readonly Check[],
  reason: ReasonId,
  message: string,
  says: string = describeReason(reason),
): Authorization {
  return {
    allowed: false,
    reason,
    claim: 'prefix',
    log: { message },
    checks: [...checks, { subject: 'prefix', state: 'fail', says }],
  }
}

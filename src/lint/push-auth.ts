import type { Origin } from '../config/setting.ts'
import type { PushAuth } from '../target/resonate/push.ts'
import { type Facts, isRefused, setting, tableOrigin, textSetting } from './facts.ts'

/** The push-auth settings as the server holds them; undefined when there is no such table, or its mode is refused. */
export function pushAuth(facts: Facts): PushAuth | undefined {
  if (tableOrigin(facts, 'push') === undefined || isRefused(facts, 'pushMode')) return undefined
  const mode = textSetting(facts, 'pushMode')?.value
  const token = textSetting(facts, 'pushToken')?.value
  const audience = textSetting(facts, 'pushAudience')?.value
  return {
    mode: mode === 'bearer' || mode === 'gcp' ? mode : 'none',
    header: textSetting(facts, 'pushHeader')?.value ?? 'Authorization',
    ...(token !== undefined && { token }),
    ...(audience !== undefined && { audience }),
  }
}

/** Whether pushes to workers are delivered at all. */
export function pushIsEnabled(facts: Facts): boolean {
  return setting(facts, 'pushEnabled')?.value !== false
}

/** Whether there is a token to send in bearer mode; without one the server sends an empty credential. */
export function hasToken({ token = '' }: PushAuth): boolean {
  return token !== ''
}

/** Whether the HTTP client writes the header itself, so that a credential in it is lost or breaks the message. */
export function isFramingHeader(name: string): boolean {
  return /^(?:content-length|content-type|host|transfer-encoding|connection|te|upgrade)$/i.test(
    name,
  )
}

const MODE_FLAG = '--transports-http-push-auth-mode'

/** A mode on the command line that the server does not know: it becomes none in silence. */
export function mistypedMode(
  facts: Facts,
): { readonly text: string; readonly origin: Origin } | undefined {
  for (const [index, { text, origin }] of facts.arguments.entries()) {
    const joined = text?.startsWith(`${MODE_FLAG}=`) === true
    const given = joined
      ? { text: text.slice(MODE_FLAG.length + 1), origin }
      : text === MODE_FLAG
        ? facts.arguments[index + 1]
        : undefined
    if (given?.text !== undefined && !['none', 'bearer', 'gcp'].includes(given.text))
      return { text: given.text, origin: given.origin }
  }
  return undefined
}

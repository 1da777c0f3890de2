import type { Origin } from '../config/setting.ts'
import { credential, type PushAuth, type PushCredential } from '../target/resonate/push.ts'
import { type Facts, setting, tableOrigin, textSetting } from './facts.ts'

/** A target such as a worker registers; push auth is the same for all of them. */
export const ANY_WORKER = 'https://worker.example.com/'

/** The push-auth settings as the server holds them; undefined when there is no such table. */
export function pushAuth(facts: Facts): PushAuth | undefined {
  if (tableOrigin(facts, 'push') === undefined) return undefined
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

/** What the server adds to every message, an ID token standing for itself in gcp mode. */
export function pushCredential(auth: PushAuth): PushCredential {
  return credential(auth, ANY_WORKER, () => 'id-token')
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

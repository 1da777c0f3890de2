import { type Facts, type TextSetting, textSetting } from './facts.ts'

/** The settings that hold a secret, with the secret part of each: the whole value, or the password in a URL. */
export function* secretSettings(
  facts: Facts,
): Generator<{ readonly found: TextSetting; readonly secret: string }> {
  for (const concept of ['pushToken', 'workosKey'] as const) {
    const found = textSetting(facts, concept)
    if (found !== undefined && found.value !== '') yield { found, secret: found.value }
  }
  for (const concept of ['postgresUrl', 'mysqlUrl'] as const) {
    const found = textSetting(facts, concept)
    const secret = found === undefined ? undefined : /:\/\/[^/@:]*:([^@]+)@/.exec(found.value)?.[1]
    if (found !== undefined && secret !== undefined) yield { found, secret }
  }
}

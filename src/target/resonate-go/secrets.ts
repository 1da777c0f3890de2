import type { ConfigurationSource } from '../../config/configuration.ts'
import type { SettingRow } from './settings.ts'

/**
 * The parts of the server's `message` that must not be shown: what is given for flags that hold passwords, and what a
 * parser's error repeats of a file's text (yaml and gotenv put it between backticks).
 */
export function secretsOf(
  message: string,
  source: ConfigurationSource,
  rows: readonly SettingRow[],
): readonly string[] {
  const flags = rows.filter(({ secret }) => secret === true).map(({ flag }) => `--${flag}`)
  const texts = source.arguments.map(({ text = '' }) => text)
  const given = texts.flatMap((text, index) => {
    if (flags.includes(texts[index - 1] ?? '')) return [text]
    const equals = text.indexOf('=')
    return equals > 0 && flags.includes(text.slice(0, equals)) ? [text.slice(equals + 1)] : []
  })
  const quoted = [...message.matchAll(/`([^`]*)`/g)].map(([, text = '']) => text)
  const found = [...given, ...quoted].filter((text) => text !== '' && message.includes(text))
  return [...new Set(found)].sort((left, right) => right.length - left.length)
}

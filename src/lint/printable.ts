import { maskSecrets } from './secret.ts'

/**
 * Characters that steer a terminal or a log instead of being read: C0 and C1 controls, line and paragraph separators,
 * bidirectional marks, zero-width characters and the byte order mark.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be found
const STEERING = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** `text` on one line with everything that could steer a terminal written as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(STEERING, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
}

/** As `printable`, but each such character becomes one `·`, so columns stay; a tab becomes a blank. */
export function printableCells(text: string): string {
  return text.replace(STEERING, (char) => (char === '\t' ? ' ' : '·'))
}

/**
 * `text` in quotes as it is echoed in a sentence: secrets masked, then cut in its middle beyond `limit` characters, as half a
 * secret is none that could be recognised.
 */
export function quote(text: string, limit = 80): string {
  const safe = maskSecrets(printable(text))
  const half = Math.floor(limit / 2)
  return safe.length <= limit
    ? `"${safe}"`
    : `"${safe.slice(0, half)}…${safe.slice(safe.length - half)}"`
}

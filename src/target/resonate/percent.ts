/**
 * The text whose UTF-8 bytes `text` stands for; undefined where they are none. A `%` without two hexadecimal digits
 * stands for itself.
 */
export function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
  } catch {
    return undefined
  }
}

/** clap 4.6's words for a wrong command line (clap_builder src/error/format.rs), without colour. */

/** A whole error text: what is wrong, tips, the usage line, where to find help. */
export function usageError(
  sentence: string,
  details: { readonly tip?: string; readonly usage?: string } = {},
): string {
  const parts = [`error: ${sentence}`]
  if (details.tip !== undefined) parts.push(`  tip: ${details.tip}`)
  if (details.usage !== undefined) parts.push(`Usage: resonate ${details.usage}`)
  parts.push("For more information, try '--help'.")
  return `${parts.join('\n\n').replace(UNPRINTED, '')}\n`
}

/** What clap leaves out of a text that is not for a terminal, but for escape sequences (anstream 1.0.0 adapter/strip.rs). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out
const UNPRINTED = /[\0-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/g

/** `a similar argument exists: 'x'`, or several. */
export function similarTip(noun: string, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`).join(', ')
  return names.length === 1
    ? `a similar ${noun} exists: ${quoted}`
    : `some similar ${noun}s exist: ${quoted}`
}

/** Rust's complaint about an integer that `FromStr` refuses; undefined when it takes it. */
export function integerComplaint(text: string, min: bigint, max: bigint): string | undefined {
  if (text === '') return 'cannot parse integer from empty string'
  const signed = min < 0n
  const negative = signed && text.startsWith('-')
  const digits = negative || text.startsWith('+') ? text.slice(1) : text
  if (digits === '') return 'invalid digit found in string'
  let value = 0n
  for (const digit of digits) {
    if (!/^[0-9]$/.test(digit)) return 'invalid digit found in string'
    value = value * 10n + (negative ? -BigInt(digit) : BigInt(digit))
    if (value > max) return 'number too large to fit in target type'
    if (value < min) return 'number too small to fit in target type'
  }
  return undefined
}

/** Where reading TOML stopped (UTF-16 offset), and toml_edit 0.22's own words for it; they never quote a value. */
export class TomlFailure extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** `invalid <label>`, then what was expected instead; either may be missing, and then its line is (winnow's ContextError). */
export function invalid(label: string | undefined, ...expected: readonly string[]): string {
  const lines = label === undefined ? [] : [`invalid ${label}`]
  if (expected.length > 0) lines.push(`expected ${expected.join(', ')}`)
  return lines.join('\n')
}

/** The same with a cause as its last line. */
export function because(label: string | undefined, cause: string): string {
  return label === undefined ? cause : `invalid ${label}\n${cause}`
}

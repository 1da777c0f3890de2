/** The members of a JSON object, for sentences only: JavaScript's reading, not the server's. */
export type Members = Readonly<Record<string, unknown>>

/** The members of the JSON object in `bytes`; undefined where JavaScript finds none. */
export function showMembers(bytes: Buffer): Members | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    // Without a prototype no name is inherited; a JSON object has string names only.
    return Object.assign(Object.create(null) as Record<string, unknown>, value)
  } catch {
    return undefined
  }
}

const LONGEST = 60

/** A value for a sentence: short texts quoted, scalars as they are, short lists of texts in brackets, else its type. */
export function showValue(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)
  if (Array.isArray(value))
    return value.length <= 5 && value.every((item) => typeof item === 'string')
      ? `[${value.map(showValue).join(', ')}]`
      : 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

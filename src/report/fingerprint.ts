/** How many characters of a line and what follows it GitHub's fingerprint covers. */
export const WINDOW = 100

/**
 * GitHub's `primaryLocationLineHash` of each line: 100 characters from its start without blanks and tabs, line ends as
 * LF, 65535 for the end of the text, `h = 37 h + c` modulo 2^64, and a running number of equal hashes
 * (github/codeql-action src/fingerprints.ts).
 */
export function lineHashes(text: string): readonly string[] {
  const { characters, starts } = significant(text)
  const seen = new Map<string, number>()
  return starts.map((start) => {
    let value = 0n
    for (let index = 0; index < WINDOW; index++)
      value = BigInt.asUintN(64, value * 37n + BigInt(characters[start + index] ?? 0))
    const digits = value.toString(16)
    const count = (seen.get(digits) ?? 0) + 1
    seen.set(digits, count)
    return `${digits}:${count}`
  })
}

/** The characters that count, and the index at which each line begins. */
function significant(text: string): {
  readonly characters: readonly number[]
  readonly starts: readonly number[]
} {
  const characters: number[] = []
  const starts: number[] = []
  let atLineStart = true
  const push = (code: number): void => {
    if (atLineStart) starts.push(characters.length)
    atLineStart = code === 10
    characters.push(code)
  }
  const normal = text.replace(/\r\n?/g, '\n')
  for (let index = 0; index < normal.length; index++) {
    const code = normal.charCodeAt(index)
    if (code !== 32 && code !== 9) push(code)
  }
  push(65_535)
  return { characters, starts }
}

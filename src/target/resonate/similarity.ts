/** Jaro's similarity of two texts, 0 to 1, as strsim computes it for clap's suggestions. */
function jaro(left: readonly string[], right: readonly string[]): number {
  const range = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1)
  const taken = new Set<number>()
  const matched: string[] = []
  for (const [index, character] of left.entries()) {
    const end = Math.min(right.length, index + range + 1)
    for (let at = Math.max(0, index - range); at < end; at++) {
      if (right[at] !== character || taken.has(at)) continue
      taken.add(at)
      matched.push(character)
      break
    }
  }
  const count = matched.length
  if (count === 0) return 0
  const others = right.filter((_, index) => taken.has(index))
  const crossed = matched.filter((character, index) => character !== others[index]).length
  const transpositions = Math.floor(crossed / 2)
  return (count / left.length + count / right.length + (count - transpositions) / count) / 3
}

/** Above this clap suggests (clap_builder src/parser/features/suggestions.rs). */
const CONFIDENCE = 0.7

/** Texts longer than this resemble none of the server's names, and would only cost time. */
const LONGEST = 200

/** The `candidates` that resemble `text`, the most similar last; of two alike the later one. */
export function findSimilar(text: string, candidates: readonly string[]): readonly string[] {
  if (text.length > LONGEST) return []
  return candidates
    .map((candidate) => ({ candidate, confidence: jaro([...text], [...candidate]) }))
    .filter(({ confidence }) => confidence > CONFIDENCE)
    .sort((left, right) => left.confidence - right.confidence)
    .map(({ candidate }) => candidate)
}

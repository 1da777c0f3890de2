import { closest, distance } from 'fastest-levenshtein'
import type { Target } from './target.ts'

/** Every target by the name that `--target` takes; the first is the default. Each loads only when it is asked for. */
const LOADERS = {
  'resonate@0.9': async () => (await import('./resonate/target.ts')).resonate09,
  'resonate@0.10': async () => (await import('./resonate/target.ts')).resonate010,
  'resonate@0.10-plugins': async () => (await import('./resonate/target.ts')).resonate010Plugins,
  'resonate-go@0.8': async () => (await import('./resonate-go/target.ts')).resonateGo08,
  'resonate-go@0.7': async () => (await import('./resonate-go/target.ts')).resonateGo07,
} as const satisfies Record<string, () => Promise<Target>>

export type TargetId = keyof typeof LOADERS

// The keys of a literal object are exactly its type's.
export const TARGET_IDS = Object.keys(LOADERS) as readonly TargetId[]

export const DEFAULT_TARGET: TargetId = 'resonate@0.9'

/** The target's data and functions. */
export function loadTarget(id: TargetId): Promise<Target> {
  return LOADERS[id]()
}

/**
 * The target that `text` names: in full, or a server alone for its first listed version, or with a patch version
 * (`resonate@0.9.8`); undefined when it names none.
 */
export function parseTarget(text: string): TargetId | undefined {
  const exact = TARGET_IDS.find((id) => id === text)
  if (exact !== undefined) return exact
  return (
    TARGET_IDS.find((id) => id.split('@')[0] === text) ??
    TARGET_IDS.find((id) => text.startsWith(`${id}.`) && /^\.\d+$/.test(text.slice(id.length)))
  )
}

/** What {@link parseTarget} takes, as a pattern of JSON Schema (ECMA-262). */
export const TARGET_PATTERN = `^(?:${servers().join('|')}|(?:${TARGET_IDS.join('|').replaceAll('.', '\\.')})(?:\\.\\d+)?)$`

function servers(): readonly string[] {
  return [...new Set(TARGET_IDS.map((id) => id.split('@')[0] ?? ''))]
}

/** The target whose name looks most like `text`; undefined when none comes near. */
export function suggestTarget(text: string): TargetId | undefined {
  const candidate = TARGET_IDS.find((id) => id === closest(text, [...TARGET_IDS]))
  return candidate !== undefined && distance(text, candidate) <= 4 ? candidate : undefined
}

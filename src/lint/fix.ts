import type { Node } from '../config/setting.ts'
import type { Diagnostic } from './diagnostic.ts'
import { readDocument, walk } from './document.ts'
import { identify } from './identity.ts'
import type { Edit, Fix } from './rule.ts'

/** A file's text and what the linter says of it. */
export interface Linted {
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

export interface Fixed extends Linted {
  /** The titles of the fixes that were made, in order. */
  readonly made: readonly string[]
  /** Fixes that were not made because their result would not have been right, and why. */
  readonly refused: readonly { readonly title: string; readonly why: string }[]
}

/** A fix can make room for another; this many rounds are enough for every rule there is. */
const ROUNDS = 10

/**
 * Makes the fixes of `file` up to `safety`, one after another: each result must be TOML, differ in the settings that
 * the fix names and in no other, and (for safe fixes) give no new finding. `relint` judges a text in the file's place.
 */
export function fixAll(
  file: string,
  first: Linted,
  safety: Fix['safety'],
  relint: (text: string) => readonly Diagnostic[],
): Fixed {
  const made: string[] = []
  const refused = new Map<string, { readonly title: string; readonly why: string }>()
  let state = first
  for (let round = 0; round < ROUNDS; round++) {
    const step = makeFixes(file, state, safety, relint, refused)
    if (step === undefined) break
    made.push(...step.made)
    state = step
  }
  return { ...state, made, refused: [...refused.values()] }
}

/** One round: all fixes together when that is right, else the first that is right alone; undefined when none is. */
function makeFixes(
  file: string,
  state: Linted,
  safety: Fix['safety'],
  relint: (text: string) => readonly Diagnostic[],
  refused: Map<string, { readonly title: string; readonly why: string }>,
): (Linted & { readonly made: readonly string[] }) | undefined {
  const fixes = state.diagnostics
    .map(({ fix }) => fix)
    .filter((fix) => fix !== undefined)
    .filter((fix) => safety === 'unsafe' || fix.safety === 'safe')
    .filter((fix) => fix.edits.every((edit) => edit.file === file))
    .filter((fix) => !refused.has(keyOf(fix)))
  const compatible = withoutOverlaps(fixes)
  if (compatible.length === 0) return undefined
  const before = leavesOf(file, state.text)
  const alone = compatible.map((fix) => [fix])
  for (const chosen of compatible.length > 1 ? [compatible, ...alone] : alone) {
    const text = applyEdits(
      state.text,
      chosen.flatMap(({ edits }) => edits),
    )
    const changes = chosen.flatMap((fix) => fix.changes)
    const unfit = whyUnfit(before, leavesOf(file, text), changes)
    const diagnostics = unfit === undefined ? relint(text) : []
    const why = unfit ?? whyWorse(state.diagnostics, diagnostics, chosen)
    if (why === undefined) return { text, diagnostics, made: chosen.map(({ title }) => title) }
    const [only] = chosen
    if (chosen.length === 1 && only !== undefined)
      refused.set(keyOf(only), { title: only.title, why })
  }
  return undefined
}

function keyOf(fix: Fix): string {
  return `${fix.title}\u0000${fix.changes.join()}`
}

/** The fixes whose edits do not overlap those of an earlier one. */
function withoutOverlaps(fixes: readonly Fix[]): readonly Fix[] {
  const taken: Edit[] = []
  return fixes.filter(({ edits }) => {
    const free = edits.every((edit) => taken.every((other) => !overlaps(edit, other)))
    if (free) taken.push(...edits)
    return free
  })
}

function overlaps({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start < b.end && b.start < a.end ? true : a.start === b.start
}

/** `text` after `edits`, which do not overlap. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start)
  let result = ''
  let at = 0
  for (const { span, insert } of sorted) {
    result += text.slice(at, span.start) + insert
    at = span.end
  }
  return result + text.slice(at)
}

/** Why the fixed text must not be written: it is no TOML, or settings differ that no fix named. */
function whyUnfit(
  before: Leaves | undefined,
  after: Leaves | undefined,
  changes: readonly string[],
): string | undefined {
  if (after === undefined) return 'the result would not be TOML'
  if (before === undefined) return undefined
  for (const path of new Set([...before.keys(), ...after.keys()]))
    if (
      before.get(path) !== after.get(path) &&
      !changes.some((change) => path === change || path.startsWith(`${change}.`))
    )
      return `the setting ${path} would change`
  return undefined
}

/** Every value of a file that is no table, printed, by its path. */
type Leaves = ReadonlyMap<string, string>

/** The values of `text`; undefined when it is not TOML. */
function leavesOf(file: string, text: string): Leaves | undefined {
  const document = readDocument(file, text)
  if (document.root === undefined) return undefined
  const found = new Map<string, string>()
  for (const { path, node } of walk(document))
    if (node.value.kind !== 'table') found.set(path, print(node))
  return found
}

function print({ value }: Node): string {
  switch (value.kind) {
    case 'array':
      return `[${value.items.map(print).join(',')}]`
    case 'table':
      return `{${[...value.entries].map(([key, node]) => `${JSON.stringify(key)}:${print(node)}`).join(',')}}`
    case 'string':
    case 'char':
    case 'datetime':
      return `${value.kind} ${JSON.stringify(value.value)}`
    case 'unknown':
      return 'unknown'
    case 'bool':
    case 'uint':
    case 'int':
    case 'float':
      return `${value.kind} ${value.value}`
  }
}

/** A safe fix may not bring a finding that was not there before. */
function whyWorse(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  chosen: readonly Fix[],
): string | undefined {
  if (chosen.some(({ safety }) => safety === 'unsafe')) return undefined
  const known = new Map<string, number>()
  for (const diagnostic of before)
    known.set(identify(diagnostic), (known.get(identify(diagnostic)) ?? 0) + 1)
  for (const diagnostic of after) {
    const left = known.get(identify(diagnostic)) ?? 0
    if (left === 0) return `it would bring ${diagnostic.rule.id}`
    known.set(identify(diagnostic), left - 1)
  }
  return undefined
}

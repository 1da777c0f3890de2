import { fileSpan, type Place } from '../config/position.ts'
import { type Diagnostic, layerOf } from './diagnostic.ts'
import { type Document, nodeAt } from './document.ts'
import { fileOf } from './identity.ts'
import { namesOf } from './lint.ts'
import type { Scope, Suppression } from './suppression.ts'

/** What became of the findings and of the wishes to suppress them. */
export interface Suppressed {
  readonly shown: readonly Diagnostic[]
  readonly suppressed: readonly Diagnostic[]
  /** The suppressions that took at least one finding, and which of their rules did. */
  readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>
}

/**
 * Takes out the findings that a suppression covers. Only well-formed, unexpired ones may be given; a finding of a rule
 * that `never` names stays.
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  document: Document | undefined,
  never: ReadonlySet<string>,
): Suppressed {
  const shown: Diagnostic[] = []
  const suppressed: Diagnostic[] = []
  const used = new Map<Suppression, Set<string>>()
  const byRule = new Map<string, Suppression[]>()
  for (const suppression of suppressions)
    for (const rule of new Set(suppression.rules)) {
      const list = byRule.get(rule)
      if (list === undefined) byRule.set(rule, [suppression])
      else list.push(suppression)
    }
  for (const diagnostic of diagnostics) {
    const names = namesOf(diagnostic.rule)
    const places = spansOf(diagnostic, document)
    const cover = names.some((name) => never.has(name))
      ? []
      : names
          .flatMap((name) => byRule.get(name) ?? [])
          .filter(({ scope }) => covers(scope, diagnostic, places))
    for (const suppression of cover) {
      const taken = used.get(suppression) ?? new Set()
      for (const name of suppression.rules) if (names.includes(name)) taken.add(name)
      used.set(suppression, taken)
    }
    if (cover.length > 0) suppressed.push(diagnostic)
    else shown.push(diagnostic)
  }
  return { shown, suppressed, used }
}

function covers(scope: Scope, diagnostic: Diagnostic, places: readonly Place[]): boolean {
  switch (scope.kind) {
    case 'file':
      return fileOf(diagnostic) === scope.file
    case 'span':
      return places.some(
        ({ file, span }) =>
          file === scope.file && span.start <= scope.span.end && scope.span.start <= span.end,
      )
    case 'settings':
      return (
        matches(scope.file, fileOf(diagnostic)) &&
        matches(scope.path, diagnostic.path) &&
        matches(scope.layer, layerOf(diagnostic.origin))
      )
  }
}

/** Whether `value` is what the pattern says: `*` stands for any text. */
function matches(pattern: string | undefined, value: string | undefined): boolean {
  if (pattern === undefined) return true
  const parts = pattern.split(/\*+/)
  if (value === undefined || !value.startsWith(parts[0] ?? '')) return false
  if (parts.length === 1) return value === pattern
  let at = (parts[0] ?? '').length
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  const last = parts.at(-1) ?? ''
  return value.length - at >= last.length && value.endsWith(last)
}

/** Every place of a finding in files: its own, the hidden ones, and for something absent the table it is absent from. */
function spansOf(
  { origin, hidden, path }: Diagnostic,
  document: Document | undefined,
): readonly Place[] {
  const own = [origin, ...hidden].map(fileSpan).filter((place) => place !== undefined)
  if (origin.kind !== 'default' || path === undefined) return own
  const table = nearestTable(document, path)
  return table === undefined ? own : [...own, table]
}

function nearestTable(document: Document | undefined, path: string): Place | undefined {
  for (let dot = path.lastIndexOf('.'); dot !== -1; dot = path.lastIndexOf('.', dot - 1)) {
    const key = nodeAt(document, path.slice(0, dot))?.key
    if (key?.kind === 'file') return key
    if (dot === 0) break
  }
  return undefined
}

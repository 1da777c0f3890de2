import { fileSpan } from '../config/position.ts'
import type { Origin } from '../config/setting.ts'
import { type Diagnostic, layerOf } from '../lint/diagnostic.ts'
import type { Facts } from '../lint/facts.ts'
import { identify } from '../lint/identity.ts'
import type { Rule, Severity } from '../lint/rule.ts'
import { redact, showValue } from '../lint/secret.ts'
import { secretPlaces } from '../lint/secret-places.ts'
import { type Place, placeOf, type Source } from './source.ts'

/** One run of the linter, ready for any format; nothing in it is a secret. */
export interface Report {
  readonly version: string
  /** As `--target` takes it, with the patch version: `resonate@0.9.8`. */
  readonly target: string
  /** What was read, for a line in the text form. */
  readonly inputs: Inputs
  /** Sorted: errors first, then by place. */
  readonly diagnostics: readonly Diagnostic[]
  /** By file name. */
  readonly sources: ReadonlyMap<string, Source>
  /** The rules that ran, sorted by id. */
  readonly rules: readonly Rule[]
  /** Ids of rules that settings or the command line switched off. */
  readonly off: readonly string[]
  readonly suppressed: number
  readonly baselined: number
  /** The server's flags as they may be shown. */
  readonly arguments: readonly string[]
  /** Values of variables as they may be shown, by name. */
  readonly variables: ReadonlyMap<string, string>
}

export interface Inputs {
  /** The configuration files that were read. */
  readonly files: readonly string[]
  /** How many RESONATE_ variables; undefined when the environment was not asked for. */
  readonly variables?: number
  readonly arguments: number
  readonly settings?: string
  readonly tokens: number
}

const RANKS = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>

/** Whether `severity` is at least as bad as `than`. */
export function atLeast(severity: Severity, than: Severity): boolean {
  return RANKS[severity] <= RANKS[than]
}

/** How many diagnostics there are of each severity. */
export function countSeverities(
  diagnostics: readonly Diagnostic[],
): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of diagnostics) counts[severity]++
  return counts
}

/** Errors first, then by file and place, then by rule. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = (origin: Origin): readonly [string, number] => {
    const at = fileSpan(origin)
    if (at !== undefined) return [at.file, at.span.start]
    return origin.kind === 'argument' ? ['\uffff', origin.index] : ['', 0]
  }
  return [...diagnostics].sort((a, b) => {
    const [fileA, startA] = key(a.origin)
    const [fileB, startB] = key(b.origin)
    return (
      RANKS[a.severity] - RANKS[b.severity] ||
      compare(fileA, fileB) ||
      startA - startB ||
      compare(a.rule.id, b.rule.id)
    )
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The flags of a server's command line as they may be shown, by the index their origins carry. A word that was only
 * supplied (`serve`) has no place.
 */
export function showArguments(facts: Facts): readonly string[] {
  const secrets = secretPlaces(facts).arguments
  const shown: string[] = []
  for (const [position, { text, origin }] of facts.arguments.entries()) {
    const index = origin.kind === 'argument' ? origin.index : position
    if (index >= 0)
      shown[index] = text === undefined ? '‹unknown›' : showWord(text, secrets.has(position))
  }
  return Array.from(shown, (word: string | undefined) => word ?? '…')
}

function showWord(text: string, isSecret: boolean): string {
  const [, flag, value] = /^(--?[\w-]+)=(.*)$/s.exec(text) ?? []
  if (flag === undefined || value === undefined)
    return isSecret ? redact(text) : showValue('', text)
  return `${flag}=${isSecret ? redact(value) : showValue(flag, value)}`
}

/** The variables' values as they may be shown, by name; the last of a name counts. */
export function showVariables(facts: Facts): ReadonlyMap<string, string> {
  const secrets = secretPlaces(facts).variables
  return new Map(
    (facts.variables ?? []).map(({ name, value }) => [
      name,
      value === undefined
        ? '‹unknown›'
        : secrets.has(name)
          ? redact(value)
          : showValue(name, value),
    ]),
  )
}

/**
 * Where a diagnostic stands for formats that know files only: its own place, else the first of its hidden or related
 * places, else the first character of its own file or of the one that was judged.
 */
export function anchor({ sources, inputs }: Report, diagnostic: Diagnostic): Place {
  const origins = [
    diagnostic.origin,
    ...diagnostic.hidden,
    ...diagnostic.related.map(({ origin }) => origin),
  ]
  for (const origin of origins) {
    const place = placeOfOrigin(sources, origin)
    if (place !== undefined) return place
  }
  const start = { line: 1, column: 1 }
  const own = fileSpan(diagnostic.origin)?.file
  const file =
    own ?? diagnostic.file ?? inputs.files[0] ?? sources.keys().next().value ?? 'resonate.toml'
  return { file, start, end: start }
}

/** The place of an origin that lies in a known file. */
export function placeOfOrigin(
  sources: ReadonlyMap<string, Source>,
  origin: Origin,
): Place | undefined {
  const at = fileSpan(origin)
  const source = at === undefined ? undefined : sources.get(at.file)
  return at === undefined || source === undefined ? undefined : placeOf(source, at.span)
}

/** An origin in words for formats that cannot show it: `RESONATE_AUTH__AUD`, `--auth-aud (argument 2)`. */
export function describeOrigin(origin: Origin): string | undefined {
  switch (origin.kind) {
    case 'file':
      return undefined
    case 'variable':
      return `environment variable ${origin.name}`
    case 'argument':
      return `${origin.name} (argument ${origin.index + 1})`
    case 'default':
      return 'not set'
  }
}

/** What is wrong in one line, with the layer where the place alone does not tell it. */
export function sentence(diagnostic: Diagnostic): string {
  const layer = layerOf(diagnostic.origin)
  const where =
    layer === 'file' || layer === 'absent' ? undefined : describeOrigin(diagnostic.origin)
  return where === undefined ? diagnostic.message : `${where}: ${diagnostic.message}`
}

/** One number for each diagnostic among those of the same identity, from 0, in report order. */
export function occurrences(report: Report): ReadonlyMap<Diagnostic, number> {
  const seen = new Map<string, number>()
  const numbers = new Map<Diagnostic, number>()
  for (const diagnostic of report.diagnostics) {
    const key = identify(diagnostic)
    const count = seen.get(key) ?? 0
    numbers.set(diagnostic, count)
    seen.set(key, count + 1)
  }
  return numbers
}

/** The diagnostics by `key`, in the order of the report. */
export function groupDiagnostics<Key>(
  diagnostics: readonly Diagnostic[],
  key: (diagnostic: Diagnostic) => Key,
): ReadonlyMap<Key, readonly Diagnostic[]> {
  const groups = new Map<Key, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const group = groups.get(key(diagnostic))
    if (group === undefined) groups.set(key(diagnostic), [diagnostic])
    else group.push(diagnostic)
  }
  return groups
}

/** An edit of a fix with the place of what it replaces. */
export interface PlacedEdit {
  readonly place: Place
  readonly insert: string
}

/** What a fix would change, for formats that carry it; nothing where it would write anew what a secret is part of. */
export function placeFix({ sources }: Report, { fix }: Diagnostic): readonly PlacedEdit[] {
  const edits = (fix?.edits ?? []).map(({ file, span, insert }) => {
    const source = sources.get(file)
    const secret = insert !== '' && source?.text.slice(span.start, span.end).includes('•') === true
    return source === undefined || secret ? undefined : { place: placeOf(source, span), insert }
  })
  return edits.every((edit) => edit !== undefined) ? edits : []
}

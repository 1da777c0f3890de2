import { fileSpan } from '../config/position.ts'
import { AuthError } from '../errors.ts'
import { type Diagnostic, layerOf } from './diagnostic.ts'
import type { Facts } from './facts.ts'
import { hash } from './hash.ts'
import { fileOf } from './identity.ts'
import { showValue } from './secret.ts'
import { maskText, secretPlaces } from './secret-places.ts'

/** Findings that were there when the baseline was written: `count` of them may come again without being reported. */
export interface BaselineEntry {
  readonly rule: string
  readonly file: string
  readonly path: string
  readonly layer: string
  /** Over what stood at the place, secrets masked; a changed value is a new finding. */
  readonly hash: string
  readonly count: number
  readonly reason?: string
}

const SCHEMA = 'resonate-auth/baseline/v1'

/** The entries for `diagnostics`, sorted; equal ones are counted. */
export function createBaseline(
  facts: Facts,
  diagnostics: readonly Diagnostic[],
): readonly BaselineEntry[] {
  const masked = maskTexts(facts)
  const entries = new Map<string, BaselineEntry>()
  for (const diagnostic of diagnostics) {
    const entry = entryOf(facts, masked, diagnostic)
    const key = keyOf(entry)
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 })
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

/** The texts that findings stand in, by file name, their secrets masked. */
type MaskedTexts = ReadonlyMap<string, string>

function maskTexts(facts: Facts): MaskedTexts {
  const places = secretPlaces(facts)
  return new Map([...facts.texts].map(([file, text]) => [file, maskText(text, file, places)]))
}

function entryOf(facts: Facts, masked: MaskedTexts, diagnostic: Diagnostic): BaselineEntry {
  const { rule, path, origin } = diagnostic
  return {
    rule: rule.id,
    file: fileOf(diagnostic) ?? '',
    path: path ?? '',
    layer: layerOf(origin),
    hash: hash(evidence(facts, masked, diagnostic)),
    count: 1,
  }
}

function keyOf({ rule, file, path, layer, hash }: BaselineEntry): string {
  return [rule, file, path, layer, hash].join('\u0000')
}

/** What stands at a finding's place, as it may be shown. */
function evidence(facts: Facts, masked: MaskedTexts, { origin }: Diagnostic): string {
  const at = fileSpan(origin)
  if (at !== undefined) return masked.get(at.file)?.slice(at.span.start, at.span.end) ?? ''
  switch (origin.kind) {
    case 'variable': {
      const value = facts.variables?.find(({ name }) => name === origin.name)?.value ?? ''
      return showValue(origin.name, value)
    }
    case 'argument':
      return showValue(origin.name, argumentText(facts, origin.index))
    case 'file':
    case 'default':
      return ''
  }
}

function argumentText({ arguments: list }: Facts, index: number): string {
  const found = list.find(({ origin }) => origin.kind === 'argument' && origin.index === index)
  return found?.text ?? ''
}

/** The baseline as text: one entry a line, so that merges stay clean. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')
  return `{\n  "schema": "${SCHEMA}",\n  "entries": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`
}

/** Reads a baseline. Throws AuthError ERR_INPUT_FORM when it is none. */
export function parseBaseline(text: string, file: string): readonly BaselineEntry[] {
  const wrong = (): AuthError =>
    new AuthError('ERR_INPUT_FORM', `${file}: not a baseline of this tool`, {
      hints: ['write it anew with --baseline-write'],
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrong()
  }
  const entries = field(value, 'entries')
  if (field(value, 'schema') !== SCHEMA || !Array.isArray(entries)) throw wrong()
  return entries.map((entry: unknown) => {
    const [rule, path, layer, sum] = ['rule', 'path', 'layer', 'hash'].map((name) =>
      field(entry, name),
    )
    const source = field(entry, 'file')
    const count = field(entry, 'count')
    const reason = field(entry, 'reason')
    if (typeof rule !== 'string' || typeof path !== 'string' || typeof layer !== 'string')
      throw wrong()
    if (typeof sum !== 'string' || typeof source !== 'string' || typeof count !== 'number')
      throw wrong()
    return {
      rule,
      file: source,
      path,
      layer,
      hash: sum,
      count,
      ...(typeof reason === 'string' && { reason }),
    }
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

/** Whether an entry is about something these facts hold; one about another file is neither met nor stale here. */
export function speaksOfFile({ file }: BaselineEntry, { configuration, texts }: Facts): boolean {
  return file === '' || file === configuration.file?.path || texts.has(file)
}

/** Findings apart from those the baseline holds, and the entries that hold fewer than they say. */
export interface Compared {
  readonly fresh: readonly Diagnostic[]
  readonly known: readonly Diagnostic[]
  /** Entries with the number of findings they still stand for. */
  readonly stale: readonly { readonly entry: BaselineEntry; readonly left: number }[]
}

/** Takes out the findings of `baseline`; an entry with count n takes exactly n. */
export function compareBaseline(
  facts: Facts,
  diagnostics: readonly Diagnostic[],
  baseline: readonly BaselineEntry[],
): Compared {
  const masked = maskTexts(facts)
  const left = new Map<string, number>()
  for (const entry of baseline) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count)
  const fresh: Diagnostic[] = []
  const known: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const key = keyOf(entryOf(facts, masked, diagnostic))
    const count = left.get(key) ?? 0
    if (count > 0) {
      left.set(key, count - 1)
      known.push(diagnostic)
    } else fresh.push(diagnostic)
  }
  const stale = baseline
    .map((entry) => ({ entry, left: entry.count - (left.get(keyOf(entry)) ?? 0) }))
    .filter(({ entry, left: count }) => count < entry.count)
  return { fresh, known, stale }
}

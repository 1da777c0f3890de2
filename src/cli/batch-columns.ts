import { closest, distance } from 'fastest-levenshtein'
import type { MintOptions } from './mint.ts'

/** The columns that a row may have beside its claims, and the flags that fix each. */
const FIELDS = {
  id: [],
  prefix: ['prefix', 'allIds'],
  role: ['role'],
  'all-ids': ['prefix', 'allIds'],
  'no-prefix': ['prefix', 'allIds'],
  iss: ['iss'],
  aud: ['aud'],
  sub: ['sub'],
  exp: ['exp'],
  nbf: ['nbf'],
  iat: ['iat'],
  'no-iat': ['iat'],
  jti: ['jti'],
  'no-jti': ['jti'],
  kid: ['kid'],
} as const satisfies Readonly<Record<string, readonly (keyof MintOptions)[]>>

export type FieldName = keyof typeof FIELDS

// The keys of a literal object are exactly its type's.
const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[]

/** Whether a field holds true or false. */
export function isSwitch(name: FieldName): boolean {
  return name === 'all-ids' || name.startsWith('no-')
}

/** What a column of the batch means. */
export type Column =
  | { readonly kind: 'field'; readonly name: FieldName }
  /** A claim of any name, a string or (json) any value. */
  | { readonly kind: 'claim'; readonly name: string; readonly json: boolean }

export type ColumnOutcome =
  | { readonly ok: true; readonly column: Column }
  | { readonly ok: false; readonly message: string }

/** The column called `name`: a flag of mint without its dashes, `claim.NAME` or `claim-json.NAME`. */
export function readColumn(name: string): ColumnOutcome {
  const field = FIELD_NAMES.find((known) => known === name)
  if (field !== undefined) return { ok: true, column: { kind: 'field', name: field } }
  const claim = /^claim(-json)?\.(.+)$/su.exec(name)
  if (claim !== null)
    return {
      ok: true,
      column: { kind: 'claim', name: claim[2] ?? '', json: claim[1] !== undefined },
    }
  return { ok: false, message: `unknown column ${JSON.stringify(name)}${suggest(name)}` }
}

function suggest(name: string): string {
  if (/[;\t|]/.test(name)) return '; the fields of a row are separated by commas'
  const typed = name.trim().toLowerCase()
  const near = closest(typed, [...FIELD_NAMES])
  // A short name is near to everything.
  if (distance(typed, near) <= Math.min(2, typed.length / 3)) return `; did you mean "${near}"?`
  return `; known: ${FIELD_NAMES.join(', ')}, claim.NAME, claim-json.NAME`
}

/** The claim that `column` sets; undefined for one that sets none. */
export function claimOf(column: Column): string | undefined {
  if (column.kind === 'claim') return column.name
  switch (column.name) {
    case 'all-ids':
      return 'prefix'
    case 'id':
    case 'kid':
    case 'no-prefix':
    case 'no-iat':
    case 'no-jti':
      return undefined
    case 'prefix':
    case 'role':
    case 'iss':
    case 'aud':
    case 'sub':
    case 'exp':
    case 'nbf':
    case 'iat':
    case 'jti':
      return column.name
  }
}

/** The flag that fixes for all rows what `column` would say, as it is typed; undefined when none does. */
export function fixingFlag(
  column: Column,
  options: MintOptions,
  fixedClaims: ReadonlyMap<string, string>,
): string | undefined {
  const flag =
    column.kind === 'field'
      ? FIELDS[column.name].find((name) => options[name] !== undefined)
      : undefined
  if (flag !== undefined) return typed(flag, options[flag] === false)
  const claim = claimOf(column)
  return claim === undefined ? undefined : fixedClaims.get(claim)
}

function typed(flag: keyof MintOptions, negated: boolean): string {
  const name = flag.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
  return negated ? `--no-${name}` : `--${name}`
}

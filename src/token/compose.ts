import { type Claim, listClaims, type RegisteredClaims } from './claims.ts'

/** Claims with the flag or file they come from. */
export interface ClaimSource {
  /** As the user wrote it, e.g. `--claims @base.json`. */
  readonly from: string
  readonly claims: readonly Claim[]
}

/** What a claims set is made of. */
export interface Composition {
  /** Asked for by flags of their own; each conflicts with the same claim anywhere else. */
  readonly registered: RegisteredClaims
  /** Used where nothing else sets the claim. */
  readonly defaults: RegisteredClaims
  /** `--claim`, `--claim-json`, `--claims`. */
  readonly sources: readonly ClaimSource[]
}

export type ComposeOutcome =
  | { readonly ok: true; readonly claims: readonly Claim[] }
  | { readonly ok: false; readonly name: string; readonly places: readonly [string, string] }

/** The claims set of `composition`, each name once; a name from two places is refused, naming both. */
export function composeClaims({ registered, defaults, sources }: Composition): ComposeOutcome {
  const places = new Map<string, string>()
  const claims: Claim[] = []
  const given: readonly ClaimSource[] = [
    ...listClaims(registered).map((claim) => ({ from: `--${claim.name}`, claims: [claim] })),
    ...sources,
  ]
  for (const source of given)
    for (const claim of source.claims) {
      const other = places.get(claim.name)
      if (other !== undefined) return { ok: false, name: claim.name, places: [other, source.from] }
      places.set(claim.name, source.from)
      claims.push(claim)
    }
  const added = listClaims(defaults).filter(({ name }) => !places.has(name))
  return { ok: true, claims: sortClaims([...claims, ...added]) }
}

/** RFC 7519 §4.1, then what Resonate servers read; everything else follows in its own order. */
const ORDER = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'role', 'prefix']

function sortClaims(claims: readonly Claim[]): readonly Claim[] {
  const rank = ({ name }: Claim): number => {
    const index = ORDER.indexOf(name)
    return index === -1 ? ORDER.length : index
  }
  return claims.toSorted((a, b) => rank(a) - rank(b))
}

import type { Rule } from './rule.ts'

/** The page of the repository that explains every rule under a heading that is its number. */
export const RULE_PAGE = 'src/lint/rules/README.md'

/** Where more is said of a rule: by this tool, in its repository, elsewhere. */
export interface RuleDocs {
  /** The command that explains it. */
  readonly explain: string
  /** Its place in RULE_PAGE, from the top of the repository. */
  readonly page: string
  /** Addresses, the best first: the rule's own references, then those of its weaknesses. */
  readonly links: readonly string[]
}

/** Where more is said of `rule`; it stays the same as long as the rule's number does. */
export function docsOf({ id, references = [], security }: Rule): RuleDocs {
  const weaknesses = security?.cwe ?? []
  return {
    explain: `resonate-auth explain ${id}`,
    page: `${RULE_PAGE}#${id.toLowerCase()}`,
    links: [
      ...references,
      ...weaknesses.map((number) => `https://cwe.mitre.org/data/definitions/${number}.html`),
    ],
  }
}

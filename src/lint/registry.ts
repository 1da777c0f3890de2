import { closest, distance } from 'fastest-levenshtein'
import { namesOf } from './lint.ts'
import type { Rule } from './rule.ts'
import { RULES } from './rules/index.ts'

/** The rule that answers to `name`: its id, name or an older name, in any case. */
export function findRule(name: string): Rule | undefined {
  const wanted = name.toLowerCase()
  return RULES.find((rule) => namesOf(rule).some((known) => known.toLowerCase() === wanted))
}

/** The id or name of a rule that looks most like `name`; undefined when none comes near. */
export function suggestRule(name: string): string | undefined {
  const known = RULES.flatMap(namesOf)
  const near = closest(name, known)
  return distance(name, near) <= Math.max(2, name.length / 3) ? near : undefined
}

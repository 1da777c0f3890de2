import type { Diagnostic } from './diagnostic.ts'
import type { Facts } from './facts.ts'
import { printable } from './printable.ts'
import type { Finding, Messages, Profile, Related, Rule, Severity } from './rule.ts'
import { maskSecrets, safeName } from './secret.ts'

const PROFILES: readonly Profile[] = ['default', 'pedantic', 'audit']

/** What of the rule set a run uses. */
export interface Selection {
  readonly profile: Profile
  /** Ids, names or aliases; every rule of the profile when empty. */
  readonly only: ReadonlySet<string>
  readonly skip: ReadonlySet<string>
  /** By id, name or alias. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>
}

export const EVERYTHING_DEFAULT: Selection = {
  profile: 'default',
  only: new Set(),
  skip: new Set(),
  severities: new Map(),
}

/** The names a rule answers to. */
export function namesOf({ id, name, aliases = [] }: Rule): readonly string[] {
  return [id, name, ...aliases]
}

/** The rules of `rules` that run for the target `targetId` under `selection`. */
export function selectRules(
  rules: readonly Rule[],
  targetId: string,
  { profile, only, skip, severities }: Selection,
): readonly Rule[] {
  const level = PROFILES.indexOf(profile)
  return rules.filter((rule) => {
    const names = namesOf(rule)
    const named = (set: ReadonlySet<string>): boolean => names.some((name) => set.has(name))
    if (!speaksOf(rule, targetId) || named(skip)) return false
    if (names.some((name) => severities.get(name) === 'off')) return false
    return only.size > 0 ? named(only) : PROFILES.indexOf(rule.profile ?? 'default') <= level
  })
}

/** Whether `rule` is about the target; a rule without a list is about every Rust server. */
export function speaksOf({ targets }: Rule, targetId: string): boolean {
  return targets === undefined ? targetId.startsWith('resonate@') : targets.includes(targetId)
}

/** Every finding of `rules` in the facts, finished and in the order of the rules. */
export function* lint(
  facts: Facts,
  rules: readonly Rule[],
  severities: Selection['severities'] = new Map(),
): Generator<Diagnostic> {
  const file = facts.configuration.file?.path ?? facts.texts.keys().next().value
  for (const rule of rules)
    for (const finding of rule.check(facts))
      yield { ...finish(rule, finding, severities), ...(file !== undefined && { file }) }
}

/** A finding of `rule` as a diagnostic: texts filled in, made safe to print, secrets masked. */
export function finish(
  rule: Rule,
  finding: Finding<Messages>,
  severities: Selection['severities'],
): Diagnostic {
  const chosen = namesOf(rule)
    .map((name) => severities.get(name))
    .find((severity) => severity !== undefined && severity !== 'off')
  return {
    rule,
    // 'off' was taken out by find and by selectRules.
    severity: (chosen as Severity | undefined) ?? finding.severity ?? rule.severity,
    confidence: rule.confidence,
    messageId: finding.message,
    message: say(rule.messages[finding.message] ?? '', finding.values ?? {}),
    why: rule.why,
    mend: finding.mend ?? rule.remediation,
    origin: finding.origin,
    related: (finding.related ?? []).map(
      ({ origin, note }): Related => ({ origin, note: safe(note) }),
    ),
    hidden: finding.hidden ?? [],
    ...(finding.note !== undefined && { note: safe(finding.note) }),
    ...(finding.path !== undefined && { path: safe(finding.path) }),
    ...(finding.fix !== undefined && {
      fix: { ...finding.fix, title: safe(finding.fix.title) },
    }),
  }
}

function safe(text: string): string {
  return printable(maskSecrets(text))
}

/** `template` with its blanks filled; what is filled in cannot steer a terminal and keeps no credential. */
function say(template: string, values: Readonly<Record<string, string | number | bigint>>): string {
  return template.replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined ? blank : safe(safeName(String(value)))
  })
}

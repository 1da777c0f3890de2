import { NO_RULE } from '../lint/pitfalls.ts'
import type { Rule } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'

/** The rules as a table for a person. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ name }) => name.length), 0)
  const rows = rules.map(
    ({ id, name, severity, profile, fixable, summary }) =>
      `${id}  ${name.padEnd(width)}  ${severity.padEnd(7)}  ${profile === undefined ? '' : `(${profile}) `}${summary}${fixable === undefined ? '' : ` [fix: ${fixable}]`}`,
  )
  const reasons = [...NO_RULE.values()].map(({ pitfall, why }) => `  ${pitfall}: ${why}`)
  return `${rows.join('\n')}\n\nWithout a rule:\n${reasons.join('\n')}\n\nMore about one: resonate-auth explain RA101\n`
}

/** The rules as members of a document, and what has none. */
export function rulesMembers(rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  return {
    rules: rules.map(ruleMembers),
    withoutRule: [...NO_RULE].map(([number, { pitfall, why }]) => ({ number, pitfall, why })),
  }
}

/** Where more is said of a rule, as members of a document. */
export function docsMembers(rule: Rule): Readonly<Record<string, unknown>> {
  const { explain, page, links } = docsOf(rule)
  return { explain, page, links }
}

/** A rule as members of a document, without its samples and its code. */
export function ruleMembers(rule: Rule): Readonly<Record<string, unknown>> {
  return {
    id: rule.id,
    name: rule.name,
    aliases: rule.aliases ?? [],
    since: rule.since,
    area: rule.area,
    severity: rule.severity,
    confidence: rule.confidence,
    profile: rule.profile ?? 'default',
    securitySeverity: rule.security?.score ?? null,
    cwe: rule.security?.cwe ?? [],
    targets: rule.targets ?? ['resonate@0.9', 'resonate@0.10', 'resonate@0.10-plugins'],
    fixable: rule.fixable ?? null,
    summary: rule.summary,
    why: rule.why,
    remediation: rule.remediation,
    messages: rule.messages,
    docs: docsMembers(rule),
  }
}

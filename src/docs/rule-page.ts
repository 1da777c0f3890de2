import { NO_RULE } from '../lint/pitfalls.ts'
import type { Rule } from '../lint/rule.ts'
import { docsOf, RULE_PAGE } from '../lint/rule-docs.ts'
import type { Document } from './documents.ts'
import { cell } from './markdown.ts'

/** The page that lists every rule and explains it, and says of the pitfalls without a rule why they have none. */
export function rulePage(rules: readonly Rule[]): Document {
  const rows = rules.map(
    ({ id, name, severity, fixable, summary }) =>
      `| [${id}](#${id.toLowerCase()}) | ${name} | ${severity} | ${cell(summary)} | ${fixable ?? ''} |\n`,
  )
  const reasons = [...NO_RULE.values()].map(({ pitfall, why }) => `- ${pitfall}: ${why}\n`)
  return {
    path: RULE_PAGE,
    text: `# Rules

What \`resonate-auth lint\` finds, by number. \`resonate-auth explain RA101\` tells the same and shows examples.

| rule | name | severity | finds | fix |
|---|---|---|---|---|
${rows.join('')}
## Pitfalls without a rule

${reasons.join('')}
## Each rule

${rules.map(describe).join('\n')}`,
  }
}

function describe(rule: Rule): string {
  const { id, name, severity, confidence, profile, security, targets, since, fixable } = rule
  const facts = [
    severity,
    `confidence ${confidence}`,
    ...(security === undefined ? [] : [`security ${security.score.toFixed(1)}`]),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(targets === undefined ? [] : [`for ${targets.join(', ')}`]),
    ...(fixable === undefined ? [] : [`fix: ${fixable}`]),
    `since ${since}`,
  ]
  const links = docsOf(rule).links.map((link) => `<${link}>`)
  const parts = [
    `### ${id}`,
    `**${name}**: ${rule.summary}`,
    facts.join(' · '),
    `${rule.why}\n\n**Do:** ${rule.remediation}`,
    ...(links.length === 0 ? [] : [`See ${links.join(' ')}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

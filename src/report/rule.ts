import type { Rule, Sample } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { ruleMembers } from './rules.ts'

/** Everything about a rule as text: what it finds, why, what to do, its examples. */
export function describeRule(rule: Rule): string {
  const { id, name, severity, confidence, security, summary, why, remediation } = rule
  const docs = docsOf(rule)
  const facts = [
    `severity ${severity}`,
    `confidence ${confidence}`,
    ...(security === undefined
      ? []
      : [
          `security ${security.score.toFixed(1)}`,
          ...security.cwe.map((number) => `CWE-${number}`),
        ]),
    ...(rule.profile === undefined ? [] : [`profile ${rule.profile}`]),
    ...(rule.fixable === undefined ? [] : [`fix: ${rule.fixable}`]),
    `since ${rule.since}`,
    ...(rule.targets === undefined ? [] : [`for ${rule.targets.join(', ')}`]),
  ]
  const parts = [
    `${id} ${name}: ${summary}`,
    facts.join(' · '),
    `Why: ${why}`,
    `Do: ${remediation}`,
    ...rule.bad().map((sample) => `Wrong, ${sample.title}:\n${showSample(sample)}`),
    ...rule.good().map((sample) => `Right, ${sample.title}:\n${showSample(sample)}`),
    `Ignore one finding: # resonate-auth: ignore[${id}] -- the reason`,
    `See: ${[docs.page, ...docs.links].join(' ')}`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** The same for a script. */
export function describedRuleMembers(rule: Rule): Readonly<Record<string, unknown>> {
  return {
    ...ruleMembers(rule),
    bad: rule.bad().map(sampleMembers),
    good: rule.good().map(sampleMembers),
  }
}

function sampleMembers({
  title,
  files = {},
  variables = {},
  arguments: flags = [],
}: Sample<string>): Readonly<Record<string, unknown>> {
  return { title, files, variables, arguments: flags }
}

function showSample({ files = {}, variables = {}, arguments: flags = [] }: Sample<string>): string {
  const lines = [
    ...Object.entries(files).flatMap(([name, text]) => [
      `# ${name}`,
      ...text.trimEnd().split('\n'),
    ]),
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...(flags.length === 0 ? [] : [`resonate serve ${flags.join(' ')}`]),
  ]
  return lines.map((line) => `    ${line}`.trimEnd()).join('\n')
}

import type { Origin } from '../../../config/setting.ts'
import { pathAt, replaceFix, textAt } from '../../edits.ts'
import { type Facts, startFailure } from '../../facts.ts'
import { defineRule, type Fix } from '../../rule.ts'
import { PLUGINS_QUIET, QUIET, quiet } from '../../samples.ts'

/** The server's words without the place, which is shown. */
function reason(says: string): string {
  return (says.split('\n')[0] ?? '')
    .replace(/ for key ".*$/, '')
    .replace(/ in [^"]* TOML file$/, '')
    .replace(/ \(from .*\)$/, '')
}

/** What to write instead, by what was expected; the value grammar of variables is the server's own. */
function mend(says: string, variable: boolean): string {
  if (/expected a sequence/.test(says))
    return variable
      ? 'write a list in brackets, e.g. ["https://app.example.com"]; a plain text is not a list'
      : 'write a list: ["https://app.example.com"]'
  if (/expected a boolean/.test(says))
    return 'write true or false, in lower case and without quotes'
  if (/expected a string/.test(says))
    return variable
      ? 'put double quotes into the value itself, e.g. ="12345", so that it stays a text'
      : 'write a text in double quotes'
  if (/expected struct/.test(says))
    return 'this is a table: set the keys below it, joined with two underscores in a variable'
  if (/expected [ui](?:16|32|64|size)/.test(says))
    return 'write a whole number without quotes, in the range of the setting'
  if (/unknown variant/.test(says)) return 'write none, bearer or gcp, in lower case'
  return 'write a value of the expected type'
}

/** What stands there as the expected type: quotes off, brackets on, lower case. The server does not start otherwise. */
function fixOf(facts: Facts, says: string, origin: Origin): Fix | undefined {
  const path = pathAt(facts.document, origin)
  const text = textAt(facts.document, origin)
  if (path === undefined || text === undefined) return undefined
  const inner = /^"([^"\\]*)"$/.exec(text)?.[1]
  if (inner === undefined) return undefined
  const insert = /expected a sequence/.test(says)
    ? `[${text}]`
    : /expected a boolean/.test(says) && /^(?:true|false)$/i.test(inner)
      ? inner.toLowerCase()
      : /expected [ui](?:16|32|64|size)/.test(says) && /^\d+$/.test(inner)
        ? String(BigInt(inner))
        : /unknown variant/.test(says) && /^(?:none|bearer|gcp)$/i.test(inner.trim())
          ? `"${inner.trim().toLowerCase()}"`
          : undefined
  return insert === undefined ? undefined : replaceFix({ path, origin }, insert)
}

export const wrongType = defineRule({
  id: 'RA003',
  name: 'wrong-type',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  pitfalls: [43, 86, 87],
  fixable: 'safe',
  summary: 'A value has a type the server does not take',
  why: 'The server never converts between texts, numbers and true or false, in the file as in variables: it refuses to start.',
  remediation: 'Write a value of the expected type.',
  messages: { type: 'the server does not start: {reason}' },
  bad: () => [
    {
      title: 'a number in quotes',
      files: { 'resonate.toml': `${QUIET}\n[messages]\nbatch_size = "5"\n` },
      expect: [{ message: 'type', mark: '"5"' }],
      fixed: { 'resonate.toml': quiet('[messages]\nbatch_size = 5\n') },
    },
    {
      title: 'the documented form of the origins variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: 'https://app.example.com' },
      expect: [{ message: 'type' }],
    },
    {
      title: 'a variable that looks like a number',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_AUTH__ISS: '12345' },
      expect: [{ message: 'type' }],
    },
    {
      title: 'several wrong values, of which the server tells one',
      files: {
        'resonate.toml': quiet('[messages]\nbatch_size = "5"\n\n[tasks]\nlease_timeout = true\n'),
      },
      expect: [
        { message: 'type', mark: '"5"' },
        { message: 'type', mark: 'true' },
      ],
    },
    {
      title: 'a switch in quotes in the plugin layout',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': PLUGINS_QUIET.replace('= false', '= "false"') },
      expect: [{ message: 'type', mark: '"false"' }],
      fixed: { 'resonate.toml': PLUGINS_QUIET },
    },
  ],
  good: () => [
    { title: 'a number', files: { 'resonate.toml': quiet('[messages]\nbatch_size = 5\n') } },
    {
      title: 'a list in a variable',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: '["https://app.example.com"]' },
    },
  ],
  *check(facts) {
    const failed = startFailure(facts)
    const later = (facts.configuration.refused ?? []).filter(
      ({ message }) => !/^missing field/.test(message),
    )
    const first =
      failed?.failure === 'type' ? [{ message: failed.says, origin: failed.origin }] : []
    for (const { message, origin } of [...first, ...later]) {
      const fix = fixOf(facts, message, origin)
      yield {
        message: 'type',
        origin,
        values: { reason: reason(message) },
        mend: mend(message, origin.kind === 'variable'),
        ...(fix !== undefined && { fix }),
      }
    }
  },
})

import type { Origin } from '../../../config/setting.ts'
import { startFailure } from '../../facts.ts'
import { defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'
import { tomlHint } from '../../toml-hint.ts'

/** The server's last lines of a TOML error, after the echoed source: `invalid string`, `expected newline, …`. */
function reason(says: string): string {
  const lines = says.split('\n')
  const caret = lines.findLastIndex((line) => /^\s*\|\s*\^*\s*$/.test(line))
  return lines
    .slice(caret + 1)
    .filter((line) => !/TOML file(?: .*\))?$/.test(line) && line.trim() !== '')
    .join(', ')
}

/** The server blames the end of the last line where a text ends too early, not the empty line behind it. */
function beforeTheEnd(origin: Origin, text: string): Origin {
  if (origin.kind !== 'file' || origin.span.start < text.length) return origin
  const end = text.replace(/\r?\n$/, '').length
  return { ...origin, span: { start: end, end } }
}

export const tomlSyntax = defineRule({
  id: 'RA001',
  name: 'toml-syntax',
  since: '0.1.0',
  area: 'config',
  severity: 'error',
  confidence: 'high',
  pitfalls: [91],
  summary: 'The configuration file is not TOML',
  why: 'The server reads TOML 1.0 and does not start with a file it cannot parse; its message repeats the broken line, secrets included.',
  remediation:
    'Mend the marked place; strings need quotes, "=" joins a key and its value, true and false are lower case.',
  messages: { broken: 'the file is not valid TOML: {reason}' },
  bad: () => [
    {
      title: 'a string without quotes',
      files: { 'resonate.toml': '[auth]\npublickey = public.pem\n' },
      expect: [{ message: 'broken' }],
    },
    {
      title: 'a key twice',
      files: { 'resonate.toml': '[auth]\npublickey = "public.pem"\npublickey = "none"\n' },
      expect: [{ message: 'broken' }],
    },
    {
      title: 'a string without quotes in the plugin layout',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': '[gateways.gateway_http.auth]\npublickey = public.pem\n' },
      expect: [{ message: 'broken' }],
    },
  ],
  good: () => [{ title: 'quoted strings', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const failed = startFailure(facts)
    if (failed?.failure !== 'syntax') return
    const said = reason(failed.says)
    const text = facts.configuration.file?.text ?? ''
    const origin = beforeTheEnd(failed.origin, text)
    const hint = origin.kind === 'file' ? tomlHint(text, origin.span.start, said) : undefined
    yield {
      message: 'broken',
      origin,
      ...(hint !== undefined && { mend: hint }),
      values: { reason: said === '' ? 'the server gives no reason' : said },
    }
  },
})

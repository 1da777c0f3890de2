import type { ReasonRow } from './target.ts'

/**
 * The reasons that a line of a server's log can stand for, those that name most of it first. Time stamps, levels, colour
 * and fields around the message do not matter (tracing's text and JSON forms).
 */
export function matchLogLine(line: string, reasons: readonly ReasonRow[]): readonly ReasonRow[] {
  const text = line.replace(COLOUR, '').replaceAll('\\"', '"')
  const matches = reasons.filter(({ log }) => log !== undefined && holdsTemplate(text, log))
  const most = Math.max(0, ...matches.map(({ log }) => fixedLength(log)))
  return matches.filter(({ log }) => fixedLength(log) === most)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with ESC
const COLOUR = /\u001b\[[0-9;]*m/g

/** Whether the fixed parts of `template` (between its `{…}`) stand in `text` in their order, in any order of fields. */
function holdsTemplate(text: string, template: string): boolean {
  const [message = '', ...fields] = template.split(/ (?=\w+=)/)
  return [message, ...fields.map(fieldValue)].every((part) => holdsInOrder(text, part))
}

/** tracing writes `error=TEXT` in text and `"error":"TEXT"` in JSON: the value is what both have. */
function fieldValue(field: string): string {
  return field.slice(field.indexOf('=') + 1)
}

function holdsInOrder(text: string, template: string): boolean {
  let from = 0
  for (const part of template.split(/\{[^}]*\}/)) {
    const at = text.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return true
}

function fixedLength(template = ''): number {
  return template.replace(/\{[^}]*\}/g, '').length
}

import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Severity } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { type FrameStyle, frame, type Hyperlink } from './frame.ts'
import type { Paint } from './paint.ts'
import { countSeverities, type Report } from './report.ts'

/** What the reader's terminal can do. */
export interface TextStyle {
  readonly paint: Paint
  readonly width: number
  readonly unicode: boolean
  readonly link?: Hyperlink
}

const COLORS = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  keyof Paint
>

/** The report for a person: every finding with the text it is about, why, and what to do; then what was read. */
export function text(report: Report, style: TextStyle): string {
  const blocks = report.diagnostics.map((diagnostic) => block(report, diagnostic, style))
  return `${[...blocks, summary(report, style)].join('\n')}`
}

function block(
  report: Report,
  diagnostic: Diagnostic,
  { paint, width, unicode, link }: TextStyle,
): string {
  const { rule, severity, message, origin, note, related, why, mend, fix } = diagnostic
  const { explain, links } = docsOf(rule)
  const color = paint[COLORS[severity]]
  const style: FrameStyle = {
    width,
    unicode,
    mark: (marks) => color(marks),
    dim: (bars) => paint.dim(bars),
    ...(link !== undefined && { link }),
  }
  const lines = [
    `${paint.bold(color(`${severity}[${rule.id}]`))} ${paint.bold(rule.name)}: ${message}`,
    ...frame(report, origin, note, style),
    ...related.flatMap((place) =>
      frame(report, place.origin, place.note, { ...style, mark: style.dim }),
    ),
    ...remark('why', why, style),
    ...remark('do', mend, style),
    ...(fix === undefined ? [] : remark('fix', `${fix.title} (${fix.safety})`, style)),
    ...remark('more', [explain, ...links.slice(0, 1)].join(' · '), style),
  ]
  return `${lines.join('\n')}\n`
}

/** `= why  text`, wrapped to the width. */
function remark(name: string, body: string, { width, dim }: FrameStyle): readonly string[] {
  const lead = `  = ${name.padEnd(4)}`
  return wrap(body, Math.max(width - lead.length - 1, 30)).map((line, index) =>
    index === 0 ? `${dim(lead)} ${line}` : `${' '.repeat(lead.length)} ${line}`,
  )
}

function wrap(body: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of body.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function summary(report: Report, { paint }: TextStyle): string {
  const { inputs, target, diagnostics, suppressed, baselined, off } = report
  const read = [
    inputs.files.length > 0 ? inputs.files.join(', ') : 'no configuration file',
    inputs.variables === undefined
      ? 'environment: not read'
      : `environment: ${count(inputs.variables, 'variable')}`,
    `flags: ${inputs.arguments}`,
    ...(inputs.tokens > 0 ? [count(inputs.tokens, 'token')] : []),
    target,
    ...(inputs.settings === undefined ? [] : [`settings: ${inputs.settings}`]),
  ]
  const fixable = (safety: 'safe' | 'unsafe'): number =>
    diagnostics.filter(({ fix }) => fix?.safety === safety).length
  const found = countSeverities(diagnostics)
  const tail = [
    ...(diagnostics.length === 0 ? ['no findings'] : []),
    ...(found.error > 0 ? [count(found.error, 'error')] : []),
    ...(found.warning > 0 ? [count(found.warning, 'warning')] : []),
    ...(found.info > 0 ? [`${found.info} info`] : []),
    ...(fixable('safe') > 0 ? [`${fixable('safe')} fixable with --fix`] : []),
    ...(fixable('unsafe') > 0 ? [`${fixable('unsafe')} fixable with --fix=unsafe`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(off.length > 0 ? [`rules switched off: ${off.join(', ')}`] : []),
  ]
  return `${paint.dim(read.join(' · '))}\n${paint.bold(tail.join(' · '))}\n`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

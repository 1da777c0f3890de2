import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Severity } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { anchor, placeFix, type Report, sentence } from './report.ts'
import { lineText, type Place, type Position, type Source } from './source.ts'

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>

/** Reviewdog's RDFormat as one JSON document; columns count UTF-8 bytes from 1. */
export function rdjson(report: Report): string {
  const diagnostics = report.diagnostics.map((diagnostic) => {
    const { rule, severity } = diagnostic
    const [url] = docsOf(rule).links
    const place = anchor(report, diagnostic)
    return {
      message: `${rule.name}: ${sentence(diagnostic)}`,
      location: { path: place.file, range: range(report.sources.get(place.file), place) },
      severity: SEVERITIES[severity],
      code: {
        value: rule.id,
        ...(url !== undefined && { url }),
      },
      ...suggestions(report, diagnostic),
    }
  })
  return `${JSON.stringify({ source: { name: 'resonate-auth' }, diagnostics }, undefined, 2)}\n`
}

function range(source: Source | undefined, { start, end }: Place): unknown {
  return { start: inBytes(source, start), end: inBytes(source, end) }
}

function inBytes(source: Source | undefined, { line, column }: Position): Position {
  if (source === undefined) return { line, column }
  return { line, column: Buffer.byteLength(lineText(source, line).slice(0, column - 1)) + 1 }
}

function suggestions(report: Report, diagnostic: Diagnostic): Readonly<Record<string, unknown>> {
  if (diagnostic.fix === undefined) return {}
  return {
    suggestions: placeFix(report, diagnostic).map(({ place, insert }) => ({
      range: range(report.sources.get(place.file), place),
      text: insert,
    })),
  }
}

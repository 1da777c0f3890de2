import { fileSpan } from '../config/position.ts'
import type { Origin } from '../config/setting.ts'
import type { Diagnostic } from '../lint/diagnostic.ts'
import { layerOf } from '../lint/diagnostic.ts'
import { originMembers } from './origin.ts'
import { anchor, countSeverities, placeOfOrigin, type Report } from './report.ts'
import { docsMembers } from './rules.ts'

/** The report as one document of schema `resonate-auth/lint/v1`; lines and columns count from 1. */
export function json(report: Report): string {
  const { diagnostics, inputs } = report
  const document = {
    schema: 'resonate-auth/lint/v1',
    version: report.version,
    target: report.target,
    inputs: {
      files: inputs.files,
      variables: inputs.variables ?? null,
      arguments: inputs.arguments,
      tokens: inputs.tokens,
      settings: inputs.settings ?? null,
    },
    findings: diagnostics.map((diagnostic) => finding(report, diagnostic)),
    summary: {
      ...countSeverities(diagnostics),
      suppressed: report.suppressed,
      baselined: report.baselined,
      rules: report.rules.length,
      off: report.off,
    },
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function finding(report: Report, diagnostic: Diagnostic): Readonly<Record<string, unknown>> {
  const { rule, severity, confidence, message, why, mend, note, path, origin, fix } = diagnostic
  return {
    rule: rule.id,
    name: rule.name,
    area: rule.area,
    severity,
    confidence,
    securitySeverity: rule.security?.score ?? null,
    cwe: rule.security?.cwe ?? [],
    message,
    note: note ?? null,
    why,
    mend,
    docs: docsMembers(rule),
    path: path ?? null,
    layer: layerOf(origin),
    origin: originDocument(report, origin),
    location: anchor(report, diagnostic),
    related: diagnostic.related.map((place) => ({
      note: place.note,
      origin: originDocument(report, place.origin),
    })),
    fix: fix === undefined ? null : { title: fix.title, safety: fix.safety },
  }
}

/** As in `config/v1`, with the place's end. */
function originDocument(report: Report, origin: Origin): Readonly<Record<string, unknown>> {
  const place = placeOfOrigin(report.sources, origin)
  const file = fileSpan(origin)?.file
  const at = {
    ...(file !== undefined && { file }),
    ...(place !== undefined && {
      ...place.start,
      endLine: place.end.line,
      endColumn: place.end.column,
    }),
  }
  return originMembers(origin, at)
}

import { type Diagnostic, layerOf } from '../lint/diagnostic.ts'
import { hash } from '../lint/hash.ts'
import { identify } from '../lint/identity.ts'
import type { Fix, Rule, Severity } from '../lint/rule.ts'
import { docsOf } from '../lint/rule-docs.ts'
import { lineHashes, WINDOW } from './fingerprint.ts'
import {
  anchor,
  occurrences,
  type PlacedEdit,
  placeFix,
  placeOfOrigin,
  type Report,
  sentence,
} from './report.ts'
import type { Place, Source } from './source.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>

/** SARIF 2.1.0 as GitHub code scanning reads it; suppressed findings are left out, since it would show them. */
export function sarif(report: Report): string {
  const { rules, diagnostics, version } = report
  const numbers = occurrences(report)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'resonate-auth',
            semanticVersion: version,
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: 'resonate-auth/' },
        invocations: [{ executionSuccessful: true }],
        results: diagnostics.map((diagnostic) =>
          result(report, diagnostic, numbers.get(diagnostic) ?? 0),
        ),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function descriptor(rule: Rule): Readonly<Record<string, unknown>> {
  const { id, name, summary, why, remediation, severity, confidence, security } = rule
  const { explain, links } = docsOf(rule)
  const [helpUri] = links
  return {
    id,
    name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${why} ${remediation} More: ${explain}`,
      markdown: `${why}\n\n**Do:** ${remediation}\n\n**More:** \`${explain}\``,
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [
        ...(security === undefined ? ['correctness'] : ['security']),
        ...(security?.cwe ?? []).map(
          (number) => `external/cwe/cwe-${String(number).padStart(3, '0')}`,
        ),
      ],
      precision: confidence === 'high' ? 'very-high' : confidence,
      ...(security === undefined
        ? { 'problem.severity': severity === 'info' ? 'recommendation' : severity }
        : { 'security-severity': security.score.toFixed(1) }),
    },
  }
}

function result(
  report: Report,
  diagnostic: Diagnostic,
  occurrence: number,
): Readonly<Record<string, unknown>> {
  const { rule, severity, path, related, origin, mend, fix } = diagnostic
  const place = anchor(report, diagnostic)
  const edits = placeFix(report, diagnostic)
  const others = related.flatMap(({ origin: other, note }) => {
    const at = placeOfOrigin(report.sources, other)
    return at === undefined ? [] : [{ physicalLocation: physical(at), message: { text: note } }]
  })
  return {
    ruleId: rule.id,
    ruleIndex: report.rules.indexOf(rule),
    level: LEVELS[severity],
    message: { text: `${sentence(diagnostic)}. ${mend}` },
    locations: [
      {
        physicalLocation: physical(place),
        ...(path !== undefined &&
          path !== '' && {
            logicalLocations: [{ fullyQualifiedName: path, kind: 'member' }],
          }),
      },
    ],
    ...(others.length > 0 && { relatedLocations: others }),
    partialFingerprints: fingerprints(report, diagnostic, place, occurrence),
    ...(fix !== undefined && edits.length > 0 && { fixes: [change(edits, fix)] }),
    properties: { layer: layerOf(origin) },
  }
}

function physical(place: Place): Readonly<Record<string, unknown>> {
  return {
    artifactLocation: { uri: uriOf(place.file) },
    region: regionOf(place),
  }
}

function regionOf({ start, end }: Place): Readonly<Record<string, number>> {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

function change(edits: readonly PlacedEdit[], fix: Fix): Readonly<Record<string, unknown>> {
  const files = new Set(edits.map(({ place }) => place.file))
  return {
    description: { text: `${fix.title} (${fix.safety})` },
    artifactChanges: [...files].map((file) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: edits
        .filter(({ place }) => place.file === file)
        .map(({ place, insert }) => ({
          deletedRegion: regionOf(place),
          insertedContent: { text: insert },
        })),
    })),
  }
}

/** A path as a relative URI reference, percent-encoded (RFC 3986). */
export function uriOf(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
}

/** GitHub's own fingerprint is left out near a secret: it would be an unkeyed hash of it. */
function fingerprints(
  report: Report,
  diagnostic: Diagnostic,
  place: Place,
  occurrence: number,
): Readonly<Record<string, string>> {
  const own = { 'resonateAuth/v1': hash(`${identify(diagnostic)}\u0000${occurrence}`) }
  const source = report.sources.get(place.file)
  const line = source === undefined ? undefined : hashOfLine(source, place.start.line)
  return line === undefined ? own : { primaryLocationLineHash: line, ...own }
}

const HASHES = new WeakMap<Source, readonly string[]>()

function hashOfLine(source: Source, line: number): string | undefined {
  const start = source.lines[line - 1] ?? 0
  // Blanks do not count; a stretch of them longer than this leaves the window to what was seen.
  const covered = source.text
    .slice(start, start + 20 * WINDOW)
    .replace(/[ \t]/g, '')
    .slice(0, WINDOW)
  if (covered.includes('•')) return undefined
  const hashes = HASHES.get(source) ?? lineHashes(source.text)
  HASHES.set(source, hashes)
  return hashes[line - 1]
}

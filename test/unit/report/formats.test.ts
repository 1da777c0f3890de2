import { Ajv } from 'ajv'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { expect, test } from 'vitest'
import { quiet, withAuth } from '../../../src/lint/samples.ts'
import { checkstyle } from '../../../src/report/checkstyle.ts'
import { concise } from '../../../src/report/concise.ts'
import { github, harmless, summary } from '../../../src/report/github.ts'
import { gitlab } from '../../../src/report/gitlab.ts'
import { json } from '../../../src/report/json.ts'
import { junit } from '../../../src/report/junit.ts'
import { PLAIN } from '../../../src/report/paint.ts'
import { rdjson } from '../../../src/report/rdjson.ts'
import type { Report } from '../../../src/report/report.ts'
import { sarif } from '../../../src/report/sarif.ts'
import { text } from '../../../src/report/text.ts'
import { reportOf } from './lint-report.ts'
import { sarifErrors } from './sarif-schema.ts'
import { SARIF_SUBSET } from './sarif-subset.ts'

const BAD = {
  files: {
    'resonate.toml': `# é 😀\n${withAuth('[auth]\npublickey = "none"\naudience = "a"\n', '[server.cors]\nallow_origins = ["https://é.example.com/", "https://a<b>&\'"]\n')}`,
  },
  variables: { RESONATE_SERVER_PORT: '1' },
}

/** A file name and a value that try to break out of every format. */
const HOSTILE = {
  files: { 'resonate.toml': quiet('["::error::]]>\\u001b[31m%0A##[add-mask]<&\\""]\nx = 1\n') },
}

test('every finding is one line of the concise form', async () => {
  const report = await reportOf(BAD)
  const lines = concise(report).trimEnd().split('\n')
  expect(lines).toHaveLength(report.diagnostics.length)
  for (const line of lines)
    expect(line).toMatch(/^[^:]+:\d+:\d+: (?:error|warning|info) RA\d{3} [a-z-]+: \S/)
})

test('the text form is sorted: errors first, then by place', async () => {
  const report = await reportOf(BAD)
  const severities = report.diagnostics.map(({ severity }) => severity)
  const order = ['error', 'warning', 'info']
  expect(severities).toEqual([...severities].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
})

test('many findings in one long line take no longer than the line is', async () => {
  const origins = Array.from({ length: 3000 }, (_, index) => `"https://h${index}.example.com/"`)
  const report = await reportOf({
    files: { 'resonate.toml': quiet(`[server.cors]\nallow_origins = [${origins.join(', ')}]\n`) },
  })
  const shown = text(report, { paint: PLAIN, width: 80, unicode: true }).split('\n')
  const frames = shown.filter((line) => /^ \d+ │ /.test(line))
  expect(frames).toHaveLength(3000)
  expect(frames.every((line) => line.length <= 80)).toBe(true)
})

test('the JSON form is one document with its schema', async () => {
  const document = JSON.parse(json(await reportOf(BAD)))
  expect(document.schema).toBe('resonate-auth/lint/v1')
  expect(document.findings.length).toBe(
    document.summary.error + document.summary.warning + document.summary.info,
  )
})

test.each([
  ['findings', BAD],
  ['hostile text', HOSTILE],
  ['no finding', { files: { 'resonate.toml': quiet() } }],
])('SARIF with %s has the form GitHub needs', async (_, input) => {
  const log = JSON.parse(sarif(await reportOf(input)))
  const validate = new Ajv({ strict: false }).compile(SARIF_SUBSET)
  validate(log)
  expect(validate.errors ?? []).toEqual([])
  expect(sarifErrors(log)).toEqual([])
  const [{ tool, results }] = log.runs
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
    expect(result.partialFingerprints['resonateAuth/v1']).toMatch(/^[0-9a-f]{16}$/)
  }
})

test("SARIF leaves GitHub's own fingerprint out near a secret", async () => {
  const report = await reportOf({
    files: {
      'resonate.toml': quiet(
        '[transports.http_push.auth]\nmode = "bearer"\ntoken = "a-random-text"\n',
      ),
    },
  })
  const [result] = JSON.parse(sarif(report)).runs[0].results
  expect(result.ruleId).toBe('RA701')
  expect(result.partialFingerprints).not.toHaveProperty('primaryLocationLineHash')
})

test.each([
  ['text', (report: Report) => text(report, { paint: PLAIN, width: 80, unicode: true })],
  ['JSON', json],
  ['SARIF', sarif],
  ['GitHub', github],
  ['JUnit', junit],
])('%s says of every finding where its rule is explained', async (_, format) => {
  const report = await reportOf(BAD)
  const shown = format(report)
  for (const { rule } of report.diagnostics)
    expect(shown).toContain(`resonate-auth explain ${rule.id}`)
})

test('SARIF and rdjson have the address of what is wrong', async () => {
  const report = await reportOf(BAD, ({ rule }) => rule.id === 'RA101')
  const url = 'https://cwe.mitre.org/data/definitions/347.html'
  const { rules } = JSON.parse(sarif(report)).runs[0].tool.driver
  expect(rules.find(({ id }: { id: string }) => id === 'RA101').helpUri).toBe(url)
  expect(JSON.parse(rdjson(report)).diagnostics[0].code).toEqual({ value: 'RA101', url })
})

test('SARIF carries the fixes with the places that they replace', async () => {
  const report = await reportOf(BAD, ({ rule }) => rule.id === 'RA204')
  const [first] = JSON.parse(sarif(report)).runs[0].results
  const line = BAD.files['resonate.toml'].split('\n').findIndex((one) => one.includes('https://é'))
  const startColumn = 'allow_origins = ['.length + 1
  expect(first.fixes).toEqual([
    {
      description: { text: expect.stringContaining('(safe)') },
      artifactChanges: [
        {
          artifactLocation: { uri: 'resonate.toml' },
          replacements: [
            {
              deletedRegion: {
                startLine: line + 1,
                startColumn,
                endLine: line + 1,
                endColumn: startColumn + '"https://é.example.com/"'.length,
              },
              insertedContent: { text: '"https://xn--9ca.example.com"' },
            },
          ],
        },
      ],
    },
  ])
})

/** actions/runner src/Runner.Common/ActionCommand.cs: one command of a line. */
function parseCommand(
  line: string,
): { command: string; properties: Map<string, string>; data: string } | undefined {
  const match = /^\s*::(\S+?)(?: (.*?))?::(.*)$/.exec(line)
  if (match === null) return undefined
  const [, command = '', list = '', data = ''] = match
  const unescaped = (value: string): string =>
    value
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%')
  const properties = new Map(
    list
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => [pair.split('=')[0] ?? '', unescaped(pair.slice(pair.indexOf('=') + 1))]),
  )
  return { command, properties, data: unescaped(data) }
}

test.each([
  ['findings', BAD],
  ['hostile text', HOSTILE],
])('every line for GitHub with %s is one annotation', async (_, input) => {
  const report = await reportOf(input)
  const lines = github(report).trimEnd().split('\n')
  expect(lines).toHaveLength(report.diagnostics.length)
  for (const line of lines) {
    const command = parseCommand(line)
    expect(['error', 'warning', 'notice']).toContain(command?.command)
    expect(command?.properties.get('file')).toBe('resonate.toml')
    expect(command?.properties.get('line')).toMatch(/^[1-9]\d*$/)
    expect(line).not.toContain('##[')
  }
})

test('GitHub gets ten annotations of a kind and a line about the rest', async () => {
  const origins = Array.from({ length: 15 }, (_, index) => `"https://h${index}.example.com/"`)
  const report = await reportOf({
    files: { 'resonate.toml': quiet(`[server.cors]\nallow_origins = [${origins.join(', ')}]\n`) },
  })
  const lines = github(report).trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10)
  expect(lines.at(-1)).toBe('::notice::5 more findings, see the log')
})

test("the text for a runner's log holds no command", async () => {
  const shown = harmless(text(await reportOf(HOSTILE), { paint: PLAIN, width: 80, unicode: true }))
  expect(shown).not.toMatch(/^\s*::/m)
  expect(shown).not.toContain('##[')
  expect(summary(await reportOf(HOSTILE))).not.toContain('<&')
})

test('GitLab gets one array whose fingerprints differ and stay when lines move', async () => {
  const before = JSON.parse(gitlab(await reportOf(BAD)))
  const moved = { ...BAD, files: { 'resonate.toml': `\n\n${BAD.files['resonate.toml']}` } }
  const after = JSON.parse(gitlab(await reportOf(moved)))
  const prints = (list: { fingerprint: string }[]): string[] =>
    list.map(({ fingerprint }) => fingerprint)
  expect(new Set(prints(before)).size).toBe(before.length)
  expect(prints(after)).toEqual(prints(before))
  for (const issue of before) {
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity)
    expect(issue.location.lines.begin).toBeGreaterThan(0)
  }
  expect(gitlab(await reportOf({ files: { 'resonate.toml': quiet() } }))).toBe('[]\n')
})

/** The elements of an XML document in order. Throws where it is not well-formed. */
function elementsOf(document: string): readonly SaxesTagPlain[] {
  const elements: SaxesTagPlain[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => elements.push(tag))
  parser.write(document).close()
  return elements
}

test.each([
  ['JUnit with findings', junit, BAD, '"https://a<b>&\'"'],
  ['JUnit with hostile text', junit, HOSTILE, '::error::]]>\\u{1b}[31m%0A##[add-mask]<&"'],
  ['Checkstyle with findings', checkstyle, BAD, '"https://a<b>&\'"'],
  [
    'Checkstyle with hostile text',
    checkstyle,
    HOSTILE,
    '::error::]]>\\u{1b}[31m%0A##[add-mask]<&"',
  ],
])('%s is XML that holds the text', async (_, format, input, says) => {
  const document = format(await reportOf(input))
  const found = elementsOf(document).filter(({ name }) => /^(?:failure|error)$/.test(name))
  const said = found.map(({ attributes: { message } }) => message ?? '')
  expect(said.join('\n')).toContain(says)
})

test('a clean JUnit report has a passing case for every rule', async () => {
  const report = await reportOf({ files: { 'resonate.toml': quiet() } })
  expect(junit(report).match(/<testcase /g)).toHaveLength(report.rules.length)
})

test('rdjson counts columns in bytes and carries the fixes', async () => {
  const report = await reportOf(BAD, ({ rule }) => rule.id === 'RA204')
  const [, second] = JSON.parse(rdjson(report)).diagnostics
  const line =
    BAD.files['resonate.toml'].split('\n').find((one) => one.includes('allow_origins')) ?? ''
  const at = line.indexOf('"https://a<b>')
  expect(second.location.range.start.column).toBe(Buffer.byteLength(line.slice(0, at)) + 1)
  expect(JSON.parse(rdjson(report)).diagnostics[0].suggestions[0].text).toBe(
    '"https://xn--9ca.example.com"',
  )
})

import { expect, test } from 'vitest'
import type { Grammar } from '../../../src/config/outline.ts'
import { outlineOf } from '../../../src/deploy/outline.ts'
import { readDocument } from '../../../src/lint/document.ts'
import { outlineToml } from '../../../src/lint/outline.ts'
import { readSuppressions, remaining, type Suppression } from '../../../src/lint/suppression.ts'

const FILE = 'resonate.toml'
const IGNORE = '# resonate-auth: ignore[RA101] -- why'

function ignoresOf(grammar: Grammar, text: string): readonly Suppression[] {
  const source = { file: FILE, text }
  return readSuppressions(
    source,
    grammar === 'toml' ? outlineToml(readDocument(FILE, text)) : outlineOf(grammar, source),
  )
}

/** The text that the first ignore of `text` covers. */
function covered(grammar: Grammar, text: string): string | undefined {
  const [suppression] = ignoresOf(grammar, text)
  if (suppression?.scope.kind !== 'span') return suppression?.scope.kind
  const { start, end } = suppression.scope.span
  return text.slice(start, end)
}

test.each([
  [`${IGNORE}\na = 1\nb = 2\n`, 'a = 1'],
  [`a = 1\nb = 2 ${IGNORE}\nc = 3\n`, 'b = 2'],
  [
    `a = [\n  1, ${IGNORE}\n  2,\n]\nb = 1\n`,
    'a = [\n  1, # resonate-auth: ignore[RA101] -- why\n  2,\n]',
  ],
  [`${IGNORE}\n\n# another\na = 1\n`, 'a = 1'],
  [`${IGNORE}\n[x]\na = 1\n\n[y]\nb = 1\n`, '[x]\na = 1'],
  [`[x] ${IGNORE}\na = 1\n[y]\nb = 1\n`, `[x] ${IGNORE}\na = 1`],
  [`a = 1\n${IGNORE}\n[x]\nb = 1\n`, '[x]\nb = 1'],
  [`[x]\n${IGNORE}\nk = { a = 1 }\n`, 'k = { a = 1 }'],
  [`a = "# resonate-auth: ignore[RA101] -- no comment"\n`, undefined],
  [`# resonate-auth: ignore-file[RA101] -- why\na = 1\n`, 'file'],
])('the ignore in %j covers %j', (toml, wanted) => {
  expect(covered('toml', toml)).toBe(wanted)
})

test.each<[Grammar, string, string | undefined]>([
  ['yaml', `${IGNORE}\na: 1\nb: 2\n`, 'a: 1'],
  ['yaml', `a:\n  b: 1 ${IGNORE}\n  c: 2\n`, 'b: 1'],
  ['yaml', `a:\n  b: 1\n  ${IGNORE}\n  c:\n    - 2\n    - 3\n  d: 4\n`, 'c:\n    - 2\n    - 3'],
  ['yaml', `a: ${IGNORE}\n- 1\n- 2\nb: 3\n`, `a: ${IGNORE}\n- 1\n- 2`],
  ['yaml', `a:\n- name: X ${IGNORE}\n  value: y\n- name: Z\n`, `- name: X ${IGNORE}\n  value: y`],
  ['yaml', `a:\n  ${IGNORE}\n  - name: X\n    value: y\n`, '- name: X\n    value: y'],
  ['yaml', `a: { b: 1, ${IGNORE}\n  c: 2 }\n`, `a: { b: 1, ${IGNORE}\n  c: 2 }`],
  ['yaml', `a: {\n  ${IGNORE}\n  b: 1, c: 2 }\n`, 'b: 1'],
  ['yaml', `a:\n  b: 1\n  ${IGNORE}\nc: 2\n`, 'c: 2'],
  ['yaml', `a:\n  ${IGNORE}\n  text\nb: 1\n`, `a:\n  ${IGNORE}\n  text`],
  ['yaml', `a: | ${IGNORE}\n  text\n`, `a: | ${IGNORE}\n  text\n`],
  ['yaml', `\ufeff${IGNORE}\r\na: 1\r\n`, 'a: 1'],
  ['yaml', `a: 1\n---\n${IGNORE}\nb: 2\n`, 'b: 2'],
  ['yaml', `a: |\n  ${IGNORE}\n  text\n`, undefined],
  ['yaml', `a: "x ${IGNORE}"\n`, undefined],
  ['yaml', `a: 'x\n  ${IGNORE}'\n`, undefined],
  ['yaml', `a: x${IGNORE}\n`, undefined],
  ['yaml', `# resonate-auth: ignore-file[RA101] -- why\na: 1\n`, 'file'],
  ['docker-env', `${IGNORE}\nA=1\nB=2\n`, 'A=1'],
  ['docker-env', `\t${IGNORE}\r\n\r\nA=1\r\n`, 'A=1'],
  ['docker-env', `A=1 ${IGNORE}\n`, undefined],
  ['dotenv', `A=1 ${IGNORE}\nB=2\n`, 'A=1'],
  ['dotenv', `A="x # y" ${IGNORE}\nB=2\n`, 'A="x # y'],
  ['dotenv', `${IGNORE}\nexport A=\${B:-# c}\n`, `export A=\${B:-# c}`],
  ['dotenv', `A="x\n${IGNORE}\ny"\n`, undefined],
  ['dotenv', `A='x ${IGNORE}'\n`, undefined],
  ['dotenv', `A=x${IGNORE}\n`, undefined],
  ['systemd-env', `${IGNORE}\nA=1\nB=2\n`, 'A=1'],
  ['systemd-env', `;${IGNORE.slice(1)}\nA=1\n`, 'A=1'],
  ['systemd-env', `A=1 ${IGNORE}\n`, undefined],
  ['systemd-env', `A="x\n${IGNORE}\n"\n`, undefined],
  ['systemd', `[Service]\n${IGNORE}\nEnvironment=A=1\nUser=x\n`, 'Environment=A=1'],
  ['systemd', `ExecStart=a \\\n${IGNORE}\n  b\n`, `ExecStart=a \\\n${IGNORE}\n  b`],
  ['systemd', `Environment="A=1 ${IGNORE}"\n`, undefined],
  ['systemd', `Environment=A=1 ${IGNORE}\n`, undefined],
  ['systemd', `X ${IGNORE}\n`, undefined],
  ['dockerfile', `FROM x\n${IGNORE}\nENV A=1\nUSER x\n`, 'ENV A=1'],
  ['dockerfile', `ENV A=1 \\\n  ${IGNORE}\n  B=2\n`, `ENV A=1 \\\n  ${IGNORE}\n  B=2`],
  ['dockerfile', `${IGNORE}\nCOPY <<EOF /x\na\nEOF\n`, 'COPY <<EOF /x\na\n'],
  ['dockerfile', `COPY <<EOF /x\n${IGNORE}\nEOF\n`, undefined],
  ['dockerfile', `ENV A=1 ${IGNORE}\n`, undefined],
  ['dockerfile', `# resonate-auth: ignore-file[RA101] -- why\nFROM x\n`, 'file'],
])('%s: the ignore in %j covers %j', (grammar, text, wanted) => {
  expect(covered(grammar, text)).toBe(wanted)
})

test.each([
  ['# resonate-auth: ignore[RA101]', 'it gives no reason'],
  ['# resonate-auth: ignore[RA101] --', 'it gives no reason'],
  ['# resonate-auth: ignore[] -- why', 'it names no rule'],
  ['# resonate-auth: ignore -- why', 'expected'],
  ['# resonate-auth: ignore RA101 -- why', 'expected'],
  ['# resonate-auth: ignore[RA101] until=soon -- why', 'is no day'],
  ['# resonate-auth: ignore[RA101] until=2027-13-01 -- why', 'is no day'],
  ['# resonate-auth: ignore[RA101] until=2027-01-31 -- why', undefined],
  ['#resonate-auth: ignore[RA101,auth-absent] -- why', undefined],
])('%j: %s', (comment, flaw) => {
  const [suppression] = ignoresOf('toml', `${comment}\na = 1\n`)
  if (flaw === undefined) expect(suppression).not.toHaveProperty('flaw')
  else expect(suppression?.flaw).toContain(flaw)
})

test('ignore-file behind the first key has no effect', () => {
  const toml = 'a = 1\n# resonate-auth: ignore-file[RA101] -- why\n'
  const [suppression] = ignoresOf('toml', toml)
  expect(suppression?.flaw).toContain('before the first key')
})

// 2027-01-31T00:00:00Z is 1801353600.
test.each([
  ['2027-01-31', 1_801_353_600, 86_400],
  ['2027-01-31', 1_801_439_999, 1],
  ['2027-01-31', 1_801_440_000, 0],
  ['no day', 0, Number.NEGATIVE_INFINITY],
  [undefined, 0, undefined],
])('an ignore until %s has at %d still %d seconds', (until, now, left) => {
  const scope = { kind: 'file', file: FILE } as const
  const suppression = { origin: { kind: 'default' }, rules: ['RA101'], scope } as const
  expect(remaining(until === undefined ? suppression : { ...suppression, until }, now)).toBe(left)
})

import { expect, test } from 'vitest'
import { readDocument } from '../../../src/lint/document.ts'
import { readSuppressions, remaining } from '../../../src/lint/suppression.ts'

const FILE = 'resonate.toml'
const IGNORE = '# resonate-auth: ignore[RA101] -- why'

/** The text that the first ignore of `toml` covers. */
function covered(toml: string): string | undefined {
  const [suppression] = readSuppressions(readDocument(FILE, toml))
  if (suppression?.scope.kind !== 'span') return suppression?.scope.kind
  const { start, end } = suppression.scope.span
  return toml.slice(start, end)
}

test.each([
  [`${IGNORE}\na = 1\nb = 2\n`, 'a = 1'],
  [`a = 1\nb = 2 ${IGNORE}\nc = 3\n`, 'b = 2'],
  [
    `a = [\n  1, ${IGNORE}\n  2,\n]\nb = 1\n`,
    'a = [\n  1, # resonate-auth: ignore[RA101] -- why\n  2,\n]',
  ],
  [`${IGNORE}\n\n# another\na = 1\n`, 'a = 1'],
  [`${IGNORE}\n[x]\na = 1\n\n[y]\nb = 1\n`, '[x]\na = 1\n\n'],
  [`[x] ${IGNORE}\na = 1\n[y]\nb = 1\n`, `[x] ${IGNORE}\na = 1\n`],
  [`a = 1\n${IGNORE}\n[x]\nb = 1\n`, '[x]\nb = 1\n'],
  [`[x]\n${IGNORE}\nk = { a = 1 }\n`, 'k = { a = 1 }'],
  [`a = "# resonate-auth: ignore[RA101] -- no comment"\n`, undefined],
  [`# resonate-auth: ignore-file[RA101] -- why\na = 1\n`, 'file'],
])('the ignore in %j covers %j', (toml, wanted) => {
  expect(covered(toml)).toBe(wanted)
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
  const [suppression] = readSuppressions(readDocument(FILE, `${comment}\na = 1\n`))
  if (flaw === undefined) expect(suppression).not.toHaveProperty('flaw')
  else expect(suppression?.flaw).toContain(flaw)
})

test('ignore-file behind the first key has no effect', () => {
  const toml = 'a = 1\n# resonate-auth: ignore-file[RA101] -- why\n'
  const [suppression] = readSuppressions(readDocument(FILE, toml))
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

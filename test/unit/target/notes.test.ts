import { expect, test } from 'vitest'
import { endsInName, noteClaims } from '../../../src/target/notes.ts'
import { listClaims, type RegisteredClaims } from '../../../src/token/claims.ts'
import { readRows } from '../../vectors/rows.ts'

const NOW = 1_000_000

test.each<readonly [RegisteredClaims, readonly string[]]>([
  [{ prefix: 'a.', exp: NOW + 60 }, []],
  [{ prefix: 'a-' }, []],
  [{ prefix: 'a/' }, []],
  [{ prefix: 'a' }, ['prefix "a" also opens']],
  [{ prefix: 'é' }, ['prefix "é" also opens']],
  [{ prefix: 'a:' }, ['newer ones refuse ":"']],
  [{ prefix: '' }, ['an empty prefix opens everything']],
  [{}, ['every operation is answered 403']],
  [{ role: 'admin' }, ['role=admin opens everything']],
  [{ role: 'ADMIN', prefix: 'a.' }, ['role=admin voids the prefix']],
  [{ role: 'worker', prefix: 'a.' }, ['role "worker" means nothing']],
  [{ prefix: 'a.', nbf: NOW }, ['nbf is not checked']],
  [{ prefix: 'a.', exp: NOW + 90 * 86_400 }, []],
  [{ prefix: 'a.', exp: NOW + 90 * 86_400 + 1 }, ['the token lives 90 days']],
])('%j is noted as %j', (claims, begins) => {
  const notes = noteClaims(listClaims(claims), NOW)
  expect(notes.length).toBe(begins.length)
  for (const [index, begin] of begins.entries()) expect(notes[index]).toContain(begin)
})

interface SdkRow {
  readonly sdk: string
  readonly op: string
  readonly claims: { readonly prefix?: unknown }
  readonly works?: boolean
  readonly workflow_id: string
}

test('the delimiter that is advised works with every recorded SDK but for schedules, the colon only with old ones', () => {
  const rows = readRows<SdkRow>('sdk/prefix-claims.jsonl')
  const calls = rows.filter(({ op }) => !op.startsWith('schedule'))
  const fits = ({ claims, workflow_id: id }: SdkRow, delimiter: string): boolean =>
    typeof claims.prefix === 'string' &&
    claims.prefix.endsWith(delimiter) &&
    id.startsWith(claims.prefix)
  for (const delimiter of ['.', '-', '/'])
    expect(calls.filter((row) => fits(row, delimiter) && row.works === false)).toEqual([])
  expect(
    rows.filter((row) => row.sdk === '0.11.5' && fits(row, ':') && row.works === true),
  ).toEqual([])
})

test.each([
  ['worker-1', true],
  ['workeR', true],
  ['é', true],
  ['日', true],
  ['𝒳', true],
  ['٣', true],
  ['', false],
  ['w.', false],
  ['w\n', false],
  ['a—', false],
  ['a😀', false],
  ['a\ud83d', false],
])('the prefix %j ends in a name: %s', (prefix, ends) => {
  expect(endsInName(prefix)).toBe(ends)
})

import { expect, test } from 'vitest'
import { authenticate, readClaims } from '../../../../src/target/resonate/authenticate.ts'
import { authorize } from '../../../../src/target/resonate/authorize.ts'
import { listReasons } from '../../../../src/target/resonate/reasons.ts'
import type { LogLine } from '../../../../src/target/target.ts'
import type { ServerRow } from '../../../vectors/requests.ts'
import { readRows } from '../../../vectors/rows.ts'
import { loadVectorKey, settingsOf } from './rust-vectors.ts'

const ROWS = listReasons('recorded')

interface Refused {
  readonly reason: string
  readonly claim?: string
  readonly log?: LogLine
}

/** Every refusal in the recorded tokens, operations and keys. */
function* recordedRefusals(): Generator<Refused> {
  interface TokenRow {
    readonly token: string
    readonly at: number
    readonly server: ServerRow
  }
  for (const file of ['tokens.jsonl', 'tokens-generated.jsonl'])
    for (const { token, at, server } of readRows<TokenRow>(`rust-0.9/${file}`)) {
      const outcome = authenticate(Buffer.from(token ?? ''), settingsOf(server), at)
      if (!outcome.authenticated) yield outcome
    }
  for (const row of readRows<{ claims: unknown; kind: string; data: unknown }>(
    'rust-0.9/authz.jsonl',
  )) {
    const known = readClaims(Buffer.from(JSON.stringify(row.claims)), { key: 'none' }, 0)
    const verdict = known.authenticated ? authorize(known.authority, row.kind, row.data) : known
    if ('reason' in verdict) yield verdict
  }
  interface KeyRow {
    readonly file: string | null
    readonly at: number
    readonly tokens?: Readonly<Record<string, string>>
  }
  for (const { file, at, tokens = {} } of readRows<KeyRow>('rust-0.9/keys.jsonl')) {
    const load = file === null ? undefined : loadVectorKey(file)
    if (load?.starts !== true) continue
    for (const token of Object.values(tokens)) {
      const outcome = authenticate(Buffer.from(token), { key: load.key }, at)
      if (!outcome.authenticated) yield outcome
    }
  }
}

const REFUSALS = [...recordedRefusals()]

/** A log template as a pattern: `{…}` stands for anything. */
function pattern(template: string): RegExp {
  const parts = template.split(/\{[^}]*\}/)
  return new RegExp(
    `^${parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('.*')}$`,
    's',
  )
}

test('the log text of every reason is the shape of what the server logged', () => {
  const wrong = REFUSALS.flatMap(({ reason, log }) => {
    const row = ROWS.find(({ id }) => id === reason)
    const line = log?.error === undefined ? log?.message : `${log.message} error=${log.error}`
    return row?.log === undefined || !pattern(row.log).test(line ?? '') ? [[reason, line]] : []
  })
  expect(wrong).toEqual([])
})

test('a refusal blames the claim of its reason', () => {
  const wrong = REFUSALS.flatMap(({ reason, claim }) => {
    const row = ROWS.find(({ id }) => id === reason)
    return row?.claim !== undefined && row.claim !== claim ? [[reason, claim]] : []
  })
  expect(wrong).toEqual([])
})

test('what is called recorded was recorded', () => {
  const met = new Set(REFUSALS.map(({ reason }) => reason))
  const unmet = ROWS.filter(({ id, certainty }) => certainty === 'recorded' && !met.has(id))
  expect(unmet.map(({ id }) => id)).toEqual(['no-token'])
})

test.each(ROWS)('$id is told in sentences without a full stop, with a way out', (row) => {
  expect(row.meaning).toMatch(/^[a-z"].*[^.]$/s)
  expect(row.mending).toMatch(/^[a-z"].*[^.]$/s)
})

test('the reasons of a version that nobody ran are from its source', () => {
  expect(new Set(listReasons('source').map(({ certainty }) => certainty))).toEqual(
    new Set(['source']),
  )
})

import { expect, test } from 'vitest'
import { readClaims } from '../../../../src/target/resonate/authenticate.ts'
import { authorize } from '../../../../src/target/resonate/authorize.ts'
import { readRows } from '../../../vectors/rows.ts'

interface AuthorizationRow {
  readonly id: string
  readonly claims: unknown
  readonly kind: string
  readonly data: unknown
  readonly decision: 'allow' | 'forbid'
  readonly log?: { readonly message: string }
}

const AT = 1_795_377_192

test('every operation is allowed or forbidden as recorded, with the same message', () => {
  const wrong = readRows<AuthorizationRow>('rust-0.9/authz.jsonl').filter((row) => {
    const known = readClaims(Buffer.from(JSON.stringify(row.claims)), { key: 'none' }, AT)
    if (!known.authenticated) return true
    const verdict = authorize(known.authority, row.kind, row.data)
    const message = verdict.allowed ? undefined : verdict.log?.message
    return verdict.allowed !== (row.decision === 'allow') || message !== row.log?.message
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

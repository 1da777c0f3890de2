import { expect, test } from 'vitest'
import { authenticate } from '../../../../src/target/resonate/authenticate.ts'
import { authorize } from '../../../../src/target/resonate/authorize.ts'
import { listReasons } from '../../../../src/target/resonate/reasons.ts'
import type { ServerRow } from '../../../vectors/requests.ts'
import { readRows } from '../../../vectors/rows.ts'
import { settingsOf } from './rust-vectors.ts'

interface TokenRow {
  readonly id: string
  readonly at: number
  readonly server: ServerRow
  readonly token: string | null
  readonly token_parts?: readonly (readonly [string, number])[]
  readonly status: number
  readonly log: { readonly message: string; readonly error?: string } | null
  readonly log_varies?: readonly string[]
}

const STATUS = new Map(listReasons('recorded').map(({ id, status }) => [id, status]))

function tokenOf({ token, token_parts }: TokenRow): Uint8Array | undefined {
  const text = token_parts?.map(([part, count]) => part.repeat(count)).join('') ?? token
  return text === null ? undefined : Buffer.from(text)
}

/** The server's answer to `promise.get` of `team-a:x`, as the rows were recorded. */
function replay(row: TokenRow): Pick<TokenRow, 'status' | 'log'> {
  const known = authenticate(tokenOf(row), settingsOf(row.server), row.at)
  const verdict = known.authenticated
    ? authorize(known.authority, 'promise.get', { id: 'team-a:x' })
    : known
  if ('allowed' in verdict && verdict.allowed) return { status: 200, log: null }
  return { status: STATUS.get(verdict.reason) ?? 0, log: verdict.log ?? null }
}

test.each(['tokens.jsonl', 'tokens-generated.jsonl'])(
  '%s: every token gets the recorded status and log line',
  (file) => {
    const wrong = readRows<TokenRow>(`rust-0.9/${file}`).filter((row) => {
      const { status, log } = replay(row)
      const errors: readonly (string | undefined)[] = row.log_varies ?? [row.log?.error]
      return (
        status !== row.status || log?.message !== row.log?.message || !errors.includes(log?.error)
      )
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  },
)

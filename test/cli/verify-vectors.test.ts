import { expect, test } from 'vitest'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { run } from './run.ts'

interface TokenRow {
  readonly id: string
  readonly at: number
  readonly server: {
    readonly publickey: string
    readonly iss: string | null
    readonly aud: string | null
  }
  readonly token: string | null
  readonly token_parts?: readonly (readonly [text: string, count: number])[]
  readonly status: number
  readonly log: { readonly message: string; readonly error?: string } | null
  readonly log_varies?: readonly string[]
  readonly authenticated: boolean
}

interface KeyRow {
  readonly id: string
  readonly file: string | null
  readonly starts: boolean
  readonly stderr?: string
  readonly accepted: Readonly<Record<string, number>>
  readonly at?: number
  readonly tokens?: Readonly<Record<string, string>>
}

interface Answer {
  readonly id: string
  readonly starts: boolean
  readonly authenticated: boolean
  readonly status: number | null
  readonly log: string | null
}

async function verifyLines(records: readonly unknown[]): Promise<readonly Answer[]> {
  const { stdout } = await run(['verify', '--jsonl'], { cwd: VECTORS, stdin: toLines(records) })
  return fromLines<Answer>(stdout)
}

/** Rows not met, by id; the list may only shrink. */
const UNMET: readonly string[] = []

function tokenOf({ token, token_parts: parts }: TokenRow): string | null {
  return parts === undefined ? token : parts.map(([text, count]) => text.repeat(count)).join('')
}

function logsOf({ log, log_varies: varies }: TokenRow): readonly (string | null)[] {
  if (log === null) return [null]
  const errors = varies ?? [log.error]
  return errors.map((error) =>
    error === undefined ? log.message : `${log.message} error=${error}`,
  )
}

test.each(['rust-0.9/tokens.jsonl', 'rust-0.9/tokens-generated.jsonl'])(
  'verify --jsonl answers every row of %s as the server did',
  async (file) => {
    const rows = readRows<TokenRow>(file)
    const answers = await verifyLines(
      rows.map((row) => ({
        id: row.id,
        token: tokenOf(row),
        ...row.server,
        at: row.at,
        kind: 'promise.get',
        data: { id: 'team-a:x' },
      })),
    )
    const unmet = rows
      .filter((row, index) => {
        const answer = answers[index]
        return !(
          answer?.id === row.id &&
          answer.starts &&
          answer.status === row.status &&
          answer.authenticated === row.authenticated &&
          logsOf(row).includes(answer.log)
        )
      })
      .map(({ id }) => id)
    expect(unmet).toEqual(UNMET)
    expect(answers.length).toBe(rows.length)
  },
)

test('verify --jsonl starts and judges with every key file as the server did', async () => {
  const rows = readRows<KeyRow>('rust-0.9/keys.jsonl').filter(({ file }) => file !== null)
  interface Case {
    readonly row: KeyRow
    readonly alg: string
    readonly status: number | null
  }
  const cases = rows.flatMap((row): readonly Case[] =>
    row.starts
      ? Object.entries(row.accepted).map(([alg, status]) => ({ row, alg, status }))
      : [{ row, alg: 'none', status: null }],
  )
  const answers = await verifyLines(
    cases.map(({ row, alg }) => ({
      id: `${row.id}/${alg}`,
      publickey: row.file,
      token: row.tokens?.[alg] ?? null,
      at: row.at ?? 0,
      kind: 'promise.search',
      data: {},
    })),
  )
  const unmet = cases
    .filter(({ row, status }, index) => {
      const answer = answers[index]
      return answer?.starts !== row.starts || answer.status !== status
    })
    .map(({ row, alg }) => `${row.id}/${alg}`)
  expect(unmet).toEqual(UNMET)
})

import { expect, test } from 'vitest'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { run } from './run.ts'

interface TokenRow {
  readonly id: string
  readonly at: number
  readonly server: { readonly publickey: string; readonly args?: readonly string[] }
  readonly token: string | null
  readonly request: {
    readonly method: string
    readonly path: string
    readonly port?: number
    readonly headers?: readonly (readonly [string, string])[]
    readonly body?: string
  }
  readonly status: number
}

interface KeyRow {
  readonly id: string
  readonly publickey: string
  readonly starts: boolean
  readonly stderr?: string
  readonly no_token_status?: number
}

interface Answered {
  readonly id: string
  readonly outcome: string
  readonly status: number | null
}

interface Verified {
  readonly id: string
  readonly starts: boolean
  readonly authenticated: boolean
  readonly status: number | null
  readonly log: string | null
}

/** Where only the operation's own result decides, the recorded status is one that an operation can give. */
const OPERATION_STATUSES = new Set([200, 201, 204, 400, 403, 404, 409])

const ROWS = readRows<TokenRow>('go-0.8/tokens.jsonl')

test('answer --jsonl answers every row of go-0.8/tokens.jsonl as the server did', async () => {
  const stdin = toLines(
    ROWS.map(({ id, at, server, token, request }) => ({
      id,
      at,
      server,
      request: {
        ...request,
        headers: request.headers ?? (token === null ? [] : [['Authorization', `Bearer ${token}`]]),
      },
    })),
  )
  const { stdout } = await run(['answer', '--jsonl', '--target', 'resonate-go@0.8'], {
    cwd: VECTORS,
    stdin,
  })
  const answers = fromLines<Answered>(stdout)
  const unmet = ROWS.filter(({ id, status }, index) => {
    const answer = answers[index]
    if (answer?.id !== id) return true
    return answer.status === null ? !OPERATION_STATUSES.has(status) : answer.status !== status
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
  // 403 with the code of a prefix, and 401, are never left to the operation.
  const refused = ROWS.filter(({ status }) => status === 401)
  expect(
    refused.filter(({ id }) => answers.find((answer) => answer.id === id)?.status !== 401),
  ).toEqual([])
})

test('verify --jsonl authenticates the tokens of go-0.8/tokens.jsonl as the server did', async () => {
  const plain = ROWS.filter(
    ({ id, request, server, status }) =>
      request.headers === undefined &&
      request.port === undefined &&
      server.args === undefined &&
      status !== 400 &&
      // The metrics listener and unknown paths look at no token.
      !/^(?:path|cors|order)-/.test(id),
  )
  const stdin = toLines(
    plain.map(({ id, at, server, token }) => ({ id, at, token, publickey: server.publickey })),
  )
  const { stdout } = await run(['verify', '--jsonl', '--target', 'resonate-go@0.8'], {
    cwd: VECTORS,
    stdin,
  })
  const answers = fromLines<Verified>(stdout)
  const unmet = plain.filter(
    ({ id, status }, index) =>
      answers[index]?.id !== id || answers[index].authenticated !== (status !== 401),
  )
  expect(unmet.map(({ id }) => id)).toEqual([])
  expect(plain.length).toBeGreaterThan(500)
})

test('verify --jsonl starts with the keys of go-0.8/keys.jsonl as the server did', async () => {
  const rows = readRows<KeyRow>('go-0.8/keys.jsonl')
  const stdin = toLines(rows.map(({ id, publickey }) => ({ id, publickey, token: null, at: 0 })))
  const { stdout } = await run(['verify', '--jsonl', '--target', 'resonate-go@0.8'], {
    cwd: VECTORS,
    stdin,
  })
  const answers = fromLines<Verified>(stdout)
  const unmet = rows.filter(
    ({ id, starts, no_token_status: status }, index) =>
      answers[index]?.id !== id ||
      answers[index].starts !== starts ||
      // With auth on a request without a token is 401, with an empty key auth is off.
      (starts && (answers[index].status === 401) !== (status === 401)),
  )
  expect(unmet.map(({ id }) => id)).toEqual([])
})

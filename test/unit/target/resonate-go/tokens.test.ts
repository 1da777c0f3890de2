import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { HttpHeader } from '../../../../src/target/request.ts'
import { answer } from '../../../../src/target/resonate-go/answer.ts'
import { loadKey } from '../../../../src/target/resonate-go/key.ts'
import type { GoServer } from '../../../../src/target/resonate-go/server.ts'
import { readRows, VECTORS } from '../../../vectors/rows.ts'

interface TokenRow {
  readonly id: string
  readonly at: number
  readonly at_ms?: number
  readonly server: { readonly publickey: string; readonly args?: readonly string[] }
  readonly token: string | null
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers?: readonly HttpHeader[]
    readonly body?: string
    readonly port?: number
  }
  readonly status: number
  readonly body?: string
  readonly www_authenticate?: string
  readonly response_headers?: Readonly<Record<string, string>>
}

const ROWS = readRows<TokenRow>('go-0.8/tokens.jsonl')

function serverOf({ server: { publickey, args = [] } }: TokenRow): GoServer {
  const load = loadKey(publickey, { ok: true, bytes: readFileSync(`${VECTORS}/${publickey}`) })
  if (!load.starts) throw new Error(`${publickey} does not start`)
  const after = (flag: string): readonly string[] =>
    args.filter((_, index) => args[index - 1] === flag)
  const accounts = new Map(
    after('--api-http-auth').map((text) => text.split('=') as [string, string]),
  )
  return {
    version: '0.8',
    key: load.key,
    http: { enabled: true, accounts, origins: after('--api-http-cors-allow-origin') },
    poll: { enabled: true, accounts: new Map(), origins: [] },
  }
}

function judge(row: TokenRow) {
  const { method, path, body = '', port } = row.request
  const bearer: readonly HttpHeader[] =
    row.token === null ? [] : [['Authorization', `Bearer ${row.token}`]]
  const headers = row.request.headers ?? bearer
  const at = (row.at_ms ?? row.at * 1000) / 1000
  return answer(
    serverOf(row),
    {
      method,
      path,
      headers,
      body: Buffer.from(body),
      ...(port !== undefined && { listener: String(port) }),
    },
    at,
  )
}

/** Whether the row's status was decided before the operation ran, by what its body says. */
function isRefusal({ status, body = '', request }: TokenRow): boolean {
  if (status === 401 || status === 400) return true
  if (status === 404) return !body.includes('"error"') || request.method === 'HEAD'
  return status === 403 && !/"code":4030[1-9]/.test(body)
}

test('every recorded request is answered with its recorded status', () => {
  const wrong = ROWS.filter((row) => {
    const { outcome, status } = judge(row)
    return isRefusal(row)
      ? outcome !== 'refused' || status !== row.status
      : outcome !== 'passed' || (status !== undefined && status !== row.status)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('every recorded refusal is worded as recorded', () => {
  const wrong = ROWS.filter((row) => isRefusal(row) && row.request.method !== 'HEAD').filter(
    (row) => (judge(row).text ?? '') !== (row.body ?? '') && row.request.port !== 9090,
  )
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('every recorded CORS and challenge header is told', () => {
  const wrong = ROWS.filter((row) => {
    const headers = judge(row).headers ?? []
    const challenge = headers.find(([name]) => name === 'www-authenticate')?.[1]
    if (challenge !== row.www_authenticate) return true
    return Object.entries(row.response_headers ?? {}).some(
      ([name, value]) =>
        name.toLowerCase().startsWith('access-control') &&
        headers.find(([other]) => other === name.toLowerCase())?.[1] !== value,
    )
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

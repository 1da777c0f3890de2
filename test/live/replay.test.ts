import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Answer, HttpHeader, HttpRequest, ServerSettings } from '../../src/target/request.ts'
import { resonate09, tokenJudge } from '../../src/target/resonate/target.ts'
import { bodyOf, type CorsRow, headersOf, type RequestRow } from '../vectors/requests.ts'
import { readRows, VECTORS } from '../vectors/rows.ts'
import { BINARY, type LiveAnswer, LiveServer } from './server.ts'

interface Auth {
  readonly publickey: string
  readonly iss?: string | null
  readonly aud?: string | null
  readonly debug?: boolean
}

/** One request to one server, by the row it comes from. */
interface Case {
  readonly id: string
  readonly auth: Auth | undefined
  readonly origins: readonly string[]
  readonly request: HttpRequest
}

/** Rows of each file at most, evenly spread over it. */
const SAMPLE = 250

function sample<Row>(file: string): readonly Row[] {
  const rows = readRows<Row>(file)
  const step = Math.max(1, rows.length / SAMPLE)
  return rows.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

function tomlOf({ auth, origins }: Case): string {
  const lines: string[] = auth?.debug === true ? ['debug = true'] : []
  if (auth !== undefined) {
    const path = auth.publickey === 'none' ? 'none' : join(VECTORS, auth.publickey)
    lines.push('[auth]', `publickey = ${JSON.stringify(path)}`)
    if (typeof auth.iss === 'string') lines.push(`iss = ${JSON.stringify(auth.iss)}`)
    if (typeof auth.aud === 'string') lines.push(`aud = ${JSON.stringify(auth.aud)}`)
  }
  // A JSON string is a TOML string but for DEL, which TOML wants escaped.
  const origin = JSON.stringify(origins).replaceAll('\u007f', '\\u007f')
  return [...lines, '[server.cors]', `allow_origins = ${origin}`, ''].join('\n')
}

function settingsOf({ auth, origins }: Case): ServerSettings {
  const debug = auth?.debug === true
  if (auth === undefined) return { auth, debug, origins }
  const names = { iss: auth.iss ?? undefined, aud: auth.aud ?? undefined }
  if (auth.publickey === 'none') return { auth: { key: 'none', ...names }, debug, origins }
  const bytes = readFileSync(join(VECTORS, auth.publickey))
  const load = tokenJudge.loadKey(auth.publickey, { ok: true, bytes })
  if (!load.starts) throw new Error(load.message)
  return { auth: { key: load.key, ...names }, debug, origins }
}

/** What no operation that is let through answers by itself. */
const DECIDED =
  /^(?:401|405|410|413) |^403 |^400 (?:Invalid request envelope|Unknown operation|Missing or invalid|Invalid 'data'|Unsupported protocol)/

function fits(ours: Answer, real: LiveAnswer, method: string): boolean {
  if (ours.status === undefined) return !DECIDED.test(`${real.status} ${real.text ?? ''}`)
  const names = /^(?:access-control-.*|vary|allow)$/
  const headers = real.headers.filter(([name]) => names.test(name)).sort(byName)
  return (
    ours.status === real.status &&
    JSON.stringify(ours.headers ?? []) === JSON.stringify(headers) &&
    (method === 'HEAD' || ours.outcome === 'passed' || (ours.text ?? real.text) === real.text)
  )
}

function byName([a]: HttpHeader, [b]: HttpHeader): number {
  return a < b ? -1 : 1
}

function groupByConfiguration(cases: readonly Case[]): ReadonlyMap<string, readonly Case[]> {
  const groups = new Map<string, Case[]>()
  for (const one of cases) {
    const toml = tomlOf(one)
    const group = groups.get(toml) ?? []
    group.push(one)
    groups.set(toml, group)
  }
  return groups
}

/** The ids of the cases that the running server answers in another way, each with both answers. */
async function differences(binary: string, cases: readonly Case[]): Promise<readonly string[]> {
  const judge = await resonate09.requests?.()
  const found: string[] = []
  for (const [toml, group] of groupByConfiguration(cases)) {
    const server = await LiveServer.start(binary, toml)
    try {
      for (const one of group) {
        const serve = judge?.serve(settingsOf(one))
        const real = await server.ask(one.request)
        const ours = serve?.(one.request, Math.floor(Date.now() / 1000))
        if (ours === undefined || !fits(ours, real, one.request.method))
          found.push(`${one.id}: ${real.status} ${real.text}, not ${ours?.status} ${ours?.text}`)
      }
    } finally {
      server.stop()
    }
  }
  return found
}

interface TokenRow {
  readonly id: string
  readonly server: Auth
  readonly token: string | null
}

function operation(auth: string | null, kind: string, data: unknown): HttpRequest {
  const head = { corrId: 'c', version: '2026-04-01', ...(auth !== null && { auth }) }
  const body = Buffer.from(JSON.stringify({ kind, head, data }))
  return { method: 'POST', path: '/', headers: [], body }
}

function tokenCases(file: string): readonly Case[] {
  return sample<TokenRow>(file).map(({ id, server, token }) => ({
    id,
    auth: server,
    origins: [],
    request: operation(token, 'promise.get', { id: 'team-a:x' }),
  }))
}

interface AuthzRow {
  readonly id: string
  readonly claims: unknown
  readonly kind: string
  readonly data: unknown
}

function signed(claims: unknown): string {
  const key = createPrivateKey(readFileSync(join(VECTORS, 'keys/t-ed25519.pem')))
  const input = [{ alg: 'EdDSA' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
}

function authzCases(): readonly Case[] {
  return sample<AuthzRow>('rust-0.9/authz.jsonl').map(({ id, claims, kind, data }) => ({
    id,
    auth: { publickey: 'keys/t-ed25519.pub.pem' },
    origins: [],
    request: operation(signed(claims), kind, data),
  }))
}

function requestCases(file: string): readonly Case[] {
  return sample<RequestRow>(file).map((row) => ({
    id: row.id,
    auth: row.server ?? undefined,
    origins: [],
    request: {
      method: row.method,
      path: row.path,
      headers: row.headers,
      body: bodyOf(row),
    },
  }))
}

function corsCases(): readonly Case[] {
  const rows = sample<CorsRow>('rust-0.9/cors.jsonl').filter((row) => row.listener === undefined)
  return rows.map((row) => ({
    id: row.id,
    auth: row.auth,
    origins: row.allow_origins,
    request: {
      method: row.request.method,
      path: row.request.path,
      headers: headersOf(row),
      body: Buffer.from(row.request.body ?? ''),
    },
  }))
}

/** What no vector holds: the HTTP layer's own refusals and the odd corners of the router. */
function edgeCases(): readonly Case[] {
  const targets = [
    'http://h:1/health',
    'http://h',
    'http://h:x/health',
    'h:80',
    '/health#x',
    '*',
    '/poll//b',
    '/poll/a//',
    '/promises//',
    '/promises/',
    '/poll/a/%zz',
    '/poll/%ff/%fe',
    '/poll/a/é',
    '/a{b}',
    '/a<b',
    '/a^b',
    '/?{',
    '/?<',
    'x',
    '?x',
    'http://',
    'http://a:1:2/',
    'http://[::1]/health',
    'http://u%41@h/health',
    'http://h%41/health',
    '://h/health',
    `/${'a'.repeat(65_533)}`,
    `/${'a'.repeat(65_534)}`,
  ]
  const headers: readonly (readonly HttpHeader[])[] = [
    Array.from({ length: 101 }, (_, n): HttpHeader => [`x-${n}`, '']),
    Array.from({ length: 98 }, (_, n): HttpHeader => [`x-${n}`, '']),
    [['X', 'a'.repeat(400_000)]],
    [['X', 'a'.repeat(600_000)]],
    [['X', 'a\u0001']],
    [['X', 'a\u007f']],
    [['X', 'a\tb']],
    [['X Y', '']],
    [['X\u00e9', '']],
    [
      ['Content-Length', '0'],
      ['content-length', '1'],
    ],
    [['Content-Length', '+1']],
    [['Content-Length', '']],
    [['Transfer-Encoding', 'gzip']],
  ]
  const edges = [
    ...['GET', 'HEAD', 'OPTIONS', 'get', 'BREW', 'G?T'].flatMap((method) =>
      targets.map((path) => ({ method, path, headers: [] })),
    ),
    ...headers.map((each) => ({ method: 'GET', path: '/health', headers: each })),
  ]
  return ['', '*'].flatMap((origin) =>
    edges.map((edge) => ({
      id: `${edge.method} ${edge.path.slice(0, 40)} ${JSON.stringify(edge.headers).slice(0, 60)}`,
      auth: { publickey: 'none' },
      origins: origin === '' ? [] : [origin],
      request: { ...edge, body: Buffer.alloc(0) },
    })),
  )
}

if (BINARY === undefined)
  console.info('skipped: set RAUTH_TEST_SERVER to the path of a resonate 0.9 server binary')

test.skipIf(BINARY === undefined).each([
  ['tokens', () => tokenCases('rust-0.9/tokens.jsonl')],
  ['generated tokens', () => tokenCases('rust-0.9/tokens-generated.jsonl')],
  ['operations', authzCases],
  ['envelopes', () => requestCases('rust-0.9/envelope.jsonl')],
  ['polls', () => requestCases('rust-0.9/poll.jsonl')],
  ['CORS requests', corsCases],
  ['edges of HTTP and of the router', edgeCases],
])(
  'the running server and this tool answer the same: %s',
  async (_, cases) => {
    expect(await differences(BINARY ?? '', cases())).toEqual([])
  },
  600_000,
)

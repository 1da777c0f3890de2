import { expect, test } from 'vitest'
import type { Configuration } from '../../../../src/config/configuration.ts'
import type { HttpHeader } from '../../../../src/target/request.ts'
import { configure } from '../../../../src/target/resonate/configure.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import { type Delivery, type Hop, push } from '../../../../src/target/resonate/push.ts'
import { followRedirect } from '../../../../src/target/resonate/push-redirect.ts'
import { pushSettings } from '../../../../src/target/resonate/push-settings.ts'
import { readRows } from '../../../vectors/rows.ts'

interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
}

interface PushRow {
  readonly id: string
  readonly toml: string | null
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  readonly target: string
  readonly starts?: boolean
  readonly created?: number
  readonly received: Received | null
  readonly hops?: readonly Received[]
  readonly tokenRequests?: readonly { readonly path: string }[]
  readonly log?: readonly string[]
}

const ROWS = readRows<PushRow>('rust-0.9/push.jsonl')

function configurationOf({ toml, env, args }: PushRow): Configuration {
  return configure(
    '0.9',
    {
      cwd: '/',
      files: (path) =>
        path === 'resonate.toml' && toml !== null
          ? { ok: true, bytes: Buffer.from(toml) }
          : { ok: false, failure: 'missing', message: 'No such file or directory (os error 2)' },
      variables: Object.entries(env).map(([name, value]) => ({
        name,
        value,
        origin: { kind: 'variable', name },
      })),
      arguments: ['serve', ...args].map((text, index) => ({
        text,
        origin: { kind: 'argument', name: text, index },
      })),
    },
    loadKey,
  )
}

/** What the receiver got beside what every message has. */
function credentials({ headers }: Received): readonly HttpHeader[] {
  return Object.entries(headers)
    .flatMap(([name, value]) => [value].flat().map((each): HttpHeader => [name, each]))
    .filter(
      ([name, value]) =>
        value.startsWith('Bearer') ||
        !['accept', 'content-length', 'content-type', 'host'].includes(name),
    )
    .sort(byText)
}

function byText(a: HttpHeader, b: HttpHeader): number {
  return a.join() < b.join() ? -1 : 1
}

/** The token that the row's metadata server gave, where it gave a usable one. */
function mintedToken({ received, tokenRequests, log = [] }: PushRow): string | undefined {
  const failed = log.some((line) => line.includes('mint failed'))
  if (tokenRequests === undefined || failed || received === null) return undefined
  return Object.values(received.headers)
    .flat()
    .find((value) => value.startsWith('Bearer ey'))
    ?.slice('Bearer '.length)
}

/** The hops of a delivery by the recording's own paths: `/r/CODE/HOST/PORT…` is answered with that redirect. */
function hopsOf(first: Hop): readonly [Hop, ...Hop[]] {
  const hops: [Hop, ...Hop[]] = [first]
  for (let last: Hop | undefined = first; last !== undefined; ) {
    const [, code, host, port, rest] =
      /^\/r\/(\d+)\/([^/]+)\/(\d+)(.*)$/.exec(new URL(last.url).pathname) ?? []
    if (code === undefined) break
    const location = `http://${host}:${port}${rest === '' ? '/landed' : rest}`
    const next = followRedirect(hops, { status: Number(code), location })
    last = next.kind === 'hop' ? next.hop : undefined
    if (last !== undefined) hops.push(last)
  }
  return hops
}

function isAsReceived(hop: Hop, received: Received): boolean {
  return (
    hop.method === received.method &&
    JSON.stringify([...hop.headers].sort(byText)) === JSON.stringify(credentials(received))
  )
}

function isMet(row: PushRow): boolean {
  const configuration = configurationOf(row)
  if (row.starts === false) return configuration.start.starts === false
  const asked: string[] = []
  const delivery = push(pushSettings(configuration), row.target, (audience) => {
    asked.push(audience)
    return mintedToken(row)
  })
  const audiences = row.tokenRequests?.map(({ path }) =>
    new URL(path, 'http://metadata').searchParams.get('audience'),
  )
  if (audiences !== undefined && !audiences.every((audience) => audience === asked[0])) return false
  if (row.received === null) return isLost(delivery, row)
  if (delivery.kind !== 'sent' || !isAsReceived(delivery.hop, row.received)) return false
  const [, ...followed] = hopsOf(delivery.hop)
  const hops = row.hops ?? []
  return (
    followed.length === hops.length &&
    hops.every((hop, index) => {
      const ours = followed[index]
      return ours !== undefined && isAsReceived(ours, hop)
    })
  )
}

/** Nothing arrived: no address, no request, or (the network decides, not the settings) no such host. */
function isLost(delivery: Delivery, { created, log = [] }: PushRow): boolean {
  const unreachable = log.some((line) => line.includes('error_kind="connect"'))
  if (delivery.kind === 'sent') return unreachable
  return (delivery.kind === 'refused') === (created === 400)
}

test('every recorded delivery: what the receiver gets, or that nothing goes out', () => {
  expect(ROWS.filter((row) => !isMet(row)).map(({ id }) => id)).toEqual([])
})

test('a delivery logs what was recorded about the credential', () => {
  const about =
    /OIDC ID token mint failed; sending request unauthenticated|HTTP push delivery failed/
  const unmet = ROWS.filter((row) => {
    if (row.starts === false || row.log?.some((line) => /"connect"|following/.test(line)))
      return false
    const recorded = (row.log ?? []).flatMap((line) => about.exec(line) ?? [])
    const delivery = push(pushSettings(configurationOf(row)), row.target, () => mintedToken(row))
    const log = 'log' in delivery ? delivery.log : []
    return JSON.stringify(log) !== JSON.stringify(recorded)
  })
  expect(unmet.map(({ id }) => id)).toEqual([])
})

const BEARER = {
  enabled: true,
  auth: { mode: 'bearer', token: 't0k', header: 'Authorization' },
} as const

function sentTo(target: string, header = 'Authorization') {
  const delivery = push({ ...BEARER, auth: { ...BEARER.auth, header } }, target)
  return delivery.kind === 'sent' ? delivery.hop.headers : delivery.kind
}

test.each([
  ['a port and a path', 'http://w:1/x', [['authorization', 'Bearer t0k']]],
  [
    'a user without a password',
    'http://u@w/',
    [
      ['authorization', 'Basic dTo='],
      ['authorization', 'Bearer t0k'],
    ],
  ],
  ['user information that is not UTF-8', 'http://u%ff@w/', [['authorization', 'Bearer t0k']]],
  ['a host that only the URL reader takes', 'http://{h}/', 'failed'],
  ['no host', 'http://', 'refused'],
  ['a poll address', 'poll://any@g', 'elsewhere'],
  ['a poll address without its cast', 'poll://g', 'refused'],
  ['a topic', 'gcps://p/t', 'elsewhere'],
  ['a project without a topic', 'gcps://p', 'refused'],
  ['a script', 'bash://', 'elsewhere'],
  ['another scheme', 'ftp://w/', 'refused'],
])('the target is %s', (_, target, expected) => {
  expect(sentTo(target)).toEqual(expected)
})

test.each([
  ['Content-Length', []],
  ['Transfer-Encoding', [['transfer-encoding', 'Bearer t0k, chunked']]],
  ['Host', [['host', 'Bearer t0k']]],
  ['X Y', 'failed'],
  ['', 'failed'],
])('a credential in the header "%s"', (header, expected) => {
  expect(sentTo('http://w/', header)).toEqual(expected)
})

test('a disabled transport drops the message', () => {
  expect(push({ enabled: false, auth: BEARER.auth }, 'http://w/').kind).toBe('dropped')
})

const FIRST: Hop = {
  method: 'POST',
  url: 'http://a/',
  headers: [
    ['authorization', 'Bearer t0k'],
    ['x-auth', 'Bearer t0k'],
  ],
}

test('the credential stays away from the foreign host at first, and is back on its second hop', () => {
  const foreign = followRedirect([FIRST], { status: 307, location: 'http://b/1' })
  if (foreign.kind !== 'hop') throw new Error(foreign.kind)
  expect(foreign.hop.headers).toEqual([
    ['x-auth', 'Bearer t0k'],
    ['referer', 'http://a/'],
  ])
  expect(followRedirect([FIRST, foreign.hop], { status: 307, location: '/2' })).toEqual({
    kind: 'hop',
    hop: {
      method: 'POST',
      url: 'http://b/2',
      headers: [...FIRST.headers, ['referer', 'http://b/1']],
    },
  })
})

test.each([
  ['no location', 307, undefined, 'answer'],
  ['a status that is no redirect', 304, 'http://b/', 'answer'],
  ['a location that is no URI', 307, 'http://b/ä', 'answer'],
  ['another scheme', 307, 'ftp://b/', 'failed'],
  ['the same host', 302, '/x', 'hop'],
])('%s', (_, status, location, kind) => {
  expect(followRedirect([FIRST], { status, location }).kind).toBe(kind)
})

test('ten redirects are followed, the eleventh fails the delivery', () => {
  const to = { status: 307, location: '/x' }
  expect(followRedirect([FIRST, ...Array<Hop>(9).fill(FIRST)], to).kind).toBe('hop')
  expect(followRedirect([FIRST, ...Array<Hop>(10).fill(FIRST)], to)).toEqual({
    kind: 'failed',
    why: 'too-many',
  })
})

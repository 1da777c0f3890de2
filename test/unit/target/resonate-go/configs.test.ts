import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Configuration } from '../../../../src/config/configuration.ts'
import type { HttpRequest } from '../../../../src/target/request.ts'
import { configure } from '../../../../src/target/resonate-go/configure.ts'
import { loadKey } from '../../../../src/target/resonate-go/key.ts'
import { requestJudge } from '../../../../src/target/resonate-go/requests.ts'
import type { GoVersion } from '../../../../src/target/resonate-go/settings.ts'
import {
  type GoConfigRow,
  goConfigRows,
  readRowFile,
  sourceOf,
} from '../../../vectors/go-configs.ts'
import { readRows, VECTORS } from '../../../vectors/rows.ts'

const ROWS = (['0.8', '0.7'] as const).flatMap((version) =>
  goConfigRows(version).map((row) => ({ version, row })),
)

function start(version: GoVersion, row: GoConfigRow): Configuration {
  return configure(version, sourceOf(row))
}

function serverOf(version: GoVersion, row: GoConfigRow) {
  return requestJudge(version).serveConfigured(start(version, row), (path) =>
    loadKey(path, readRowFile(row, path)),
  )
}

test('every recorded configuration starts or stops with the recorded words', () => {
  const wrong = ROWS.filter(({ version, row }) => {
    const verdict = start(version, row).start
    if (verdict.starts !== row.starts) return true
    if (verdict.starts !== false) return false
    return verdict.exit !== row.exit || verdict.message !== row.stderr
  })
  expect(wrong.map(({ version, row }) => `${version} ${row.id}`)).toEqual([])
})

const GOOD_TOKEN_ROW = 'auth-bearer'

/** A good RS256 token of g-rsa2048 and the second in which it was judged. */
function goodToken(): { readonly token: string; readonly at: number } {
  const row = readRows<{ id: string; token: string; at: number }>('go-0.8/tokens.jsonl').find(
    ({ id }) => id === GOOD_TOKEN_ROW,
  )
  if (row === undefined) throw new Error(`${GOOD_TOKEN_ROW} is not recorded`)
  return row
}

const GOOD = goodToken()

/** The request behind a probe's name; undefined for probes that are no request. */
function probeRequest(name: string): HttpRequest | undefined {
  const get = (
    path: string,
    authorization: string | undefined,
    listener = 'http',
  ): HttpRequest => ({
    method: 'GET',
    path,
    headers: authorization === undefined ? [] : [['Authorization', authorization]],
    body: new Uint8Array(),
    listener,
  })
  const [place, credential] =
    [
      [/^poll_via_http[_ ](.*)$/, '/poll/g/i', 'http'] as const,
      [/^poll_listener[_ ](.*)$/, '/g/i', 'poll'] as const,
      [/^(.*)$/, '/promises/none', 'http'] as const,
    ]
      .flatMap(([pattern, path, listener]) => {
        const match = pattern.exec(name)?.[1]
        return match === undefined ? [] : [{ path, listener, match }]
      })
      .map(({ path, listener, match }) => [{ path, listener }, match] as const)[0] ?? []
  if (place === undefined || credential === undefined) return undefined
  if (credential === 'ping') return get('/ping', undefined)
  if (credential === 'no_credentials') return get(place.path, undefined, place.listener)
  if (credential === 'jwt') return get(place.path, `Bearer ${GOOD.token}`, place.listener)
  const [scheme, secret = ''] = [
    credential.split(' ')[0],
    credential.slice(credential.indexOf(' ') + 1),
  ]
  if (scheme === 'bearer') return get(place.path, `Bearer ${secret}`, place.listener)
  if (scheme === 'basic')
    return get(place.path, `Basic ${Buffer.from(secret).toString('base64')}`, place.listener)
  return undefined
}

test('every recorded probe of a started server is answered as recorded', () => {
  const wrong = ROWS.flatMap(({ version, row }) => {
    if (!row.starts || row.probes === undefined) return []
    const server = serverOf(version, row)
    if (server === undefined) return [`${version} ${row.id}: no server`]
    return Object.entries(row.probes).flatMap(([name, recorded]) => {
      const request = probeRequest(name)
      if (request === undefined || typeof recorded !== 'number') return []
      const { outcome, status } = server(request, GOOD.at)
      const refused =
        recorded === 401 || recorded === 403 || (recorded === 404 && /^ping$|^poll/.test(name))
      const same = refused
        ? outcome === 'refused' && status === recorded
        : outcome === 'passed' && (status === undefined || status === recorded)
      return same ? [] : [`${version} ${row.id}: ${name}`]
    })
  })
  expect(wrong).toEqual([])
})

test('auth is on exactly where a request without a credential is refused', () => {
  const wrong = ROWS.filter(({ version, row }) => {
    if (row.auth_on === null) return false
    const request = probeRequest('no_credentials')
    if (request === undefined) return true
    return (serverOf(version, row)?.(request, GOOD.at).outcome === 'refused') !== row.auth_on
  })
  expect(wrong.map(({ version, row }) => `${version} ${row.id}`)).toEqual([])
})

interface RequestRow {
  readonly id: string
  readonly at: number
  readonly server: string
  readonly request: {
    readonly listener: string
    readonly method: string
    readonly path: string
    readonly headers?: HttpRequest['headers']
    readonly body?: string
  }
  readonly status: number
  readonly body?: string
  readonly www_authenticate?: string
}

const REQUESTS = readRows<RequestRow>('go-0.7/requests.jsonl')

test('every recorded request of v0.7.24 is answered as recorded', () => {
  const yaml = readFileSync(`${VECTORS}/go-0.7/requests.server.yaml`, 'utf8')
  const config: GoConfigRow = { id: '', yaml, env: {}, args: [], starts: true, auth_on: true }
  const server = serverOf('0.7', config)
  const wrong = REQUESTS.filter((row) => {
    const { listener, method, path, headers = [], body = '' } = row.request
    const answer = server?.({ listener, method, path, headers, body: Buffer.from(body) }, row.at)
    const refused =
      [400, 401, 405, 301, 307].includes(row.status) ||
      (row.status === 404 && !(row.body ?? '').includes('"error"'))
    if (!refused)
      return answer?.outcome !== 'passed' || (answer.status ?? row.status) !== row.status
    if (answer?.outcome !== 'refused' || answer.status !== row.status) return true
    const challenge = answer.headers?.find(([name]) => name === 'www-authenticate')?.[1]
    return challenge !== row.www_authenticate
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

import { type Correction, type HttpHeader, type HttpRequest, headerValues } from '../request.ts'

/** Stands for the token in a corrected request, so that no report repeats a secret. */
const PLACEHOLDER = 'TOKEN'

const JWT = /^[\w-]{2,}\.[\w-]+\.[\w-]*$/

/**
 * How a `POST /` that carries a token where the server does not look carries it rightly; undefined when there is none
 * to be found. The server reads `head.auth` alone (server.rs `handle_api`).
 */
export function correctOperation(request: HttpRequest): Correction | undefined {
  const envelope = parseObject(new TextDecoder().decode(request.body))
  if (envelope === undefined) return undefined
  const { head } = envelope
  const found =
    isObject(head) && typeof head['auth'] === 'string' ? inHead(head['auth']) : undefined
  const says = found ?? elsewhere(request, envelope)
  if (says === undefined) return undefined
  return { says, request: { ...withoutTokens(request), body: correctedBody(envelope) } }
}

/** The members the server reads, without strings that hold a token. */
function correctedBody({ kind, head, data }: Readonly<Record<string, unknown>>): Uint8Array {
  const { corrId, version } = isObject(head) ? head : {}
  const body = { kind, head: { corrId, version, auth: PLACEHOLDER }, data }
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' && carriesToken(value) ? undefined : value,
  )
  return new TextEncoder().encode(text)
}

function inHead(auth: string): string | undefined {
  if (JWT.test(auth)) return undefined
  return JWT.test(auth.replace(/^bearer\s+/i, '').trim())
    ? 'head.auth carries more than the token: it takes the token alone, without "Bearer " and blanks'
    : undefined
}

function elsewhere(
  request: HttpRequest,
  envelope: Readonly<Record<string, unknown>>,
): string | undefined {
  if (isObject(envelope['head']) && typeof envelope['head']['auth'] === 'string') return undefined
  const bears = (value: string): boolean => /^bearer\s+\S/i.test(value) || carriesToken(value)
  if (headerValues(request, 'authorization').some(bears))
    return 'only the header carries the token, and POST / reads head.auth'
  const place = tokenPlace(request) ?? memberPlace(envelope, '') ?? nestedPlace(envelope)
  return place === undefined ? undefined : `${place} carries the token, and POST / reads head.auth`
}

function nestedPlace(envelope: Readonly<Record<string, unknown>>): string | undefined {
  const places = Object.entries(envelope).map(([name, value]) =>
    isObject(value) ? memberPlace(value, `${name}.`) : undefined,
  )
  return places.find((place) => place !== undefined)
}

function memberPlace(object: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const found = Object.entries(object).find(
    ([, value]) => typeof value === 'string' && carriesToken(value),
  )
  return found === undefined ? undefined : `${path}${found[0]}`
}

/** The same for `GET /poll/…`, which reads the first `Authorization` header alone (server.rs `handle_poll`). */
export function correctPoll(request: HttpRequest): Correction | undefined {
  const [first, ...others] = headerValues(request, 'authorization')
  const says =
    first !== undefined && carriesToken(first)
      ? spelling(first)
      : others.some(carriesToken)
        ? 'the second Authorization header carries the token, and /poll reads the first'
        : misplaced(request, first)
  if (says === undefined) return undefined
  const plain = withoutTokens(request)
  return {
    says,
    request: { ...plain, headers: [...plain.headers, ['Authorization', `Bearer ${PLACEHOLDER}`]] },
  }
}

/** Nothing is misplaced where the header holds what the server takes for a token. */
function misplaced(request: HttpRequest, first: string | undefined): string | undefined {
  if (first !== undefined && /^Bearer \S/.test(first)) return undefined
  const place = tokenPlace(request) ?? 'nothing'
  return `${place} carries the token, and /poll reads the Authorization header`
}

function spelling(value: string): string | undefined {
  return /^Bearer [\w-]/.test(value)
    ? undefined
    : 'the Authorization header is not "Bearer ", with one blank and this capital, and then the token'
}

/** Whether a header's value holds something like a token, whatever stands around it. */
function carriesToken(value: string): boolean {
  return value.split(/[\s,;="']+/).some((part) => part.startsWith('ey') && JWT.test(part))
}

/** A query parameter, a cookie or another header that carries a token. */
function tokenPlace({ path, headers }: HttpRequest): string | undefined {
  const query = path.split('?').slice(1).join('?').split('&')
  const parameter = query.find((each) => carriesToken(each))
  if (parameter !== undefined) return `the query parameter "${parameter.split('=', 1)[0] ?? ''}"`
  const header = headers.find(
    ([name, value]) => name.toLowerCase() !== 'authorization' && carriesToken(value),
  )
  return header === undefined ? undefined : `the ${header[0]} header`
}

function withoutTokens(request: HttpRequest): HttpRequest {
  const keeps = ([name, value]: HttpHeader): boolean =>
    name.toLowerCase() !== 'authorization' &&
    name.toLowerCase() !== 'content-length' &&
    !carriesToken(value)
  const [path = '', ...query] = request.path.split('?')
  const rest = query
    .join('?')
    .split('&')
    .filter((each) => each !== '' && !carriesToken(each))
  return {
    ...request,
    path: rest.length === 0 ? path : `${path}?${rest.join('&')}`,
    headers: request.headers.filter(keeps),
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

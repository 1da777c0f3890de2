import { ExitCode, type ExitStatus } from '../errors.ts'
import type { Answer, HttpRequest, RequestServer } from '../target/request.ts'
import { type AnswerServerOptions, readAnswerServer } from './answer-server.ts'
import type { Conversation } from './conversation.ts'
import { serverName } from './target-option.ts'

/** What a page sends before its own request, or along with it. */
interface BrowserRequest {
  readonly name: string
  readonly preflight: HttpRequest
  readonly asks: readonly string[]
}

/** `can --origin`: what a page of `origin` may do in a browser, by the CORS headers the server would send. */
export async function tellOrigin(
  talk: Conversation,
  options: AnswerServerOptions,
  origin: string,
): Promise<ExitStatus> {
  const { target, serve } = await readAnswerServer(talk, withoutAuth(options))
  const reads = readable(serve(request('GET', '/health', origin), talk.now), origin)
  const rows = browserRequests(origin).map(({ name, preflight, asks }) => ({
    name,
    allowed: reads && allows(serve, preflight, asks, origin, talk.now),
  }))
  const allowed = rows.every((row) => row.allowed)
  const name = serverName(target)
  if (talk.json)
    await talk.document('can/v1', { target: name, origin, reads, requests: rows, ...WITHOUT_CORS })
  else {
    const lines = rows.map((row) => `  ${row.allowed ? '✓' : '✗'} ${row.name}`)
    const head = `${allowed ? 'allowed' : 'forbidden'}: pages of ${origin} at ${name}`
    await talk.product(`${[head, ...lines].join('\n')}\n`)
    talk.note(WITHOUT_CORS.executes)
    const why = allowed ? undefined : explainOrigin(options.allowOrigin ?? [], origin)
    if (why !== undefined) talk.note(why)
  }
  return allowed ? ExitCode.ok : ExitCode.no
}

const WITHOUT_CORS = {
  executes:
    'CORS decides who may read the answer; a plain POST of any page is carried out all the same',
} as const

/** Origins given by flags need no more than themselves; else the configuration tells all. */
function withoutAuth(options: AnswerServerOptions): AnswerServerOptions {
  return options.allowOrigin === undefined ? options : { ...options, authOff: true }
}

function browserRequests(origin: string): readonly BrowserRequest[] {
  return [
    {
      name: 'POST / with a JSON body',
      preflight: preflight('/', 'POST', 'content-type', origin),
      asks: ['content-type'],
    },
    {
      name: 'GET /poll/… with an Authorization header',
      preflight: preflight('/poll/group/id', 'GET', 'authorization', origin),
      asks: ['authorization'],
    },
  ]
}

function request(method: string, path: string, origin: string): HttpRequest {
  return { method, path, headers: [['Origin', origin]], body: new Uint8Array() }
}

function preflight(path: string, method: string, header: string, origin: string): HttpRequest {
  const { headers, ...rest } = request('OPTIONS', path, origin)
  const asks: HttpRequest['headers'] = [
    ['Access-Control-Request-Method', method],
    ['Access-Control-Request-Headers', header],
  ]
  return { ...rest, headers: [...headers, ...asks] }
}

function header(answer: Answer, name: string): string | undefined {
  return answer.headers?.find(([key]) => key === name)?.[1]
}

/** Whether a browser lets the page read the answer (Fetch standard, CORS check without credentials). */
function readable(answer: Answer, origin: string): boolean {
  const allowed = header(answer, 'access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** Whether the preflight lets the request through: an ok status, the origin, and every header asked for. */
function allows(
  serve: RequestServer,
  asking: HttpRequest,
  asks: readonly string[],
  origin: string,
  now: number,
): boolean {
  const answer = serve(asking, now)
  const ok = answer.status !== undefined && answer.status >= 200 && answer.status < 300
  const headers = (header(answer, 'access-control-allow-headers') ?? '').toLowerCase().split(',')
  // The Fetch standard keeps `*` from covering Authorization; Chromium still lets it.
  return ok && readable(answer, origin) && asks.every((ask) => covers(headers, ask))
}

function covers(headers: readonly string[], name: string): boolean {
  return (
    headers.some((each) => each.trim() === name) ||
    (headers.includes('*') && name !== 'authorization')
  )
}

/** How the nearest entry differs from what the browser sends; undefined when none comes near. */
function explainOrigin(entries: readonly string[], origin: string): string | undefined {
  const near = entries.find((entry) => entry !== origin && bare(entry) === bare(origin))
  return near === undefined
    ? undefined
    : `${JSON.stringify(near)} is not ${JSON.stringify(origin)}: the server compares them byte for byte`
}

/** An origin without what people write too much: case, a final slash or path, a default port, blanks. */
function bare(text: string): string {
  const trimmed = text.trim().toLowerCase()
  return URL.canParse(trimmed) ? new URL(trimmed).host : trimmed
}

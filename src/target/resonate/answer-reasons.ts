import type { Certainty, ReasonRow } from '../target.ts'

/**
 * Why a request is answered as it is, beside the reasons that the token gives: those of the HTTP layer, the router and
 * the envelope, in the order in which the server finds them, then those of the requests that are not refused.
 */
const ANSWER_REASONS: readonly ReasonRow[] = [
  {
    id: 'malformed-message',
    status: 400,
    meaning:
      'the request line, a header or a length is no HTTP; the HTTP layer answers, nothing is logged',
    mending:
      'look for blanks in the path, control characters in a header, or two different lengths',
    certainty: 'source',
  },
  {
    id: 'headers-too-large',
    status: 431,
    meaning:
      'more than 100 headers, or more than 400 kB of them; the HTTP layer answers, nothing is logged',
    mending: 'send fewer and shorter headers',
    certainty: 'source',
  },
  {
    id: 'path-too-long',
    status: 414,
    meaning:
      'a path with its query of more than 65534 bytes; the HTTP layer answers, nothing is logged',
    mending: 'send a shorter path; the server reads nothing from a query',
    certainty: 'source',
  },
  {
    id: 'unknown-path',
    status: 404,
    meaning: 'the server has no such path; case and a final slash count',
    mending: 'operations go to POST /, workers listen at GET /poll/GROUP/ID',
    certainty: 'recorded',
  },
  {
    id: 'legacy-path',
    status: 410,
    log: 'Legacy endpoint hit — this path is no longer supported. Please update to the latest SDK.',
    meaning: 'a path of the server before 0.9; no token is looked at',
    mending: 'update the SDK: every operation is a POST / now',
    certainty: 'recorded',
  },
  {
    id: 'wrong-method',
    status: 405,
    meaning: 'the path is there, for other methods; OPTIONS is answered only when CORS is on',
    mending: 'send POST to / and GET to /poll, /health and /ready; methods are upper case',
    certainty: 'recorded',
  },
  {
    id: 'bad-percent-encoding',
    status: 400,
    meaning:
      'the group or id of the poll path is not UTF-8 once its percent-encoding is undone; no token is looked at',
    mending: 'percent-encode the UTF-8 bytes of the name',
    certainty: 'recorded',
  },
  {
    id: 'body-too-large',
    status: 413,
    meaning: 'a body of more than 2097152 bytes (2 MiB); no token is looked at',
    mending: 'send less; the limit cannot be configured',
    certainty: 'recorded',
  },
  {
    id: 'bad-envelope',
    status: 400,
    log: 'Invalid request envelope: deserialization failed error={…}',
    meaning:
      'the body is not the JSON the server reads: kind, head.corrId and head.version are strings, data is there, head.auth is a string or null; no token is looked at',
    mending: 'send {"kind":…,"head":{"corrId":…,"version":"2026-04-01","auth":TOKEN},"data":{…}}',
    certainty: 'recorded',
  },
  {
    id: 'empty-kind',
    status: 400,
    log: "Invalid request: empty 'kind' field",
    meaning: 'the kind is the empty string; no token is looked at',
    mending: 'name the operation, e.g. "promise.get"',
    certainty: 'recorded',
  },
  {
    id: 'data-not-an-object',
    status: 400,
    log: "Invalid request: 'data' is not an object",
    meaning: 'data is there but no object; no token is looked at',
    mending: 'send an object, {} where there is nothing to say',
    certainty: 'recorded',
  },
  {
    id: 'unsupported-version',
    status: 400,
    log: 'Invalid request: unsupported protocol version',
    meaning: 'head.version is not 2026-04-01, the only version there is; no token is looked at',
    mending: 'send "2026-04-01", or the SDK that belongs to this server',
    certainty: 'recorded',
  },
  {
    id: 'unknown-operation',
    status: 400,
    log: 'Invalid request: unknown operation',
    meaning:
      'the token is let through, and there is no such operation; names are lower case, e.g. promise.get',
    mending: 'name an operation the server has',
    certainty: 'recorded',
  },
  {
    id: 'debug-disabled',
    status: 403,
    meaning: 'the token is let through, and debug operations are switched off (debug = false)',
    mending: 'leave them off on any server that matters: debug.reset deletes everything',
    certainty: 'recorded',
  },
  {
    id: 'console-kind',
    status: 404,
    meaning: 'a kind of the console, which POST / does not answer; no token is looked at',
    mending: 'send it to POST /console/rpc',
    certainty: 'source',
  },
  {
    id: 'console-redirect',
    status: 303,
    meaning: 'GET / leads to the console at /console/; no token is looked at',
    mending: 'send operations by POST',
    certainty: 'source',
  },
  {
    id: 'preflight',
    status: 200,
    meaning: 'the CORS layer answers OPTIONS for every path, without a look at the path or a token',
    mending: 'nothing: the browser decides by the access-control headers',
    certainty: 'recorded',
  },
  {
    id: 'no-token-needed',
    status: 200,
    meaning: 'this path asks for no token',
    mending: 'nothing',
    certainty: 'recorded',
  },
  {
    id: 'auth-off',
    status: 200,
    meaning: 'auth is not configured: no token is looked at',
    mending: 'set auth.publickey',
    certainty: 'recorded',
  },
  {
    id: 'authenticated',
    status: 200,
    meaning: 'the token is accepted; /poll looks at neither role nor prefix, whatever the group',
    mending: 'nothing; a stream stays open after its token expires',
    certainty: 'recorded',
  },
  {
    id: 'passed',
    status: 200,
    meaning:
      'reading, authentication and authorization let it through; the operation itself answers',
    mending: 'nothing',
    certainty: 'recorded',
  },
]

/** The same for a version of the server of which no more than `certainty` is known, with or without its console. */
export function listAnswerReasons(certainty: Certainty, console: boolean): readonly ReasonRow[] {
  const rows = ANSWER_REASONS.filter(({ id }) => console || !id.startsWith('console-'))
  return certainty === 'recorded' ? rows : rows.map((reason) => ({ ...reason, certainty }))
}

/** The row of the reason `id`, as recorded. Throws Error for an id that is none, which is a bug. */
export function answerReason(id: string): ReasonRow {
  const row = ANSWER_REASONS.find((reason) => reason.id === id)
  if (row === undefined) throw new Error(`no reason ${id}`)
  return row
}

import { printable } from '../lint/printable.ts'
import type { Answer, Correction, HttpRequest } from '../target/request.ts'
import type { ReasonRow } from '../target/target.ts'
import type { Paint } from './paint.ts'
import { describeCertainty, describeChecks } from './verdict.ts'

const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  303: 'See Other',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
}

/**
 * An answer for a person: the status line, the headers that are known, what was found, why, what the server says and
 * logs, and how to mend it, with the request done right where a token stands in the wrong place.
 */
export function describeAnswer(
  server: string,
  request: HttpRequest,
  answer: Answer,
  reasons: readonly ReasonRow[],
  paint: Paint,
): string {
  const head = `${statusLine(answer)}: ${printable(request.method)} ${printable(pathOnly(request))} at ${server}`
  const reason = reasons.find(({ id }) => id === answer.reason)
  const lines = [
    answer.outcome === 'passed' ? paint.green(head) : paint.red(head),
    ...(answer.headers ?? []).map(([name, value]) => `  ${printable(`${name}: ${value}`)}`),
    ...describeChecks(answer.checks, paint),
    `why: ${reason?.meaning ?? answer.reason} [${answer.reason}]`,
  ]
  if (answer.text !== undefined) lines.push(`says: ${printable(answer.text)}`)
  for (const line of answer.log) lines.push(`log: ${printable(withError(line, answer.error))}`)
  if (answer.outcome === 'refused')
    lines.push(`do:  ${answer.correction?.says ?? reason?.mending ?? 'nothing is known to help'}`)
  if (reason !== undefined) lines.push(...describeCertainty(reason.certainty))
  if (answer.correction !== undefined) lines.push('', ...describeRequest(answer.correction))
  return `${lines.join('\n')}\n`
}

function statusLine({ status, outcome }: Answer): string {
  if (status !== undefined) return `${status} ${STATUS_TEXT[status] ?? ''}`.trimEnd()
  return outcome === 'passed'
    ? "let through, the operation's own result follows"
    : 'no answer, the connection is closed'
}

/** The path without its query, which may hold a token. */
function pathOnly({ path }: HttpRequest): string {
  return path.split('?', 1)[0] ?? ''
}

function withError(line: string, error: string | undefined): string {
  return error === undefined ? line : `${line} error=${error}`
}

/** A corrected request as an HTTP message, `TOKEN` standing for the token. */
function describeRequest({ request }: Correction): readonly string[] {
  const body = new TextDecoder().decode(request.body)
  return [
    `${request.method} ${request.path} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body]),
  ].map((line) => printable(line))
}

/** The members that an answer has in every JSON form; several log lines are joined by line feeds. */
export function answerMembers(answer: Answer): Readonly<Record<string, unknown>> {
  return {
    outcome: answer.outcome,
    status: answer.status ?? null,
    reason: answer.reason,
    log: answer.log.length === 0 ? null : answer.log.join('\n'),
    ...(answer.error !== undefined && { error: answer.error }),
    ...(answer.headers !== undefined && { headers: Object.fromEntries(answer.headers) }),
  }
}

/** One answer as a JSON document: the same members, what was asked without its query, and how it came. */
export function answerDocument(
  target: string,
  request: HttpRequest,
  answer: Answer,
  reasons: readonly ReasonRow[],
): Readonly<Record<string, unknown>> {
  const reason = reasons.find(({ id }) => id === answer.reason)
  return {
    target,
    method: request.method,
    path: pathOnly(request),
    ...answerMembers(answer),
    error: answer.error ?? null,
    headers: Object.fromEntries(answer.headers ?? []),
    text: answer.text ?? null,
    meaning: reason?.meaning ?? null,
    mending: reason?.mending ?? null,
    checks: answer.checks,
    correction: answer.correction?.says ?? null,
  }
}

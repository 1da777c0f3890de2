import type {
  Answer,
  HttpHeader,
  HttpRequest,
  ServerSettings,
} from '../../../../src/target/request.ts'
import { resonate09 } from '../../../../src/target/resonate/target.ts'
import { type ServerRow, settingsOf } from './rust-vectors.ts'

/** A request as a row of envelope.jsonl and poll.jsonl has it. */
export interface RequestRow {
  readonly id: string
  readonly at: number
  readonly server: (ServerRow & { readonly debug?: boolean }) | null
  readonly method: string
  readonly path: string
  readonly headers: readonly HttpHeader[]
  readonly body?: string | null
  readonly body_base64?: string
  readonly body_parts?: readonly (readonly [text: string, count: number])[]
  readonly status: number
}

/** The bytes of a row's body. */
export function bodyOf({ body, body_base64: base64, body_parts: parts }: RequestRow): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  const text = parts?.map(([piece, count]) => piece.repeat(count)).join('') ?? body ?? ''
  return Buffer.from(text)
}

/** A request without headers and body, unless they are given. */
export function requestTo(
  method: string,
  path: string,
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return { method, path, headers: [], body: new Uint8Array(), ...more }
}

const judge = await resonate09.requests?.()

/** What the server of version 0.9 answers. */
export function answerAt(
  settings: Partial<ServerSettings>,
  request: HttpRequest,
  at: number,
): Answer {
  if (judge === undefined) throw new Error('0.9 answers requests')
  return judge.serve({ auth: undefined, debug: false, origins: [], ...settings })(request, at)
}

/** The settings of a row's server. */
export function serverOf({ server }: RequestRow): Partial<ServerSettings> {
  return server === null ? {} : { auth: settingsOf(server), debug: server.debug === true }
}

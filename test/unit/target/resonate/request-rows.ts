import type { Answer, HttpRequest, ServerSettings } from '../../../../src/target/request.ts'
import { resonate09 } from '../../../../src/target/resonate/target.ts'
import type { RequestRow } from '../../../vectors/requests.ts'
import { settingsOf } from './rust-vectors.ts'

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

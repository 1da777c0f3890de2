import type { Configuration } from '../config/configuration.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import type { AuthSettings, Check, KeyLoad } from './target.ts'

/** A header as it stands in the message: the name in any case; blanks and tabs around the value do not count. */
export type HttpHeader = readonly [name: string, value: string]

/** A whole request as it arrives at a server. */
export interface HttpRequest {
  /** As written; methods are case-sensitive (RFC 9110 section 9.1). */
  readonly method: string
  /** The request target as written, still percent-encoded, with its query; an absolute form is allowed. */
  readonly path: string
  /** In the order of the message, a repeated header as often as it was sent. Text stands for its UTF-8 bytes. */
  readonly headers: readonly HttpHeader[]
  readonly body: Uint8Array
  /** Which of the server's listeners is asked, by the target's own names; absent = the one clients use. */
  readonly listener?: string
}

/** What a server answers to a request, as far as authentication, routing and reading the message decide it. */
export interface Answer {
  /** `refused` for every decided status of 300 and more; `passed` = answered, or handed on to the operation. */
  readonly outcome: 'refused' | 'passed'
  /** Undefined where only the operation's own result decides (the request got past everything judged here). */
  readonly status: number | undefined
  /** The id of a ReasonRow of the target; `passed` where nothing refused it. */
  readonly reason: string
  /** The messages the server logs about the request, in order, without their fields. */
  readonly log: readonly string[]
  /** The `error` field of the log line, where it has one. */
  readonly error?: string
  /** The headers that the answer's status and the settings decide (CORS, `allow`, `www-authenticate`), lower-case names. */
  readonly headers?: readonly HttpHeader[]
  /** The answer's body, or the `data` of its envelope, where it is fixed text. */
  readonly text?: string
  /** What was looked at and found, in the server's order. */
  readonly checks: readonly Check[]
  /** The same request done right, where a token is there and the server does not look at it. */
  readonly correction?: Correction
}

/** A request done right, `TOKEN` standing for the token. */
export interface Correction {
  /** What is wrong, a sentence without a full stop. */
  readonly says: string
  readonly request: HttpRequest
}

/** The values of every header called `name` (lower case), in order, without the blanks around them (RFC 9110 5.5). */
export function headerValues({ headers }: HttpRequest, name: string): readonly string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => trimBlanks(value))
}

/** A pattern for the end of the text would go through every run of blanks within it once for each of them. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charAt(start))) start++
  while (end > start && isBlank(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

/** What a server is started with, as far as flags of this tool can say it. */
export interface ServerSettings {
  /** Undefined = auth is off. */
  readonly auth: AuthSettings | undefined
  readonly debug: boolean
  /** The origins that CORS allows; none = CORS is off. */
  readonly origins: readonly string[]
}

/** A running server: what it answers to `request` at the instant `at`. */
export type RequestServer = (request: HttpRequest, at: NumericDate) => Answer

/** How a target answers whole requests. */
export interface RequestJudge {
  /** The server that `settings` describe. */
  serve(settings: ServerSettings): RequestServer
  /**
   * The server that starts with `configuration`; `loadKey` reads the key file that it names. Undefined = it would not
   * start, or what decides it is not known.
   */
  serveConfigured(
    configuration: Configuration,
    loadKey: (path: string) => KeyLoad | undefined,
  ): RequestServer | undefined
}

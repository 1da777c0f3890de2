import type { HttpHeader } from '../../src/target/request.ts'

/** What a row's server is configured with; the key's path is relative to the vectors. */
export interface ServerRow {
  readonly publickey: string
  readonly iss: string | null
  readonly aud: string | null
}

/** A request as a row of rust-0.9/envelope.jsonl and poll.jsonl has it. */
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

/** A row of rust-0.9/cors.jsonl. */
export interface CorsRow {
  readonly id: string
  readonly allow_origins: readonly string[]
  readonly auth?: { readonly publickey: string }
  readonly listener?: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string | readonly string[]>>
    readonly body?: string
  }
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>> }
}

/** The headers of a row's request, those of several values one by one. */
export function headersOf({ request }: CorsRow): readonly HttpHeader[] {
  return Object.entries(request.headers).flatMap(([name, value]) =>
    [value].flat().map((each): HttpHeader => [name, each]),
  )
}

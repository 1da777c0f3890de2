import { AuthError, UsageError } from '../errors.ts'
import type { HttpHeader, HttpRequest } from '../target/request.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'

/** A request as flags give it. */
export interface RequestOptions {
  readonly method?: string
  readonly path?: string
  readonly header?: readonly string[]
  readonly body?: string
  readonly http?: boolean
  readonly curl?: string
  readonly listener?: string
}

/** More than any server reads; what is larger is not read here either. */
const REQUEST_LIMIT = 64 * 1024 * 1024

/** The request that the flags describe. Throws UsageError when they contradict each other. */
export async function readRequest(
  talk: Conversation,
  options: RequestOptions,
): Promise<HttpRequest> {
  const { listener } = options
  const request = await readForm(talk, options)
  return listener === undefined ? request : { ...request, listener }
}

async function readForm(talk: Conversation, options: RequestOptions): Promise<HttpRequest> {
  const { method, path, header, body, http, curl } = options
  const whole = [http === true ? '--http' : undefined, curl === undefined ? undefined : '--curl']
  const [form, second] = whole.filter((flag) => flag !== undefined)
  if (form === undefined) return fromFlags(talk, options)
  if (second !== undefined)
    throw new UsageError('--http and --curl both give the request: use one of them')
  for (const [name, value] of Object.entries({ method, path, header, body }))
    if (value !== undefined)
      throw new UsageError(`${form} gives the whole request, --${name} included`)
  return curl === undefined ? fromMessage(talk) : fromCurl(talk, curl)
}

async function fromFlags(
  talk: Conversation,
  { method, path, header = [], body }: RequestOptions,
): Promise<HttpRequest> {
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path: path ?? '/',
    headers: header.map(parseHeader),
    body: body === undefined ? new Uint8Array() : await readBody(talk, body),
  }
}

function parseHeader(line: string): HttpHeader {
  const colon = line.indexOf(':')
  if (colon <= 0)
    throw new UsageError('a header has no name', { hints: ['write it as "Name: value"'] })
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

async function readBody(talk: Conversation, body: string): Promise<Uint8Array> {
  if (body === '-') return read(talk, '-', 'the body')
  return body.startsWith('@')
    ? read(talk, body.slice(1), 'the body')
    : new TextEncoder().encode(body)
}

function read(talk: Conversation, path: string, purpose: string): Promise<Uint8Array> {
  return readInput(path, talk, { purpose, limit: REQUEST_LIMIT, tooLarge: 'ERR_INPUT_LIMIT' })
}

async function fromMessage(talk: Conversation): Promise<HttpRequest> {
  const { readHttpMessage } = await import('../request/http-message.ts')
  return readHttpMessage(await talk.readStdin('the HTTP message', REQUEST_LIMIT))
}

async function fromCurl(talk: Conversation, line: string): Promise<HttpRequest> {
  const { readCurl } = await import('../request/curl.ts')
  const { curlRequest } = await import('../request/curl-request.ts')
  const { readShellCommand } = await import('../request/shell.ts')
  const text =
    line === '-'
      ? new TextDecoder().decode(await talk.readStdin('the curl command line', REQUEST_LIMIT))
      : line
  const { words, input } = readShellCommand(text)
  const command = readCurl(words)
  const contents = new Map<string, Uint8Array>()
  for (const file of command.files) contents.set(file, await readData(talk, file, input))
  return curlRequest(command, contents)
}

async function readData(
  talk: Conversation,
  file: string,
  input: string | undefined,
): Promise<Uint8Array> {
  if (file !== '-') return read(talk, file, 'the body')
  if (input !== undefined) return new TextEncoder().encode(input)
  throw new AuthError(
    'ERR_INPUT_FORM',
    'the curl command line reads its body from standard input',
    {
      hints: ['give it as a here-document (<<END), or in a file with --data-binary @FILE'],
    },
  )
}

/** Throws UsageError where `--jsonl` goes together with a flag that says what one request is. */
export function refuseRequestFlags(options: RequestOptions): void {
  for (const name of ['method', 'path', 'header', 'body', 'http', 'curl', 'listener'] as const)
    if (options[name] !== undefined)
      throw new UsageError(`--${name} does not go with --jsonl: each line brings its own request`)
}

import { AuthError } from '../errors.ts'
import type { ScratchFile } from '../host/files.ts'
import type { Column } from './batch-columns.ts'
import { ROW_LIMIT, readHeader } from './batch-lines.ts'
import type { RowForm } from './batch-options.ts'
import { type Block, cutBlocks, firstRecordEnd, withoutMark } from './blocks.ts'
import type { Conversation } from './conversation.ts'

/** Where the rows come from. */
export interface BatchInput {
  /** For messages: the path, or `standard input`. */
  readonly name: string
  /** Whether it can be read from its beginning as often as one likes. */
  readonly again: boolean
  /** Begins to read; once only where it cannot be read again. Throws AuthError for what is no batch. */
  open(): Promise<Rows>
  /** Gives up what was put aside. */
  end(): void
}

/** The rows of one reading. */
export interface Rows {
  /** Absent for JSON Lines. */
  readonly columns?: readonly Column[]
  readonly blocks: AsyncIterable<Block>
}

/** What the command line says about the input. */
export interface InputOptions {
  readonly path: string
  readonly form?: RowForm
  /** Whether a stream is put aside first, so that it can be read again. */
  readonly aside: boolean
}

/** The input of a batch: a file is read again, a stream (standard input, a pipe) only when it is put aside first. */
export async function findInput(
  talk: Conversation,
  { path, form, aside }: InputOptions,
): Promise<BatchInput> {
  const { files } = talk.host
  const name = path === '-' ? 'standard input' : path
  const stat = path === '-' ? undefined : await files.stat(path)
  const read = (): AsyncIterable<Uint8Array> =>
    path === '-' ? talk.stdinChunks('the batch') : files.stream(path)
  const start = (chunks: AsyncIterable<Uint8Array>): Promise<Rows> =>
    begin(name, chunks, form ?? formOf(path))
  if (path !== '-' && stat?.kind !== 'other')
    return { name, again: true, open: () => start(read()), end: () => undefined }
  if (!aside) return { name, again: false, open: () => start(read()), end: () => undefined }
  const scratch = await putAside(talk, read())
  return { name, again: true, open: () => start(scratch.stream()), end: scratch.end }
}

async function putAside(
  { host }: Conversation,
  chunks: AsyncIterable<Uint8Array>,
): Promise<ScratchFile> {
  const scratch = host.files.scratch()
  for await (const chunk of chunks) scratch.append(chunk)
  return scratch
}

function formOf(path: string): RowForm | undefined {
  if (/\.csv$/i.test(path)) return 'csv'
  return /\.(?:jsonl|ndjson)$/i.test(path) ? 'jsonl' : undefined
}

async function begin(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  known: RowForm | undefined,
): Promise<Rows> {
  const source = withoutMark(chunks)
  const head = await readHead(source)
  if (head === undefined)
    throw invalid(name, 'it is empty', 'write one row for each token, for CSV after a header')
  refuseForeign(name, head)
  const form = known ?? (firstVisible(head) === '{' ? 'jsonl' : 'csv')
  const blocks = cutBlocks(follow(head, source), { limit: ROW_LIMIT, quoted: form === 'csv' })
  return form === 'csv' ? readColumns(name, blocks) : { blocks }
}

/** The first bytes in which anything can be seen; undefined when there are none. */
async function readHead(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    parts.push(next.value)
    if (firstVisible(next.value) !== '') return Buffer.concat(parts)
  }
  return undefined
}

function firstVisible(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .trimStart()
    .slice(0, 1)
}

function refuseForeign(name: string, head: Uint8Array): void {
  const [first, second] = head
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    head.includes(0)
  )
    throw invalid(name, 'it is no UTF-8 text', 'save it as CSV in UTF-8, or as JSON Lines')
  if (firstVisible(head) === '[')
    throw invalid(name, 'it is a JSON array', 'write one object a line: jq -c ".[]"')
}

async function* follow(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}

/** Takes the header off the first block. */
async function readColumns(name: string, blocks: AsyncGenerator<Block>): Promise<Rows> {
  const first = await blocks.next()
  if (first.done === true) return { columns: [], blocks }
  const { bytes, line, cut } = first.value
  let start = 0
  let end = firstRecordEnd(bytes, true)
  while (firstVisible(bytes.subarray(start, end)) === '' && end < bytes.length) {
    start = end
    end += firstRecordEnd(bytes.subarray(end), true)
  }
  const header = bytes.subarray(0, end)
  if (cut === true && end === bytes.length)
    throw invalid(name, `the header is longer than ${ROW_LIMIT} bytes`, 'is it a CSV file at all?')
  const after = line + Buffer.from(header).toString('latin1').split('\n').length - 1
  const rest: Block = { bytes: bytes.subarray(end), line: after, ...(cut && { cut }) }
  return { columns: columnsOf(name, { bytes: header, line }), blocks: followBlocks(rest, blocks) }
}

function columnsOf(name: string, header: Block): readonly Column[] {
  try {
    return readHeader(header)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    throw invalid(name, `line ${header.line}: ${error.message}`, HEADER_HINT)
  }
}

const HEADER_HINT =
  'the first line names the columns, e.g. id,prefix,exp; for JSON Lines add --batch-format jsonl'

async function* followBlocks(head: Block, rest: AsyncGenerator<Block>): AsyncGenerator<Block> {
  if (head.bytes.length > 0) yield head
  yield* rest
}

function invalid(name: string, message: string, hint: string): AuthError {
  return new AuthError('ERR_INPUT_FORM', `${name}: ${message}`, { hints: [hint] })
}

import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'

/** A line longer than this is refused, not read into memory. */
const LINE_LIMIT = 32 * 1024 * 1024

/** Answers are gathered to this many characters before they are written. */
const BATCH = 64 * 1024

/** One line of input as an object. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** What a line is answered with; `no` makes the exit status 1. */
export interface LineAnswer {
  readonly members: Readonly<Record<string, unknown>>
  readonly no: boolean
}

export interface Bulk {
  /** Members a line may not have, because a flag fixed them, with the flag. */
  readonly fixed: ReadonlyMap<string, string>
  /** Answers a line, given also as text; an AuthError thrown here becomes that line's error. */
  answer(record: JsonRecord, text: string): LineAnswer | Promise<LineAnswer>
}

/**
 * Answers standard input line by line, in order and streamed: JSON Lines in, JSON Lines out. A line that cannot be
 * answered gives an object with `line` and `error`. Status 3 when any line failed, else 1 when any answer was no.
 */
export async function answerLines(talk: Conversation, bulk: Bulk): Promise<ExitStatus> {
  let status: ExitStatus = ExitCode.ok
  let pending = ''
  let number = 0
  for await (const line of readLines(talk)) {
    number++
    if (line !== undefined && line.trim() === '') continue
    const answered = answerLine(line, number, bulk)
    const { text, outcome } = answered instanceof Promise ? await answered : answered
    if (outcome === ExitCode.failure || status === ExitCode.ok) status = outcome
    pending += `${text}\n`
    if (pending.length < BATCH) continue
    await talk.product(pending)
    pending = ''
  }
  if (pending !== '') await talk.product(pending)
  return status
}

interface Answered {
  readonly text: string
  readonly outcome: 0 | 1 | 3
}

function answerLine(
  line: string | undefined,
  number: number,
  bulk: Bulk,
): Answered | Promise<Answered> {
  let id: unknown
  try {
    const record = parseRecord(line)
    id = record['id']
    for (const [member, flag] of bulk.fixed)
      if (Object.hasOwn(record, member))
        throw new UsageError(`line ${number} has "${member}", which ${flag} fixes`, {
          hints: ['give it in one place only'],
        })
    const answer = bulk.answer(record, line ?? '')
    return answer instanceof Promise
      ? answer.then(answered, (error: unknown) => failed(error, id, number))
      : answered(answer)
  } catch (error) {
    return failed(error, id, number)
  }
}

function answered({ members, no }: LineAnswer): Answered {
  return { text: JSON.stringify(members), outcome: no ? ExitCode.no : ExitCode.ok }
}

function failed(error: unknown, id: unknown, line: number): Answered {
  if (!(error instanceof AuthError) || error instanceof UsageError) throw error
  const members = { ...(id !== undefined && { id }), line, error: error.message }
  return { text: JSON.stringify(members), outcome: ExitCode.failure }
}

function parseRecord(line: string | undefined): JsonRecord {
  if (line === undefined) throw new AuthError('ERR_INPUT_LIMIT', `longer than ${LINE_LIMIT} bytes`)
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new AuthError('ERR_INPUT_FORM', 'not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AuthError('ERR_INPUT_FORM', 'not a JSON object')
  // JSON objects have string names only.
  return value as JsonRecord
}

/** The lines of standard input, split at `\n` alone; undefined for one that is too long. */
async function* readLines(talk: Conversation): AsyncGenerator<string | undefined> {
  let parts: Uint8Array[] = []
  let size = 0
  let first = true
  const finish = (): string | undefined => {
    if (size > LINE_LIMIT) return undefined
    const text = Buffer.concat(parts, size).toString()
    return first ? text.replace(/^\u{feff}/u, '') : text
  }
  for await (const chunk of talk.stdinChunks('the lines')) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end))
      yield finish()
      first = false
      parts = []
      size = 0
      start = end + 1
    }
    keep(chunk.subarray(start))
  }
  if (size > 0) yield finish()

  function keep(part: Uint8Array): void {
    size += part.length
    if (size <= LINE_LIMIT) parts.push(part)
    else parts = []
  }
}

/** The string, or undefined, that `record` has as `name`; null counts as absent. Throws AuthError for another type. */
export function textMember(record: JsonRecord, name: string): string | undefined {
  const value = record[name] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new AuthError('ERR_INPUT_FORM', `"${name}" is not a string`)
}

/** The whole number, or undefined, that `record` has as `name`. Throws AuthError for anything else. */
export function integerMember(record: JsonRecord, name: string): number | undefined {
  const value = record[name] ?? undefined
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new AuthError('ERR_INPUT_FORM', `"${name}" is not a whole number`)
}

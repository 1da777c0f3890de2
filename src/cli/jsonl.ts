import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { type Block, cutBlocks, withoutMark } from './blocks.ts'
import type { Conversation } from './conversation.ts'
import { Crew } from './crew.ts'

/** A line longer than this is refused, not read into memory. */
const LINE_LIMIT = 32 * 1024 * 1024

/** Eight blocks take a tenth of a second; a line of LINE_LIMIT bytes, parsed, takes half a gigabyte. */
const LIMITS = { patience: 8, memory: 1024 } as const

const LINE_FEED = 0x0a

/** One line of input as an object. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** What a line is answered with; `no` makes the exit status 1. */
export interface LineAnswer {
  /** All but the line's own `id`, which stands before them. */
  readonly members: Readonly<Record<string, unknown>>
  readonly no: boolean
}

export interface Bulk {
  /** Throws UsageError, which ends the run, for a line that says what a flag fixed. */
  check(record: JsonRecord, line: number): void
  /** Answers a line, given also as text; an AuthError thrown here becomes that line's error. */
  answer(record: JsonRecord, text: string): LineAnswer | Promise<LineAnswer>
}

/** Members that a line may not have, because a flag fixed them, with the flag. */
export type FixedMembers = ReadonlyMap<string, string>

/** The members that `flags` take away from the lines where `options` have them; `key` is what a line calls publickey. */
export function fixedMembers<Flag extends string>(
  options: Readonly<Partial<Record<Flag, unknown>>>,
  flags: readonly Flag[],
): FixedMembers {
  const given = flags.filter((flag) => options[flag] !== undefined)
  return new Map(given.map((flag) => [flag === 'key' ? 'publickey' : flag, `--${flag}`]))
}

/** The commands that answer many lines. */
export type LineCommand = 'verify' | 'can' | 'answer'

/** All that a thread needs to answer the lines of a run as the run itself does; it can be sent to another thread. */
export interface LineSetup {
  readonly kind: 'lines'
  readonly command: LineCommand
  /** The command's options as commander gives them. */
  readonly options: object
  /** Of the run: its instant, where it stands and what it sees. */
  readonly now: NumericDate
  readonly afterDashes: readonly string[]
  readonly cwd: string
  readonly env: Host['env']
}

/** What the lines of a block are answered with, and the status they make. */
export interface LinesAnswer {
  readonly text: string
  readonly status: 0 | 1 | 3
}

/** Answers blocks of lines; one `bulk` serves a whole run. */
export class LineEngine {
  readonly #bulk: Bulk

  constructor(bulk: Bulk) {
    this.#bulk = bulk
  }

  /** Answers a block of whole lines; empty ones are passed over. */
  async answer({ bytes, line, cut }: Block): Promise<LinesAnswer> {
    let status: LinesAnswer['status'] = ExitCode.ok
    let text = ''
    let number = line
    let start = 0
    while (start < bytes.length) {
      const feed = bytes.indexOf(LINE_FEED, start)
      const end = feed === -1 ? bytes.length : feed
      const whole = cut !== true && end - start <= LINE_LIMIT
      const one = whole ? decodeLine(bytes.subarray(start, end)) : undefined
      if (one === undefined || one.trim() !== '') {
        const answering = answerLine(one, number, this.#bulk)
        const answer = answering instanceof Promise ? await answering : answering
        if (answer.outcome === ExitCode.failure || status === ExitCode.ok) status = answer.outcome
        text += `${answer.text}\n`
      }
      number++
      start = end + 1
      if (cut === true) break
    }
    return { text, status }
  }
}

/**
 * Answers standard input line by line, in order and streamed: JSON Lines in, JSON Lines out. A line that cannot be
 * answered gives an object with `line` and `error`. Status 3 when any line failed, else 1 when any answer was no. Many
 * lines are spread over all cores: each thread makes its own `bulk` for `command` with `options`.
 */
export async function answerLines(
  talk: Conversation,
  command: LineCommand,
  options: object,
  bulk: Bulk,
): Promise<ExitStatus> {
  const { now, afterDashes, host } = talk
  const env = { ...host.env }
  const run = { now, afterDashes, cwd: host.cwd, env }
  const setup: LineSetup = { kind: 'lines', command, options, ...run }
  const crew = new Crew<Block, LinesAnswer>(host, setup, new LineEngine(bulk), LIMITS)
  let status: ExitStatus = ExitCode.ok
  const lines = cutBlocks(withoutMark(talk.stdinChunks('the lines')), {
    limit: LINE_LIMIT,
    quoted: false,
  })
  try {
    for await (const answer of crew.answers(lines)) {
      if (answer.status === ExitCode.failure || status === ExitCode.ok) status = answer.status
      if (answer.text !== '') await talk.product(answer.text)
    }
  } finally {
    crew.end()
  }
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
  let record: JsonRecord
  try {
    record = parseRecord(line)
  } catch (error) {
    return failed(error, undefined, number)
  }
  bulk.check(record, number)
  const id = record['id']
  try {
    const answer = bulk.answer(record, line ?? '')
    return answer instanceof Promise
      ? answer.then(
          (later) => answered(later, id),
          (error: unknown) => failed(error, id, number),
        )
      : answered(answer, id)
  } catch (error) {
    return failed(error, id, number)
  }
}

/** Throws UsageError when `members` of a line, counted from 1, has one that a flag fixed. */
export function refuseFixed(fixed: FixedMembers, members: JsonRecord, line: number): void {
  for (const [member, flag] of fixed)
    if (Object.hasOwn(members, member))
      throw new UsageError(`line ${line} has "${member}", which ${flag} fixes`, {
        hints: ['give it in one place only'],
      })
}

function answered({ members, no }: LineAnswer, id: unknown): Answered {
  const outcome = no ? ExitCode.no : ExitCode.ok
  return { text: JSON.stringify(withId(id, members)), outcome }
}

function failed(error: unknown, id: unknown, line: number): Answered {
  if (!(error instanceof AuthError)) throw error
  const members = withId(id, { line, error: error.message })
  return { text: JSON.stringify(members), outcome: ExitCode.failure }
}

function withId(id: unknown, members: object): object {
  return id === undefined ? members : { id, ...members }
}

function parseRecord(line: string | undefined): JsonRecord {
  if (line === undefined) throw new AuthError('ERR_INPUT_LIMIT', `longer than ${LINE_LIMIT} bytes`)
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new AuthError('ERR_INPUT_FORM', 'not JSON')
  }
  if (!isRecord(value)) throw new AuthError('ERR_INPUT_FORM', 'not a JSON object')
  return value
}

/** Whether a value that JSON gave is an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decodeLine(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
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

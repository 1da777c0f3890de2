import { AuthError } from '../errors.ts'
import { findBreaches, type Policy } from '../fleet/policy.ts'
import type { Algorithm } from '../key/algorithm.ts'
import { importPrivateKey, type PrivateKey } from '../key/private-key.ts'
import { renderToken } from '../report/token-form.ts'
import { knowsTokens, type Target } from '../target/target.ts'
import { loadTarget, type TargetId } from '../target/targets.ts'
import { judgeClaims, judgeToken } from '../target/verdict.ts'
import { encodeBase64url } from '../token/base64url.ts'
import { readMembers } from '../token/claims.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { signSegments } from '../token/sign.ts'
import { type Column, fixingFlag } from './batch-columns.ts'
import { type RawRow, type RowFault, readCsvRows, readJsonRows } from './batch-lines.ts'
import { nameFile } from './batch-name.ts'
import type { BatchForm } from './batch-options.ts'
import { type Row, RowReader } from './batch-row.ts'
import type { Block } from './blocks.ts'
import type { MintOptions } from './mint.ts'
import { hashText } from './seen.ts'

/** All that a thread needs to mint the rows of one batch; it can be sent to another thread. */
export interface BatchSetup {
  readonly kind: 'batch'
  /** PKCS#8 in DER. */
  readonly key: Uint8Array
  readonly alg: Algorithm
  readonly kid?: string
  readonly target: TargetId
  readonly policy?: Policy
  readonly options: MintOptions
  readonly now: NumericDate
  readonly ttl: number
  /** Claims that flags fix, as JSON texts, and the flag of each as it is typed. */
  readonly fixed: ReadonlyMap<string, string>
  readonly flags: ReadonlyMap<string, string>
  /** The columns of a CSV file; absent for JSON Lines. */
  readonly columns?: readonly Column[]
  readonly form: BatchForm
  /** Whether each token goes to a file of its own, named after its id. */
  readonly apart: boolean
}

/** What is to be done with a block of rows. */
export interface BatchQuestion {
  readonly block: Block
  readonly work: 'check' | 'mint' | 'check-and-mint'
  /** Rows that are done already, by their place among the block's rows. */
  readonly done?: readonly number[]
}

/** What came of a block of rows. */
export interface BatchReply {
  /** The line of each row without a fault, and four halves of hashes: of its id (or file name), of its own jti or 0 and 0. */
  readonly lines: readonly number[]
  readonly hashes: readonly number[]
  readonly faults: readonly RowFault[]
  /** One text a row; empty for `check`. */
  readonly outputs: readonly string[]
  /** One file name a row where each goes to its own. */
  readonly names: readonly string[]
  /** How far each row's token reaches; empty for `mint`. */
  readonly reaches: readonly Reach[]
}

/** What a token opens: every id, ids with its prefix, nothing. */
export type Reach = 'all' | 'some' | 'none'

/** Bytes of randomness fetched at a time. */
const RANDOM_POOL = 16 * 512

/** Columns of JSON Lines that are remembered. */
const READERS = 256

/** Mints and checks the rows of one batch. */
export class BatchEngine {
  readonly #setup: BatchSetup
  readonly #key: PrivateKey
  readonly #target: Target
  readonly #random: (size: number) => Uint8Array
  readonly #readers = new Map<string, RowReader>()
  #pool: Uint8Array = new Uint8Array(0)
  #header: { readonly kid: string | undefined; readonly text: string } | undefined

  constructor(setup: BatchSetup, target: Target, random: (size: number) => Uint8Array) {
    this.#setup = setup
    this.#key = importPrivateKey(setup.key)
    this.#target = target
    this.#random = random
  }

  /** Works through a block. Throws UsageError for a member that a flag fixes. */
  answer({ block, work, done = [] }: BatchQuestion): BatchReply {
    const { columns } = this.#setup
    const reply = new GrowingReply()
    const rows =
      columns === undefined
        ? readJsonRows(block, (column) => this.#fixing(column))
        : readCsvRows(block, columns)
    const skipped = new Set(done)
    let place = -1
    for (const raw of rows) {
      if ('message' in raw) {
        reply.faults.push(raw)
        continue
      }
      place++
      if (skipped.has(place)) continue
      try {
        this.#take(raw, work, reply)
      } catch (error) {
        if (!(error instanceof AuthError)) throw error
        reply.faults.push({ line: raw.line, message: error.message })
      }
    }
    return reply
  }

  #take(raw: RawRow, work: BatchQuestion['work'], reply: GrowingReply): void {
    const row = this.#reader(raw.columns).read(raw.cells)
    const id = this.#identify(row, raw)
    const name = this.#setup.apart ? nameOf(id, this.#setup.form) : undefined
    const reach = work === 'mint' ? undefined : this.#judge(row)
    const output = work === 'check' ? undefined : this.#mint(row, id)
    reply.lines.push(raw.line)
    if (reach !== undefined) {
      reply.reaches.push(reach)
      const [low, high] = hashText(name?.toLowerCase() ?? String(id))
      const [jtiLow, jtiHigh] = row.jti === undefined ? NO_HASH : hashText(row.jti)
      reply.hashes.push(low, high, jtiLow, jtiHigh)
    }
    if (name !== undefined) reply.names.push(name)
    if (output !== undefined) reply.outputs.push(output)
  }

  #fixing(column: Column): string | undefined {
    return fixingFlag(column, this.#setup.options, this.#setup.flags)
  }

  #reader(columns: readonly Column[]): RowReader {
    const key =
      this.#setup.columns === undefined
        ? columns
            .map((column) => `${column.kind === 'claim' ? column.json : ''} ${column.name}`)
            .join('\n')
        : ''
    const known = this.#readers.get(key)
    if (known !== undefined) return known
    const { options, fixed, now, ttl } = this.#setup
    const reader = new RowReader(columns, {
      now,
      fixed,
      defaults: new Map<string, string | (() => string)>([
        ['exp', String(now + ttl)],
        ...(options.iat === false ? [] : [['iat', String(now)] as const]),
        ...(options.jti === false ? [] : [['jti', () => `"${this.#randomId()}"`] as const]),
      ]),
      opensNothing: options.prefix === false,
    })
    if (this.#readers.size >= READERS) this.#readers.clear()
    this.#readers.set(key, reader)
    return reader
  }

  /** 128 random bits as base64url. */
  #randomId(): string {
    if (this.#pool.length < 16) this.#pool = this.#random(RANDOM_POOL)
    const id = encodeBase64url(this.#pool.subarray(0, 16))
    this.#pool = this.#pool.subarray(16)
    return id
  }

  /** The row's id, or its line where the batch has no ids. */
  #identify({ id }: Row, { line, columns }: RawRow): string | number {
    if (id !== undefined) return id
    if (!columns.some((column) => column.kind === 'field' && column.name === 'id')) return line
    throw new AuthError('ERR_INPUT_FORM', 'the id is empty')
  }

  /** How far the row's token reaches. Throws AuthError when the target would refuse it, or the policy does. */
  #judge(row: Row): Reach {
    const { options, policy, now } = this.#setup
    const target = this.#target
    // Only --allow-dead comes here with such a server.
    if (!knowsTokens(target)) {
      if (policy !== undefined) this.#refuseBreaches(policy, row)
      return 'some'
    }
    const claims = Buffer.from(row.claims)
    // A kid of the row may be what makes a header unreadable, so the whole token is looked at then.
    const verdict =
      row.kid === undefined
        ? judgeClaims(target, claims, { key: 'none' }, undefined, now)
        : judgeToken(
            target,
            Buffer.from(`${this.#encodedHeader(row.kid)}.${encodeBase64url(claims)}.`),
            { key: 'none' },
            undefined,
            now,
          )
    const { authority } = verdict
    const meant = verdict.authenticated && row.opensNothing
    if (verdict.status !== 200 && !meant && options.allowDead !== true)
      throw new AuthError(
        'ERR_TOKEN_DEAD',
        `the server would answer ${verdict.status}: ${verdict.reason?.meaning ?? 'refused'}`,
      )
    if (policy !== undefined) this.#refuseBreaches(policy, row)
    const admin = authority?.role?.toLowerCase() === 'admin'
    if (admin || (authority?.prefix.kind === 'text' && authority.prefix.text === '')) return 'all'
    return verdict.status === 200 ? 'some' : 'none'
  }

  #refuseBreaches(policy: Policy, row: Row): void {
    const members = readMembers(row.claims)
    const { numbers } = this.#key
    const rsaBits = numbers.type === 'rsa' ? numbers.modulus.toString(2).length : undefined
    const signing = { alg: this.#setup.alg, ...(rsaBits !== undefined && { rsaBits }) }
    const claims = members.ok ? members.claims : []
    const [breach] = findBreaches(policy, claims, signing, this.#setup.now)
    if (breach !== undefined)
      throw new AuthError('ERR_POLICY', `the policy of the settings says that ${breach}`)
  }

  #mint(row: Row, id: string | number): string {
    const { alg, form } = this.#setup
    const token = signSegments(alg, this.#encodedHeader(row.kid), row.claims, this.#key)
    const { jti, exp } = row.shown
    switch (form) {
      case 'jsonl':
        return `{"id":${JSON.stringify(id)},"token":"${token}"${jti === undefined ? '' : `,"jti":${jti}`}${exp === undefined ? '' : `,"exp":${exp}`}}\n`
      case 'token':
        return `${token}\n`
      case 'env':
      case 'dotenv':
        return renderToken(form, token, 'RESONATE_TOKEN', NO_REQUEST)
    }
  }

  #encodedHeader(ownKid: string | undefined): string {
    const kid = ownKid ?? this.#setup.kid
    if (this.#header === undefined || this.#header.kid !== kid) {
      const header = { alg: this.#setup.alg, typ: 'JWT', ...(kid !== undefined && { kid }) }
      this.#header = { kid, text: encodeBase64url(Buffer.from(JSON.stringify(header))) }
    }
    return this.#header.text
  }
}

const NO_HASH = [0, 0] as const

/** Only curl shows a request. */
const NO_REQUEST = {
  url: '',
  method: 'GET',
  headers: [],
  input: { kind: 'body', text: '' },
} as const

class GrowingReply implements BatchReply {
  readonly lines: number[] = []
  readonly hashes: number[] = []
  readonly faults: RowFault[] = []
  readonly outputs: string[] = []
  readonly names: string[] = []
  readonly reaches: Reach[] = []
}

function nameOf(id: string | number, form: BatchForm): string {
  const outcome = nameFile(String(id), form)
  if (outcome.ok) return outcome.name
  throw new AuthError('ERR_INPUT_FORM', outcome.message)
}

/** The engine of `setup`, ready to work. Throws AuthError for a key that is none. */
export async function startBatchEngine(
  setup: BatchSetup,
  random: (size: number) => Uint8Array,
): Promise<BatchEngine> {
  return new BatchEngine(setup, await loadTarget(setup.target), random)
}

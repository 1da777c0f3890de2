import { createHash } from 'node:crypto'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { exportPkcs8 } from '../key/private-export.ts'
import { DEFAULT_TARGET } from '../target/targets.ts'
import { type Claim, listClaims } from '../token/claims.ts'
import { signToken } from '../token/sign.ts'
import { type Column, fixingFlag } from './batch-columns.ts'
import {
  type BatchQuestion,
  type BatchReply,
  type BatchSetup,
  startBatchEngine,
} from './batch-engine.ts'
import { type BatchInput, findInput, type Rows } from './batch-input.ts'
import { type BatchOutput, type Destination, openOutput } from './batch-output.ts'
import { BatchReview } from './batch-review.ts'
import { RowReader } from './batch-row.ts'
import type { Block } from './blocks.ts'
import type { Conversation } from './conversation.ts'
import { Crew } from './crew.ts'
import { readPrivateKey } from './key-source.ts'
import type { MintOptions } from './mint.ts'
import { findMintServer, type MintServer } from './mint-server.ts'
import {
  buildHeader,
  DEFAULT_TTL,
  givenClaims,
  readSources,
  refuseDead,
  refuseStranger,
  tellTaken,
  withSettings,
} from './mint-token.ts'
import { withProgress } from './progress.ts'

/** Faults that are told one by one; of more only the number. */
const TOLD = 20

/** The first blocks are worked on here: four of EdDSA take a tenth of a second, one of RSA takes longer. */
const LIMITS = { rsa: { patience: 1, memory: 64 }, others: { patience: 4, memory: 64 } } as const

/** `mint --batch`: a token for each row. Status 3 when a row is wrong; of a file nothing is minted then. */
export async function mintBatch(
  talk: Conversation,
  options: MintOptions,
  path: string,
): Promise<ExitStatus> {
  const destination = findDestination(options)
  refuseContradictions(options, destination)
  const base = await prepare(talk, options, destination)
  const { force = false, resume = false } = options
  const output = await openOutput(talk, destination, { form: base.form, force, resume })
  const input = await findInput(talk, {
    path,
    aside: options.spool === true || resume,
    ...(options.batchFormat !== undefined && { form: options.batchFormat }),
  })
  try {
    return await mintRows(talk, input, base, output, destination)
  } finally {
    output.stop()
    input.end()
  }
}

function findDestination({ out, outDir }: MintOptions): Destination {
  if (out !== undefined && outDir !== undefined)
    throw new UsageError('--out and --out-dir both say where the tokens go', {
      hints: ['give one of them'],
    })
  if (outDir !== undefined) return { kind: 'directory', path: outDir }
  return out === undefined || out === '-' ? { kind: 'stdout' } : { kind: 'file', path: out }
}

function refuseContradictions(options: MintOptions, { kind }: Destination): void {
  const refuse = (message: string, hint: string): never => {
    throw new UsageError(message, { hints: [hint] })
  }
  const { outFormat, resume, force } = options
  if ((outFormat === 'env' || outFormat === 'dotenv') && kind !== 'directory')
    refuse(`--out-format ${outFormat} needs a file for each token`, 'add --out-dir DIRECTORY')
  if (resume !== true) return
  if (kind === 'stdout') refuse('--resume has nothing to go on with', 'add --out or --out-dir')
  if (force === true)
    refuse('--resume keeps what is there and --force replaces it', 'give one of them')
  if (kind === 'file' && outFormat === 'token')
    refuse('--resume cannot tell whose tokens are there', 'write them with --out-format jsonl')
}

/** All that the tokens have in common; a trial token proves that the key and its algorithm are right for the server. */
async function prepare(
  talk: Conversation,
  options: MintOptions,
  { kind }: Destination,
): Promise<BatchSetup> {
  const server = await findMintServer(talk, options)
  const { fixed, flags } = await fixClaims(talk, options, server)
  const { settings } = await talk.settings()
  const { key } = await readPrivateKey(talk, withSettings(options, settings, talk))
  const header = await buildHeader(options, key)
  const trial: readonly Claim[] = listClaims({ exp: talk.now + 60, prefix: 'a' })
  const token = signToken(header, trial, key)
  await refuseDead(talk, options, key, token, trial)
  if (server !== undefined && options.allowDead !== true)
    await refuseStranger(talk, options, server, token)
  return {
    kind: 'batch',
    key: exportPkcs8(key),
    alg: header.alg,
    ...(header.kid !== undefined && { kid: header.kid }),
    target: options.target?.id ?? settings.target ?? DEFAULT_TARGET,
    ...(settings.policy !== undefined && { policy: settings.policy }),
    options,
    now: talk.now,
    ttl: settings.ttl ?? DEFAULT_TTL,
    fixed,
    flags,
    form: options.outFormat ?? (kind === 'directory' ? 'token' : 'jsonl'),
    apart: kind === 'directory',
  }
}

/** The claims that flags and the configuration fix for all rows. Throws UsageError for one that is given twice. */
async function fixClaims(
  talk: Conversation,
  options: MintOptions,
  server: MintServer | undefined,
): Promise<Pick<BatchSetup, 'fixed' | 'flags'>> {
  const flags = new Map<string, string>()
  const fixed = new Map<string, string>()
  const sources = await readSources(talk, options)
  const own = listClaims(givenClaims(options, talk.now))
  for (const { from, claims } of [
    ...own.map((claim) => ({ from: `--${claim.name}`, claims: [claim] })),
    ...sources,
  ])
    for (const { name, json } of claims) {
      const other = flags.get(name)
      if (other !== undefined)
        throw new UsageError(`claim "${name}" is given twice, by ${other} and ${from}`)
      flags.set(name, from)
      fixed.set(name, json)
    }
  for (const { name, json } of listClaims(server?.taken ?? {}))
    if (!fixed.has(name)) fixed.set(name, json)
  tellTaken(
    talk,
    [...fixed].map(([name, json]) => ({ name, json })),
    server,
  )
  return { fixed, flags }
}

async function mintRows(
  talk: Conversation,
  input: BatchInput,
  base: BatchSetup,
  output: BatchOutput,
  destination: Destination,
): Promise<ExitStatus> {
  const first = await input.open()
  const { columns } = first
  const setup: BatchSetup = columns === undefined ? base : { ...base, columns }
  if (columns !== undefined) checkColumns(input.name, columns, setup)
  const engine = await startBatchEngine(setup, talk.host.random)
  const limits =
    setup.alg.startsWith('RS') || setup.alg.startsWith('PS') ? LIMITS.rsa : LIMITS.others
  const crew = new Crew<BatchQuestion, BatchReply>(talk.host, setup, engine, limits)
  const run = new BatchRun(talk, input, output, crew)
  try {
    const status = input.again ? await run.checkThenMint(first) : await run.mintAtOnce(first)
    output.finish()
    await run.tell(destination, setup)
    return status
  } finally {
    crew.end()
  }
}

function checkColumns(name: string, columns: readonly Column[], setup: BatchSetup): void {
  for (const column of columns) {
    const flag = fixingFlag(column, setup.options, setup.flags)
    if (flag !== undefined)
      throw new UsageError(`${name} has a column "${column.name}", which ${flag} fixes`, {
        hints: ['give it in one place only'],
      })
  }
  try {
    // Reading no row finds out whether two columns give the same.
    new RowReader(columns, { now: 0, fixed: new Map(), defaults: new Map(), opensNothing: false })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    throw new AuthError('ERR_INPUT_FORM', `${name}: header: ${error.message}`)
  }
}

/** One batch on its way from its rows to its tokens. */
class BatchRun {
  readonly #talk: Conversation
  readonly #input: BatchInput
  readonly #output: BatchOutput
  readonly #crew: Crew<BatchQuestion, BatchReply>
  readonly #review: BatchReview
  #minted = 0
  #faults = 0

  constructor(
    talk: Conversation,
    input: BatchInput,
    output: BatchOutput,
    crew: Crew<BatchQuestion, BatchReply>,
  ) {
    this.#talk = talk
    this.#input = input
    this.#output = output
    this.#crew = crew
    this.#review = new BatchReview(output)
  }

  /** Checks all rows, then mints all of them. Throws AuthError when one is wrong, or the input changes meanwhile. */
  async checkThenMint({ blocks }: Rows): Promise<ExitStatus> {
    const digests: string[] = []
    const done: (readonly number[])[] = []
    const checks = mapBlocks(blocks, (block) => {
      digests.push(digest(block))
      return { block, work: 'check' }
    })
    const faults: string[] = []
    await withProgress(
      this.#talk,
      () => `checking the rows: ${this.#review.rows}`,
      async () => {
        for await (const reply of this.#crew.answers(checks)) {
          const reviewed = await this.#review.take(reply)
          done.push(reviewed.done)
          this.#faults += reviewed.faults.length
          for (const { line, message } of reviewed.faults)
            if (faults.length < TOLD) faults.push(`line ${line}: ${message}`)
        }
      },
    )
    if (this.#faults > 0) throw this.#wrongRows(faults)
    this.#refuseStrangers()
    await this.#mintChecked(digests, done)
    return ExitCode.ok
  }

  async #mintChecked(
    digests: readonly string[],
    done: readonly (readonly number[])[],
  ): Promise<void> {
    const { blocks } = await this.#input.open()
    let index = 0
    const questions = mapBlocks(blocks, (block) => {
      if (digest(block) !== digests[index]) throw this.#changed()
      return { block, work: 'mint', done: done[index++] ?? [] }
    })
    const progress = (): string =>
      `minting: ${this.#minted} of ${this.#review.rows - this.#review.done}`
    await withProgress(this.#talk, progress, async () => {
      for await (const { outputs, names } of this.#crew.answers(questions))
        await this.#write(outputs, names)
    })
    if (index !== digests.length) throw this.#changed()
  }

  /** Checks and mints row by row; wrong rows are told and the run goes on. */
  async mintAtOnce({ blocks }: Rows): Promise<ExitStatus> {
    const questions = mapBlocks(blocks, (block) => ({ block, work: 'check-and-mint' }))
    for await (const reply of this.#crew.answers(questions)) {
      const { faults, fresh } = await this.#review.take(reply)
      this.#faults += faults.length
      for (const { line, message } of faults) this.#tellFault(`line ${line}: ${message}`)
      const pick = (texts: readonly string[]): readonly string[] =>
        texts.length === fresh.length ? texts : fresh.flatMap((place) => texts[place] ?? [])
      await this.#write(pick(reply.outputs), pick(reply.names))
    }
    return this.#faults > 0 ? ExitCode.failure : ExitCode.ok
  }

  async #write(outputs: readonly string[], names: readonly string[]): Promise<void> {
    if (outputs.length === 0) return
    await this.#output.write(outputs, names)
    this.#minted += outputs.length
  }

  /** Says what came of it all. */
  async tell(destination: Destination, { form }: BatchSetup): Promise<void> {
    const { everything, nothing, done } = this.#review
    if (everything > 0)
      this.#talk.warn(`${reach(everything)} everything (role admin, or an empty prefix)`)
    if (nothing > 0) this.#talk.warn(`${reach(nothing)} nothing but /poll`)
    if (this.#faults > 0) this.#talk.note(`not minted: ${this.#faults} wrong rows`)
    const earlier = done > 0 ? `, ${done} were there already` : ''
    const place = destination.kind === 'stdout' ? '' : ` to ${destination.path}`
    this.#talk.note(`minted ${count(this.#minted)}${place}${earlier}`)
    if (!this.#talk.json || destination.kind === 'stdout') return
    await this.#talk.document('mint-batch/v1', {
      batch: this.#input.name,
      minted: this.#minted,
      already: done,
      wrong: this.#faults,
      form,
      out: destination.kind === 'file' ? destination.path : null,
      outDir: destination.kind === 'directory' ? destination.path : null,
    })
  }

  #tellFault(text: string): void {
    this.#talk.host.stderr.write(
      this.#talk.json
        ? `${JSON.stringify({ schema: 'resonate-auth/error/v1', error: { code: 'ERR_INPUT_FORM', message: `${this.#input.name}: ${text}`, hints: [] } })}\n`
        : `resonate-auth: error: ${this.#input.name}: ${text}\n`,
    )
  }

  #wrongRows(told: readonly string[]): AuthError {
    const [only = '', ...others] = told
    const { name } = this.#input
    if (others.length === 0)
      return new AuthError('ERR_INPUT_FORM', `${name}: ${only}`, { hints: ['nothing was minted'] })
    const untold = this.#faults - told.length
    return new AuthError(
      'ERR_INPUT_FORM',
      `${name}: ${this.#faults} rows are wrong, nothing was minted`,
      { hints: [...told, ...(untold > 0 ? [`and ${untold} more`] : [])] },
    )
  }

  /** What an earlier run left must be of this batch. */
  #refuseStrangers(): void {
    const strangers = this.#output.earlier - this.#review.done
    if (strangers <= 0) return
    throw new AuthError(
      'ERR_INPUT_FORM',
      `the output holds ${count(strangers)} that ${this.#input.name} has no rows for`,
      { hints: ['it is the output of another batch: name another file'] },
    )
  }

  #changed(): AuthError {
    return new AuthError(
      'ERR_INPUT_FORM',
      `${this.#input.name}: changed while it was read; ${count(this.#minted)} were minted`,
      { hints: ['check and mint the rest with --resume'] },
    )
  }
}

function count(tokens: number): string {
  return tokens === 1 ? '1 token' : `${tokens} tokens`
}

function reach(tokens: number): string {
  return `${count(tokens)} ${tokens === 1 ? 'opens' : 'open'}`
}

function digest({ bytes }: Block): string {
  return createHash('sha256').update(bytes).digest('base64').slice(0, 16)
}

async function* mapBlocks(
  blocks: AsyncIterable<Block>,
  ask: (block: Block) => BatchQuestion,
): AsyncGenerator<BatchQuestion> {
  for await (const block of blocks) yield ask(block)
}

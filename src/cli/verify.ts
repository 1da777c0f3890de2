import { Option } from 'commander'
import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { describeCheckedVerdict, headline, verdictMembers } from '../report/verdict.ts'
import { judgeToken, type Verdict } from '../target/verdict.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { onlyOperand } from './operands.ts'
import { atOption } from './options.ts'
import {
  addServerAuthOptions,
  readServerAuth,
  type ServerAuth,
  type ServerAuthOptions,
  type ServerAuthOutcome,
} from './server-auth.ts'
import { serverName } from './target-option.ts'
import { readToken } from './token-input.ts'

/** The command line of `verify` as commander gives it. */
export interface VerifyOptions extends ServerAuthOptions {
  readonly exact?: boolean
  readonly jsonl?: boolean
  readonly allowUnsigned?: boolean
  readonly at?: number
}

/** `verify`: would the server authenticate this token, and if not, why. */
export function verify(command: Cmd, edge: Edge): void {
  command.usage('[options] [token] [-- serve [flags]]')
  addServerAuthOptions(command)
    .option('--exact', 'take every byte of the token as it is')
    .addOption(new Option('--jsonl', 'judge many: JSON Lines on standard input, one answer a line'))
    .option('--allow-unsigned', 'exit 0 also where the server checks no signature')
    .addOption(atOption())
    .example(
      'Judge a token as the server with public.pem does',
      'resonate-auth verify --publickey public.pem @worker.jwt',
    )
    .example(
      'Judge it as the server with this configuration does',
      'resonate-auth verify @worker.jwt',
    )
    .example(
      'Judge it a week from now',
      'resonate-auth verify --publickey public.pem --at 2026-12-02 @worker.jwt',
    )
    .action(action<[string | undefined, readonly string[]], VerifyOptions>(edge, run))
}

async function run(
  talk: Conversation,
  options: VerifyOptions,
  first: string | undefined,
  more: readonly string[],
): Promise<ExitStatus> {
  const operand = onlyOperand(talk, 'token', first, more)
  if (options.jsonl === true) {
    if (operand !== undefined && operand !== '-')
      throw new UsageError('--jsonl reads the tokens from standard input, not from an argument')
    const { answerLines } = await import('./jsonl.ts')
    const { verifyBulk } = await import('./verify-lines.ts')
    return answerLines(talk, 'verify', options, await verifyBulk(talk, options))
  }
  const token = await readToken(operand, talk, options.exact)
  const outcome = await readServerAuth(talk, options)
  if (!outcome.starts) return tellDeadServer(talk, outcome)
  const { server } = outcome
  const bytes = new TextEncoder().encode(token)
  const verdict = judgeToken(server.target, bytes, server.settings, undefined, talk.now)
  await tellVerdict(talk, server, verdict)
  if (verdict.status !== 200) return ExitCode.no
  return checkUnsigned(talk, server, options)
}

async function tellDeadServer(
  talk: Conversation,
  { target, message, keyName }: Extract<ServerAuthOutcome, { readonly starts: false }>,
): Promise<ExitStatus> {
  if (talk.json)
    await talk.document('verify/v1', {
      target: serverName(target),
      publickey: keyName,
      starts: false,
      authenticated: false,
      status: null,
      reason: null,
      claim: null,
      log: message,
      meaning: null,
      mending: null,
      checks: [],
    })
  else await talk.product(`rejected: the server would not start with this key\nlog: ${message}\n`)
  return ExitCode.no
}

async function tellVerdict(
  talk: Conversation,
  server: ServerAuth,
  verdict: Verdict,
): Promise<void> {
  const who = serverName(server.target)
  if (talk.json) {
    await talk.document('verify/v1', {
      target: who,
      publickey: server.keyName,
      starts: true,
      ...verdictMembers(verdict),
      meaning: verdict.reason?.meaning ?? null,
      mending: verdict.reason?.mending ?? null,
      checks: verdict.checks,
    })
    return
  }
  const { paintFor } = await import('./paint.ts')
  const head = headline(verdict, `${who} with ${server.keyName}`)
  await talk.product(describeCheckedVerdict(head, verdict, await paintFor(talk, 'stdout')))
}

function checkUnsigned(
  talk: Conversation,
  { settings }: ServerAuth,
  { allowUnsigned }: VerifyOptions,
): ExitStatus {
  if (settings !== undefined && settings.key !== 'none') return ExitCode.ok
  talk.warn('this server checks no signature: anybody can write such a token')
  if (allowUnsigned === true) return ExitCode.ok
  talk.note('hint: exit status 1 for that reason; --allow-unsigned makes it 0')
  return ExitCode.no
}

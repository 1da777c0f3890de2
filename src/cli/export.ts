import { InvalidArgumentError, Option } from 'commander'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { type ExportedRequest, TOKEN_FORMS, type TokenForm } from '../report/token-form.ts'
import type { Target } from '../target/target.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { type AskedTarget, chooseTarget, targetOption } from './target-option.ts'
import { readToken } from './token-input.ts'

interface Options {
  readonly format: TokenForm
  readonly name: string
  readonly url: string
  readonly kind: string
  readonly id?: string
  readonly poll?: string
  readonly out?: string
  readonly force?: boolean
  readonly target?: AskedTarget
}

/** `export`: a token in the form in which it is handed on. */
export function exportToken(command: Cmd, edge: Edge): void {
  command
    .addOption(
      new Option('--format <format>', 'the form').choices(TOKEN_FORMS).default('curl', 'curl'),
    )
    .addOption(
      new Option('--name <name>', 'the variable that holds the token')
        .argParser(variableName)
        .default('RESONATE_TOKEN', 'RESONATE_TOKEN, which the SDKs read'),
    )
    .addOption(
      new Option('--url <url>', 'the server, for curl')
        .argParser(serverUrl)
        .default('http://localhost:8001', 'http://localhost:8001'),
    )
    .addOption(
      new Option('--kind <kind>', 'the operation, for curl').default('promise.get', 'promise.get'),
    )
    .option('--id <id>', "the operation's id, for curl; the token's prefix when absent")
    .option('--poll <group/id>', 'a worker that listens instead of an operation, for curl')
    .option('-o, --out <file>', 'write it to a file that only you can read')
    .option('--force', 'overwrite the file')
    .addOption(targetOption())
    .example(
      'A curl line that sends the token where the server reads it',
      'resonate-auth export --format curl @worker.jwt',
    )
    .example('For a shell', 'resonate-auth export --format env @worker.jwt')
    .action(action<[string | undefined], Options>(edge, run))
}

function variableName(text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text
  throw new InvalidArgumentError('Expected the name of a variable, e.g. RESONATE_TOKEN.')
}

function serverUrl(text: string): string {
  if (/^https?:\/\/[^\s'"]+$/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '')
  throw new InvalidArgumentError('Expected a URL, e.g. https://resonate.example.com.')
}

async function run(
  talk: Conversation,
  options: Options,
  operand: string | undefined,
): Promise<ExitStatus> {
  const token = await readToken(operand, talk)
  if (!/^[!-~]+$/.test(token))
    throw new AuthError('ERR_INPUT_FORM', 'the token holds blanks or characters beyond ASCII', {
      hints: ['no server reads such a token; see "resonate-auth decode"'],
    })
  const { describeForm, renderToken } = await import('../report/token-form.ts')
  const target = await chooseTarget(talk, options)
  const request = await exampleRequest(target, token, options)
  const text = renderToken(options.format, token, options.name, request)
  if (options.out !== undefined && options.out !== '-')
    await talk.host.files.write(
      [{ path: options.out, content: text, mode: 0o600 }],
      options.force === true,
    )
  const written = options.out === undefined || options.out === '-' ? undefined : options.out
  if (talk.json)
    await talk.document('export/v1', {
      format: options.format,
      name: options.name,
      text: written === undefined ? text : null,
      out: written ?? null,
    })
  else if (written === undefined) await talk.product(text)
  else talk.note(`wrote ${written}`)
  const use = describeForm(options.format, options.name)
  if (use !== undefined && !talk.json) talk.note(use)
  return ExitCode.ok
}

async function exampleRequest(
  target: Target,
  token: string,
  { url, kind, id, poll }: Options,
): Promise<ExportedRequest> {
  const bearer = { kind: 'header', text: `Authorization: Bearer ${token}` } as const
  if (poll !== undefined) {
    const path = poll.split('/').map(encodeURIComponent)
    if (path.length !== 2 || path.includes(''))
      throw new UsageError('--poll takes a group and an id, e.g. workers/worker-1')
    return { url: `${url}/poll/${path.join('/')}`, method: 'GET', headers: [], input: bearer }
  }
  const about = id ?? (await ownId(token))
  if (target.name === 'resonate-go')
    return {
      url: `${url}/promises/${encodeURIComponent(about)}`,
      method: 'GET',
      headers: [],
      input: bearer,
    }
  const head = { corrId: 'resonate-auth', version: '2026-04-01', auth: token }
  const body = JSON.stringify({ kind, head, data: target.operationData(kind, about) })
  return {
    url: `${url}/`,
    method: 'POST',
    headers: ['Content-Type: application/json'],
    input: { kind: 'body', text: body },
  }
}

/** An id that the token's prefix opens: the prefix itself, or `example` without one. */
async function ownId(token: string): Promise<string> {
  const { decodeToken } = await import('../token/decode.ts')
  const prefix = decodeToken(token).payload.members?.findLast(({ name }) => name === 'prefix')
  const value: unknown = prefix === undefined ? undefined : JSON.parse(prefix.json)
  return typeof value === 'string' && value !== '' ? value : 'example'
}

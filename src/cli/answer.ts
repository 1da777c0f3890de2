import { Option } from 'commander'
import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { type RequestOptions, readRequest } from './answer-request.ts'
import { type AnswerServerOptions, readAnswerServer } from './answer-server.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { ownOperands } from './operands.ts'
import { append, atOption } from './options.ts'
import { addServerAuthOptions } from './server-auth.ts'
import { serverName } from './target-option.ts'

interface Options extends AnswerServerOptions, RequestOptions {
  readonly jsonl?: boolean
  readonly at?: number
}

/** `answer`: what the server answers to a whole request, and why. */
export function answer(command: Cmd, edge: Edge): void {
  const request = [
    new Option('--method <method>', 'the method').default(undefined, 'GET, or POST with a body'),
    new Option('--path <path>', 'the path with its query, as in the request line').default(
      undefined,
      '/',
    ),
    new Option('--header <line>', 'a header, "Name: value"; may be repeated').argParser(append),
    new Option('--body <text|@file>', 'the body'),
    new Option('--http', 'read the whole request as an HTTP message from standard input'),
    new Option('--curl <line|->', 'a curl command line; it is read, not run'),
    new Option('--listener <name>', 'the listener that is asked, e.g. metrics'),
  ]
  for (const option of request) command.addOption(option.helpGroup('The request:'))
  addServerAuthOptions(command)
  const server = [
    new Option('--auth-off', 'the server has no auth configured'),
    new Option('--debug', 'the server has debug = true'),
    new Option('--allow-origin <origin>', 'an origin that CORS allows; may be repeated').argParser(
      append,
    ),
  ]
  for (const option of server) command.addOption(option.helpGroup('The server:'))
  command
    .addOption(
      new Option('--jsonl', 'answer many: JSON Lines on standard input, one answer a line'),
    )
    .addOption(atOption())
    .example(
      'Why does this curl line get 401',
      `resonate-auth answer --publickey public.pem --curl "curl localhost:8001/poll/workers/w1"`,
    )
    .example(
      'A request as it stands on the wire',
      'resonate-auth answer --publickey public.pem --http < request.http',
    )
    .action(action<[readonly string[]], Options>(edge, run))
}

async function run(
  talk: Conversation,
  options: Options,
  [first, ...more]: readonly string[],
): Promise<ExitStatus> {
  const [surplus] = ownOperands(talk, first, more)
  if (surplus !== undefined)
    throw new UsageError(`answer takes no operand such as "${surplus}"`, {
      hints: ['give the request with --path, --http or --curl'],
    })
  if (options.jsonl === true) {
    const { answerRequestLines } = await import('./answer-lines.ts')
    return answerRequestLines(talk, options)
  }
  const request = await readRequest(talk, options)
  const { target, serve } = await readAnswerServer(talk, options)
  const given = serve(request, talk.now)
  const name = serverName(target)
  const { answerDocument, describeAnswer } = await import('../report/answer.ts')
  if (talk.json)
    await talk.document('answer/v1', answerDocument(name, request, given, target.reasons))
  else {
    const { paintFor } = await import('./paint.ts')
    const paint = await paintFor(talk, 'stdout')
    await talk.product(describeAnswer(name, request, given, target.reasons, paint))
  }
  return given.outcome === 'refused' ? ExitCode.no : ExitCode.ok
}

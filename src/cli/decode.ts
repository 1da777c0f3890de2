import { ExitCode, type ExitStatus } from '../errors.ts'
import { type Claim, claimValue } from '../token/claims.ts'
import type { DecodedToken, Segment } from '../token/decode.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { atOption } from './options.ts'
import { readToken } from './token-input.ts'

interface Options {
  readonly claim?: string
}

/** `decode`: reads any token, also a broken one, and checks nothing. */
export function decode(command: Cmd, edge: Edge): void {
  command
    .option('--claim <name>', 'print the value of one claim alone; a string without its quotes')
    .addOption(atOption())
    .example('Read a token from a file', 'resonate-auth decode @worker.jwt')
    .example('One claim for a script', 'resonate-auth decode --claim prefix @worker.jwt')
    .action(action<[string | undefined], Options>(edge, run))
}

async function run(
  talk: Conversation,
  options: Options,
  operand: string | undefined,
): Promise<ExitStatus> {
  const token = await readToken(operand, talk)
  const { recognizeOpaque } = await import('../token/opaque.ts')
  const opaque = recognizeOpaque(token)
  if (opaque !== undefined) return tellOpaque(talk, opaque)
  const { decodeToken } = await import('../token/decode.ts')
  const decoded = decodeToken(token)
  if (options.claim !== undefined) return printClaim(talk, decoded.payload, options.claim)
  const { describeToken } = await import('../report/decoded.ts')
  if (talk.json) await talk.document('decode/v1', await documentOf(decoded, talk))
  else await talk.product(describeToken(decoded, talk.now))
  return readable(decoded) ? ExitCode.ok : ExitCode.no
}

/** Header and payload could be read as JSON objects. */
function readable({ header, payload }: DecodedToken): boolean {
  return header.members !== undefined && payload.members !== undefined
}

async function tellOpaque(
  talk: Conversation,
  { what, hint }: { readonly what: string; readonly hint: string },
): Promise<ExitStatus> {
  if (talk.json) await talk.document('decode/v1', { jwt: false, what, hint })
  else await talk.product(`${what}\n`)
  if (!talk.json) talk.note(`hint: ${hint}`)
  return ExitCode.no
}

async function printClaim(
  talk: Conversation,
  { members }: Segment,
  name: string,
): Promise<ExitStatus> {
  const claim = members?.findLast((member) => member.name === name)
  if (talk.json)
    await talk.document('decode/v1', {
      claim: name,
      value: claim === undefined ? null : claimValue(claim),
    })
  else if (claim !== undefined) await talk.product(`${plain(claim)}\n`)
  if (claim !== undefined) return ExitCode.ok
  const { printable, quote } = await import('../lint/printable.ts')
  const names = members?.map((member) => member.name).join(', ')
  talk.note(
    names === undefined
      ? 'the payload is not a JSON object'
      : `no claim ${quote(name)}; the payload has ${names === '' ? 'none' : printable(names)}`,
  )
  return ExitCode.no
}

/** A string without its quotes, anything else as its JSON text. */
function plain({ json }: Claim): string {
  const value: unknown = JSON.parse(json)
  return typeof value === 'string' ? value : json
}

async function documentOf(
  { header, payload, signature, problems }: DecodedToken,
  talk: Conversation,
): Promise<Record<string, unknown>> {
  const { describeTime } = await import('../report/decoded.ts')
  const times = (payload.members ?? []).flatMap((claim) => {
    const text = describeTime(claim, talk.now)
    return text === undefined ? [] : [[claim.name, text] as const]
  })
  return {
    jwt: true,
    header: segmentDocument(header),
    payload: segmentDocument(payload),
    times: Object.fromEntries(times),
    signature: { checked: false, bytes: signature?.length ?? 0 },
    problems,
  }
}

function segmentDocument({ members, text, problems }: Segment): Record<string, unknown> {
  return {
    // A null prototype: a member may be called __proto__.
    members:
      members === undefined
        ? null
        : Object.assign(
            Object.create(null),
            Object.fromEntries(members.map((member) => [member.name, claimValue(member)])),
          ),
    text: text ?? null,
    problems,
  }
}

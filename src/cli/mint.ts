import { InvalidArgumentError, Option } from 'commander'
import { type ExitStatus, UsageError } from '../errors.ts'
import { ALGORITHMS, type Algorithm } from '../key/algorithm.ts'
import type { Claim } from '../token/claims.ts'
import { addBatchOptions, type BatchOptions } from './batch-options.ts'
import { action, type Cmd } from './command.ts'
import { addConfigurationOptions, type ConfigurationOptions } from './configuration-source.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { addKeySourceOptions, type KeySourceOptions } from './key-source.ts'
import { ownOperands } from './operands.ts'
import { append, atOption, type When, when } from './options.ts'

/** The command line of `mint` as commander gives it. */
export interface MintOptions extends KeySourceOptions, ConfigurationOptions, BatchOptions {
  readonly prefix?: string | false
  readonly role?: string
  readonly allIds?: boolean
  readonly iss?: string | false
  readonly aud?: readonly string[] | false
  readonly sub?: string
  readonly exp?: When
  readonly nbf?: When
  readonly iat?: When | false
  readonly jti?: string | false
  readonly claim?: readonly Claim[]
  readonly claimJson?: readonly Claim[]
  readonly claims?: string
  readonly alg?: Algorithm
  readonly kid?: string | true
  readonly out?: string
  readonly force?: boolean
  readonly allowDead?: boolean
}

/** `mint`: signs a token that cannot be dead on arrival. */
export function mint(command: Cmd, edge: Edge): void {
  command.usage('[options] [-- serve [flags]]')
  const reach = [
    new Option('--prefix <prefix>', 'open only ids that begin with this'),
    new Option('--role <role>', 'role claim; "admin" opens everything'),
    new Option('--all-ids', 'open every id (an empty prefix)'),
    new Option(
      '--no-prefix',
      'neither prefix nor role: every operation is 403, only /poll is open',
    ),
  ]
  for (const option of reach) command.addOption(option.helpGroup('What it opens (one is needed):'))
  const claims = [
    new Option('--iss <issuer>', 'issuer; taken from the configuration when it has one'),
    new Option('--no-iss', 'no issuer, whatever the configuration says'),
    new Option('--aud <audience>', 'audience, repeatable; always an array in the token').argParser(
      append,
    ),
    new Option('--no-aud', 'no audience, whatever the configuration says'),
    new Option('--sub <subject>', 'subject; no Resonate server reads it'),
    new Option(
      '--exp <when>',
      'expiry: a duration (15m, 1h30m, 7d) or an instant; 1h when absent',
    ).argParser(when),
    new Option('--nbf <when>', 'not before; the Rust server does not check it').argParser(when),
    new Option('--iat <when>', 'issued at; now when absent').argParser(when),
    new Option('--no-iat', 'no issued-at claim'),
    new Option('--jti <id>', 'token id; a random one when absent'),
    new Option('--no-jti', 'no token id'),
    new Option('--claim <name=text>', 'one more claim, a string, repeatable').argParser(textClaim),
    new Option('--claim-json <name=json>', 'one more claim of any type, repeatable').argParser(
      jsonClaim,
    ),
    new Option(
      '--claims <@file>',
      'more claims from a file holding a JSON object, or - for standard input',
    ),
  ]
  for (const option of claims) command.addOption(option.helpGroup('Claims:'))
  const header = [
    new Option('--alg <algorithm>', 'JWS algorithm; chosen by the key when absent').choices(
      Object.keys(ALGORITHMS),
    ),
    new Option('--kid [id]', 'key id in the header; the RFC 7638 thumbprint when no id is given'),
  ]
  for (const option of header) command.addOption(option.helpGroup('Header:'))
  addKeySourceOptions(command)
  addConfigurationOptions(command)
  command
    .option('-o, --out <file>', 'write the token to a file that only you can read')
    .option('--force', 'replace the file')
    .addOption(new Option('--allow-dead', 'sign also what the server would reject, for tests'))
    .addOption(atOption())
  addBatchOptions(command)
    .example('A token for one worker', 'resonate-auth mint --prefix worker-1')
    .example(
      'For a day, to a file',
      'resonate-auth mint --prefix worker-1. --exp 1d --out worker-1.jwt',
    )
    .example('For an administrator', 'resonate-auth mint --role admin --exp 15m')
    .example(
      'For every row of standard input',
      "printf 'id,prefix\\nw1,worker-1.\\n' | resonate-auth mint --batch - --exp 7d",
    )
    .action(action<[readonly string[]], MintOptions>(edge, run))
}

async function run(
  talk: Conversation,
  options: MintOptions,
  operands: readonly string[],
): Promise<ExitStatus> {
  const [surplus] = ownOperands(talk, operands[0], operands.slice(1))
  if (surplus !== undefined)
    throw new UsageError('mint takes no operand', {
      hints: ['what the token opens is given by --prefix, --role, --all-ids or --no-prefix'],
    })
  if (options.batch !== undefined) {
    const { mintBatch } = await import('./mint-batch.ts')
    return mintBatch(talk, options, options.batch)
  }
  const [alone] = (['batchFormat', 'outDir', 'outFormat', 'spool', 'resume'] as const).filter(
    (name) => options[name] !== undefined,
  )
  if (alone !== undefined) throw new UsageError(`--${dashed(alone)} goes with --batch FILE`)
  const { mintToken } = await import('./mint-token.ts')
  return mintToken(talk, options)
}

/** Splits `name=value` at its first `=`. */
function splitClaim(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Expected name=value.')
  return [text.slice(0, equals), text.slice(equals + 1)]
}

function textClaim(text: string, previous: readonly Claim[] = []): readonly Claim[] {
  const [name, value] = splitClaim(text)
  return [...previous, { name, json: JSON.stringify(value) }]
}

function jsonClaim(text: string, previous: readonly Claim[] = []): readonly Claim[] {
  const [name, value] = splitClaim(text)
  try {
    JSON.parse(value)
  } catch {
    throw new InvalidArgumentError(`The value of ${name} is not JSON; for a string use --claim.`)
  }
  return [...previous, { name, json: value.trim() }]
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
}

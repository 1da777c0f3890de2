import { Option } from 'commander'
import type { FileRead } from '../config/file.ts'
import { AuthError, UsageError } from '../errors.ts'
import type { AuthSettings, KeyLoad, Target } from '../target/target.ts'
import type { TargetId } from '../target/targets.ts'
import type { Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import { chooseTarget, targetOption } from './target-option.ts'

/** Bytes of a key file at most; the server reads any size, this tool does not. */
export const KEY_FILE_LIMIT = 4 * 1024 * 1024

/** What a server has to know to judge a token, as given by flags. */
export interface ServerAuthOptions {
  readonly target?: TargetId
  readonly publickey?: string
  readonly key?: string
  readonly iss?: string
  readonly aud?: string
}

/** Adds `--publickey`, `--key`, `--iss`, `--aud` and `--target`. */
export function addServerAuthOptions(command: Cmd): Cmd {
  const options = [
    new Option('--publickey <file|none>', 'the public key, read exactly as the server reads it'),
    new Option(
      '--key <file>',
      'a key in any form, private too, judged as if its public half were configured',
    ),
    new Option('--iss <issuer>', 'the issuer the server is configured with'),
    new Option('--aud <audience>', 'the audience the server is configured with'),
    targetOption(),
  ]
  for (const option of options) command.addOption(option.helpGroup('The server:'))
  return command
}

/** A server that judges: its rules, and what it was started with. */
export interface ServerAuth {
  readonly target: Target
  /** Undefined = auth is off. */
  readonly settings: AuthSettings | undefined
  /** The key for a person, e.g. `public.pem` or `the public half of private.pem`. */
  readonly keyName: string
}

/** A target as it is typed and printed: `resonate@0.9`. */
export function serverName({ name, version }: Target): string {
  return `${name}@${version}`
}

export type ServerAuthOutcome =
  | { readonly starts: true; readonly server: ServerAuth }
  | { readonly starts: false; readonly message: string; readonly keyName: string }

/** The judging server that the flags describe. Throws AuthError for a key that cannot be read, UsageError for none. */
export async function readServerAuth(
  talk: Conversation,
  options: ServerAuthOptions,
): Promise<ServerAuthOutcome> {
  const target = await chooseTarget(talk, options)
  if (options.publickey !== undefined && options.key !== undefined)
    throw new UsageError('--publickey and --key both name the key', { hints: ['give one of them'] })
  if (options.publickey !== undefined) return withKeyFile(talk, target, options, options.publickey)
  if (options.key !== undefined) return withPublicHalf(talk, target, options, options.key)
  throw new AuthError('ERR_NOTHING_TO_JUDGE', 'no public key to judge with', {
    hints: ['name it with --publickey FILE as the server has it, or --key FILE in any form'],
  })
}

async function withKeyFile(
  talk: Conversation,
  target: Target,
  options: ServerAuthOptions,
  path: string,
): Promise<ServerAuthOutcome> {
  if (path === 'none') return started(target, options, 'none', 'none')
  const file: FileRead = {
    ok: true,
    bytes: await readInput(path, talk, {
      purpose: 'a public key',
      limit: KEY_FILE_LIMIT,
      hints: ['the server would not start either; make a key pair with "resonate-auth keygen"'],
    }),
  }
  return concluded(target, options, loadKey(target, path, file), path)
}

async function withPublicHalf(
  talk: Conversation,
  target: Target,
  options: ServerAuthOptions,
  path: string,
): Promise<ServerAuthOutcome> {
  const { importPublicKey, exportSpkiPem } = await import('../key/public-key.ts')
  const bytes = await readInput(path, talk, {
    purpose: 'a key',
    limit: KEY_FILE_LIMIT,
    hints: ['make a key pair with "resonate-auth keygen"'],
  })
  const imported = importPublicKey(bytes, path)
  const pem = new TextEncoder().encode(exportSpkiPem(imported))
  const name = `the public half of ${path}`
  return concluded(target, options, loadKey(target, name, { ok: true, bytes: pem }), name)
}

/** What `target` makes of the key file at its start. Throws UsageError for a target without tokens. */
export function loadKey(target: Target, path: string, file: FileRead): KeyLoad {
  if (target.tokens === undefined)
    throw new UsageError(`${serverName(target)} knows no tokens, only basic auth`, {
      hints: ['judge a whole request with "resonate-auth answer"'],
    })
  return target.tokens.loadKey(path, file)
}

function concluded(
  target: Target,
  options: ServerAuthOptions,
  load: KeyLoad,
  keyName: string,
): ServerAuthOutcome {
  if (!load.starts) return { starts: false, message: `Fatal: ${load.message}`, keyName }
  return started(target, options, load.key, keyName)
}

function started(
  target: Target,
  { iss, aud }: ServerAuthOptions,
  key: AuthSettings['key'],
  keyName: string,
): ServerAuthOutcome {
  return { starts: true, server: { target, settings: { key, iss, aud }, keyName } }
}

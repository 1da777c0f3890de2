import { Option } from 'commander'
import type { FileRead } from '../config/file.ts'
import { AuthError, UsageError } from '../errors.ts'
import type { AuthSettings, KeyLoad, Target, TokenTarget } from '../target/target.ts'
import type { Cmd } from './command.ts'
import { addConfigurationOptions, type ConfigurationOptions } from './configuration-source.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'
import { KEY_FILE_LIMIT, loadKey } from './key-cache.ts'
import { chooseTarget, tokenTarget } from './target-option.ts'

/** What a server has to know to judge a token, as given by flags. */
export interface ServerAuthOptions extends ConfigurationOptions {
  readonly publickey?: string
  readonly key?: string
  readonly iss?: string
  readonly aud?: string
}

/** Adds `--publickey`, `--key`, `--iss`, `--aud`, and the options that say where a configuration comes from. */
export function addServerAuthOptions(command: Cmd): Cmd {
  const options = [
    new Option('--publickey <file|none>', 'the public key, read exactly as the server reads it'),
    new Option(
      '--key <file>',
      'a key in any form, private too, judged as if its public half were configured',
    ),
    new Option('--iss <issuer>', 'the issuer the server is configured with'),
    new Option('--aud <audience>', 'the audience the server is configured with'),
  ]
  for (const option of options) command.addOption(option.helpGroup('The server:'))
  return addConfigurationOptions(command)
}

/** A server that judges: its rules, and what it was started with. */
export interface ServerAuth {
  readonly target: TokenTarget
  /** Undefined = auth is off. */
  readonly settings: AuthSettings | undefined
  /** The key for a person, e.g. `public.pem` or `the public half of private.pem`. */
  readonly keyName: string
}

export type ServerAuthOutcome =
  | { readonly starts: true; readonly server: ServerAuth }
  | {
      readonly starts: false
      readonly target: TokenTarget
      readonly message: string
      readonly keyName: string
    }

/**
 * The judging server: the key of --publickey or --key, else what the configuration says; --iss and --aud go over it.
 * Throws AuthError for a key that cannot be read or when there is nothing to judge with, UsageError for contradictions.
 */
export async function readServerAuth(
  talk: Conversation,
  options: ServerAuthOptions,
): Promise<ServerAuthOutcome> {
  const target = tokenTarget(await chooseTarget(talk, options))
  const named = await loadNamedKey(talk, options, target)
  return named === undefined ? withConfiguration(talk, options, target) : concluded(named, options)
}

/** A key as the server loads it at its start. */
export interface LoadedKey {
  readonly target: TokenTarget
  /** Undefined = auth is off. */
  readonly load: KeyLoad | 'none' | undefined
  /** As in ServerAuth. */
  readonly keyName: string
}

/** The key of --publickey or --key as `target` loads it; undefined where neither is given. Throws as readServerAuth does. */
export async function loadNamedKey(
  talk: Conversation,
  options: ServerAuthOptions,
  target: Target,
): Promise<LoadedKey | undefined> {
  const { publickey, key } = options
  if (publickey !== undefined && key !== undefined)
    throw new UsageError('--publickey and --key both name the key', { hints: ['give one of them'] })
  if (publickey !== undefined) return loadKeyFile(talk, tokenTarget(target), publickey)
  return key === undefined ? undefined : loadPublicHalf(talk, tokenTarget(target), key)
}

/** The server that starts with the named or discovered configuration. */
async function withConfiguration(
  talk: Conversation,
  options: ServerAuthOptions,
  target: TokenTarget,
): Promise<ServerAuthOutcome> {
  const { readConfiguration } = await import('./configuration-source.ts')
  const gathered = await readConfiguration(talk, options, undefined, 'user')
  const { configuration, source } = gathered
  const { start, file } = configuration
  if (file === undefined && source.variables === undefined && source.arguments.length === 0)
    throw new AuthError(
      'ERR_NOTHING_TO_JUDGE',
      'no public key and no configuration to judge with',
      {
        hints: [
          'name the key with --publickey FILE as the server has it, or --key FILE in any form',
          'or name the configuration with --config FILE',
        ],
      },
    )
  if (start.starts === false) {
    const { safeMessage } = await import('../report/effective.ts')
    const message = safeMessage(start).trimEnd()
    return { starts: false, target, message, keyName: file?.path ?? 'the configuration' }
  }
  const { readConfiguredAuth } = await import('./configured-auth.ts')
  const { publickey = '', load, iss, aud } = readConfiguredAuth(gathered, options)
  const names = { iss: options.iss ?? iss, aud: options.aud ?? aud }
  const keyName = load === 'none' ? 'publickey = "none"' : publickey
  return concluded({ target, load, keyName }, names)
}

async function loadKeyFile(
  talk: Conversation,
  target: TokenTarget,
  path: string,
): Promise<LoadedKey> {
  const { off, unsigned } = target.tokens.keyWords
  if (path === off) return { target, load: undefined, keyName: path }
  if (path === unsigned) return { target, load: 'none', keyName: path }
  const file: FileRead = {
    ok: true,
    bytes: await readInput(path, talk, {
      purpose: 'a public key',
      limit: KEY_FILE_LIMIT,
      hints: ['the server would not start either; make a key pair with "resonate-auth keygen"'],
    }),
  }
  return { target, load: loadKey(target, path, file), keyName: path }
}

async function loadPublicHalf(
  talk: Conversation,
  target: TokenTarget,
  path: string,
): Promise<LoadedKey> {
  const { importPublicKey, exportSpkiPem } = await import('../key/public-key.ts')
  const bytes = await readInput(path, talk, {
    purpose: 'a key',
    limit: KEY_FILE_LIMIT,
    hints: ['make a key pair with "resonate-auth keygen"'],
  })
  const imported = importPublicKey(bytes, path)
  const pem = new TextEncoder().encode(exportSpkiPem(imported))
  const keyName = `the public half of ${path}`
  return { target, load: loadKey(target, keyName, { ok: true, bytes: pem }), keyName }
}

/** The server with that key, and the issuer and audience that it is configured with. */
function concluded(
  { target, load, keyName }: LoadedKey,
  { iss, aud }: Pick<AuthSettings, 'iss' | 'aud'>,
): ServerAuthOutcome {
  if (load === undefined)
    return { starts: true, server: { target, settings: undefined, keyName: 'auth off' } }
  if (load !== 'none' && !load.starts) {
    const message = `${target.tokens.failurePrefix}${load.message}`
    return { starts: false, target, message, keyName }
  }
  const key = load === 'none' ? load : load.key
  return { starts: true, server: { target, settings: { key, iss, aud }, keyName } }
}

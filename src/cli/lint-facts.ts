import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { Option } from 'commander'
import type {
  Argument,
  Configuration,
  ConfigurationSource,
  Variable,
} from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import { AuthError } from '../errors.ts'
import type { Facts, NearbyFile, TokenInput } from '../lint/facts.ts'
import { DEFAULT_TARGET, loadTarget, type TargetId } from '../target/targets.ts'
import type { Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import { append } from './options.ts'
import { targetOption } from './target-option.ts'
import { readToken } from './token-input.ts'

/** What the linter is asked to look at. */
export interface SourceOptions {
  readonly target?: TargetId
  readonly env?: boolean
  readonly token?: readonly string[]
  readonly stdinFilename?: string
}

/** Adds the options and operands that say what is read. */
export function addSourceOptions(command: Cmd): void {
  const options = [
    targetOption(),
    new Option('--env', "read this process's RESONATE_ variables as the server's"),
    new Option('--token <token>', 'judge this token too (or @FILE); repeatable').argParser(append),
    new Option('--stdin-filename <file>', 'the name of what is read from standard input'),
  ]
  command
    .argument(
      '[file]',
      'the configuration; else resonate.toml here or in a parent directory; - for standard input',
    )
    .argument('[flags...]', "the server's own flags, after --")
  for (const option of options) command.addOption(option.helpGroup('What is read:'))
}

/** The facts, and what it takes to judge the file anew with another text. */
export interface Gathered {
  readonly facts: Facts
  readonly targetId: TargetId
  readonly settingsFile?: string
  readonly fromStdin: boolean
  withText(text: string): Facts
  writeText(text: string): Promise<void>
}

const FILE_LIMIT = 1024 * 1024
const KEY_LIMIT = 4 * 1024 * 1024
const NAME = 'resonate.toml'

/** Reads everything the rules look at. Throws AuthError ERR_NOTHING_TO_JUDGE when there is nothing. */
export async function gatherFacts(
  talk: Conversation,
  options: SourceOptions,
  operand: string | undefined,
  flags: readonly string[],
): Promise<Gathered> {
  const { createFacts } = await import('../lint/facts.ts')
  const { settings, file: settingsFile } = await talk.settings()
  const targetId = options.target ?? settings.target ?? DEFAULT_TARGET
  const target = await loadTarget(targetId)
  const configure = await target.configure()
  const found = await findFile(talk, options, operand)
  const variables = options.env === true ? processVariables(talk) : undefined
  const hasVariables = variables?.some(({ name }) => /^resonate_/i.test(name)) === true
  if (found === undefined && flags.length === 0 && !hasVariables) throw nothing()
  const directory =
    found === undefined ? talk.host.cwd : dirname(resolve(talk.host.cwd, found.path))
  const files = new Map<string, FileRead>()
  if (found !== undefined) files.set(NAME, found.read)
  const source: ConfigurationSource = {
    cwd: directory,
    files: (path) => files.get(path),
    variables,
    arguments: serverArguments(flags),
  }
  const judge = (): Configuration =>
    found === undefined ? configure(source) : renameFile(configure(source), NAME, found.path)
  const { renameFile } = await import('../lint/rename-file.ts')
  const nearby = await readKeys(talk, directory, judge(), files)
  if (found !== undefined) await stat(talk, found.path, found.path, nearby)
  const text =
    found?.read.ok === true
      ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(found.read.bytes)
      : undefined
  const tokens = await readTokens(talk, options.token ?? [])
  const create = (current: string | undefined): Facts =>
    createFacts({
      target,
      version: target.version === '0.9' ? '0.9.8' : target.version,
      configuration: judge(),
      variables,
      arguments: source.arguments,
      command: flags.includes('dev') ? 'dev' : 'serve',
      files: source.files,
      nearby,
      texts: new Map(found === undefined || current === undefined ? [] : [[found.path, current]]),
      tokens,
      now: talk.now,
    })
  return {
    facts: create(text),
    targetId,
    fromStdin: operand === '-',
    ...(settingsFile !== undefined && { settingsFile }),
    withText: (changed) => {
      files.set(NAME, { ok: true, bytes: new TextEncoder().encode(changed) })
      return create(changed)
    },
    writeText: async (changed) => {
      const path = found?.path ?? NAME
      const mode = nearby.get(path)?.mode ?? 0o644
      await talk.host.files.write([{ path, content: changed, mode }], true)
    },
  }
}

function nothing(): AuthError {
  return new AuthError('ERR_NOTHING_TO_JUDGE', 'no resonate.toml here or in a parent directory', {
    hints: ['name a file, or read the environment with --env'],
  })
}

interface FoundFile {
  /** As a person names it. */
  readonly path: string
  readonly read: FileRead
}

async function findFile(
  talk: Conversation,
  { stdinFilename }: SourceOptions,
  operand: string | undefined,
): Promise<FoundFile | undefined> {
  if (operand === '-') {
    const bytes = await talk.readStdin('the configuration', FILE_LIMIT)
    return { path: stdinFilename ?? NAME, read: { ok: true, bytes } }
  }
  if (operand !== undefined) {
    const read = await talk.host.files.read(operand, FILE_LIMIT)
    if (!read.ok && read.failure !== 'denied')
      throw new AuthError('ERR_NOTHING_TO_JUDGE', `${operand}: ${read.message}`, {
        hints: ['name a configuration file'],
      })
    return { path: operand, read }
  }
  for (
    let directory = talk.host.cwd, path = NAME;
    ;
    directory = dirname(directory), path = `../${path}`
  ) {
    if ((await talk.host.files.stat(path))?.kind === 'file') {
      talk.note(`using ${path}`)
      return { path, read: await talk.host.files.read(path, FILE_LIMIT) }
    }
    if (directory === dirname(directory)) return undefined
  }
}

function processVariables(talk: Conversation): readonly Variable[] {
  return Object.entries(talk.host.env).map(([name, value]) => ({
    name,
    value: value ?? '',
    origin: { kind: 'variable', name },
  }))
}

function serverArguments(flags: readonly string[]): readonly Argument[] {
  const [first = ''] = flags
  const words = basename(first) === 'resonate' ? flags.slice(1) : flags
  const whole = words[0] === undefined || words[0].startsWith('-') ? ['serve', ...words] : words
  return flags.length === 0
    ? []
    : whole.map((text, index) => ({ text, origin: { kind: 'argument', name: text, index } }))
}

/** Reads the key the configuration names, and looks at the files beside it that may be its private half. */
async function readKeys(
  talk: Conversation,
  directory: string,
  { settings }: Configuration,
  files: Map<string, FileRead>,
): Promise<Map<string, NearbyFile>> {
  const nearby = new Map<string, NearbyFile>()
  for (const [name, { value }] of settings) {
    if (!name.endsWith('publickey') || typeof value !== 'string' || value === 'none') continue
    const path = isAbsolute(value) ? value : join(directory, value)
    files.set(value, await talk.host.files.read(path, KEY_LIMIT))
    await stat(talk, path, value, nearby)
    for (const beside of privateNames(value))
      await stat(talk, isAbsolute(beside) ? beside : join(directory, beside), beside, nearby)
  }
  return nearby
}

/** Names under which the private half of the key at `path` is usually kept beside it. */
function privateNames(path: string): readonly string[] {
  const name = basename(path)
  const names = new Set([
    'private.pem',
    'private.key',
    name.replace('public', 'private'),
    name.replace(/\.pub(?=\.|$)/, ''),
    name.replace(/\.(?:pub|pem|crt|cer)$/, '.key'),
  ])
  names.delete(name)
  return [...names].map((other) => join(dirname(path), other))
}

async function stat(
  talk: Conversation,
  path: string,
  name: string,
  nearby: Map<string, NearbyFile>,
): Promise<void> {
  const found = await talk.host.files.stat(path)
  if (found?.kind !== 'file') return
  const read = await talk.host.files.read(path, KEY_LIMIT)
  nearby.set(name, {
    mode: found.mode,
    ...(read.ok && { text: Buffer.from(read.bytes).toString('latin1') }),
  })
}

async function readTokens(
  talk: Conversation,
  tokens: readonly string[],
): Promise<readonly TokenInput[]> {
  const read: TokenInput[] = []
  for (const [index, token] of tokens.entries())
    read.push({
      name: token.startsWith('@') ? token : `token ${index + 1}`,
      text: await readToken(token, talk),
    })
  return read
}

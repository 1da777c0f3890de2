import { basename, dirname, join } from 'node:path'
import { Option } from 'commander'
import type { Configuration } from '../config/configuration.ts'
import { AuthError } from '../errors.ts'
import type { Facts, NearbyFile, TokenInput } from '../lint/facts.ts'
import type { Target } from '../target/target.ts'
import type { Cmd } from './command.ts'
import {
  addConfigurationOptions,
  type ConfigurationOptions,
  type GatheredConfiguration,
  readConfiguration,
} from './configuration-source.ts'
import { readTexts } from './configuration-texts.ts'
import type { Conversation } from './conversation.ts'
import { readOutlines } from './lint-outlines.ts'
import { append } from './options.ts'
import { serverName } from './target-option.ts'
import { readToken } from './token-input.ts'

/** What the linter is asked to look at. */
export interface SourceOptions extends ConfigurationOptions {
  readonly token?: readonly string[]
}

/** Adds the options that say what is read. */
export function addSourceOptions(command: Cmd): void {
  addConfigurationOptions(command)
  const options = [
    new Option('--token <token>', 'judge this token too (or @FILE); repeatable').argParser(append),
    new Option('--stdin-filename <file>', 'the name of what is read from standard input'),
  ]
  for (const option of options) command.addOption(option.helpGroup('The configuration:'))
}

/** The facts, and what it takes to judge the file anew with another text. */
export interface Gathered {
  readonly facts: Facts
  /** As `--target` takes it, without a patch version. */
  readonly targetId: string
  readonly settingsFile?: string
  readonly fromStdin: boolean
  withText(text: string): Facts
  writeText(text: string): Promise<void>
}

const NEARBY_LIMIT = 4 * 1024 * 1024

/** Reads everything the rules look at. Throws AuthError ERR_NOTHING_TO_JUDGE when there is nothing. */
export async function gatherFacts(
  talk: Conversation,
  options: SourceOptions,
  operand: string | undefined,
): Promise<Gathered> {
  const { createFacts } = await import('../lint/facts.ts')
  const gathered = await readConfiguration(talk, options, operand, 'server')
  const { target: server, source } = gathered
  const configure = await server.configure(options.target?.patch)
  const fromStdin = (options.config ?? operand) === '-'
  const { configuration } = gathered
  refuseNothing(gathered)
  const { file } = configuration
  const nearby = await readNearby(talk, gathered, fromStdin)
  const texts = await readTexts(talk, gathered)
  const outlines = await readOutlines(gathered.grammars, configuration, texts)
  const tokens = await readTokens(talk, options.token ?? [])
  const { file: settingsFile } = await talk.settings()
  const create = (judged: Configuration): Facts =>
    createFacts({
      target: server,
      version: options.target?.patch ?? versionOf(server),
      configuration: judged,
      variables: source.variables,
      arguments: source.arguments,
      command: source.arguments[0]?.text === 'dev' ? 'dev' : 'serve',
      searched: source.named === undefined,
      files: source.files,
      nearby,
      texts:
        judged.file === undefined
          ? texts
          : new Map([...texts, [judged.file.path, judged.file.text]]),
      outlines,
      tokens,
      now: talk.now,
    })
  return {
    facts: create(configuration),
    targetId: serverName(server),
    fromStdin,
    ...(settingsFile !== undefined && { settingsFile }),
    withText: (text) => {
      const bytes = new TextEncoder().encode(text)
      const path = configuration.file?.path ?? ''
      return create(configure({ ...source, named: { path, file: { ok: true, bytes } } }))
    },
    writeText: async (text) => {
      if (file === undefined) return
      const path = await placeOfFile(gathered, file.path)
      if (path === undefined) throw cannotMend(file.path)
      const there = await talk.host.files.stat(path)
      if (there === undefined)
        throw new AuthError(
          'ERR_FILE_MISSING',
          `${path}: not a file of its own, nothing was written`,
          {
            hints: ['--diff shows what to change where it is written'],
          },
        )
      await talk.host.files.write([{ path, content: text, mode: there.mode }], true)
    },
  }
}

/** The newest patch version stands for a line that has patches. */
function versionOf({ version }: Target): string {
  return version === '0.9' ? '0.9.8' : version
}

function refuseNothing({ configuration, source }: GatheredConfiguration): void {
  const variables = source.variables ?? []
  if (configuration.file !== undefined || source.named !== undefined) return
  if (source.arguments.length > 0 || variables.some(({ name }) => /^resonate_/i.test(name.trim())))
    return
  throw new AuthError('ERR_NOTHING_TO_JUDGE', 'there is no configuration to lint', {
    hints: [
      'no file was found here or in a parent directory: name one',
      'read the environment with --env or --env-file, give flags after --',
    ],
  })
}

/** Where the configuration file lies on this machine; undefined where it has no place here. */
async function placeOfFile(
  { source, locate }: GatheredConfiguration,
  path: string,
): Promise<string | undefined> {
  return source.named === undefined ? locate(path) : path
}

function cannotMend(path: string): AuthError {
  return new AuthError('ERR_FILE_MISSING', `${path}: where it lies on this machine is not known`, {
    hints: ['name the file itself to mend it'],
  })
}

/** The files that decide beside the configuration: its own mode, key files, what may be their private halves. */
async function readNearby(
  talk: Conversation,
  gathered: GatheredConfiguration,
  fromStdin: boolean,
): Promise<ReadonlyMap<string, NearbyFile>> {
  const nearby = new Map<string, NearbyFile>()
  const { file, settings } = gathered.configuration
  if (file !== undefined && !fromStdin)
    await look(talk, await placeOfFile(gathered, file.path), file.path, nearby)
  const names = [...settings].flatMap(([name, { value }]) =>
    /publickey$/i.test(name) && typeof value === 'string' && value !== '' && value !== 'none'
      ? [value, ...privateNames(value)]
      : [],
  )
  for (const name of [...LEGACY_FILES, ...names])
    await look(talk, await gathered.locate(name), name, nearby)
  return nearby
}

/** Files of the Go server, which the Rust server never reads. */
const LEGACY_FILES = ['resonate.yaml', 'resonate.yml', 'resonate-dev.yaml'] as const

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

async function look(
  talk: Conversation,
  path: string | undefined,
  name: string,
  nearby: Map<string, NearbyFile>,
): Promise<void> {
  if (path === undefined) return
  const found = await talk.host.files.stat(path)
  if (found?.kind !== 'file') return
  const read = await talk.host.files.read(path, NEARBY_LIMIT)
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
      name: token.startsWith('@') ? token.slice(1) : `token ${index + 1}`,
      text: await readToken(token, talk),
    })
  return read
}

import { dirname, extname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Host } from '../host/host.ts'
import type { Conversation } from './conversation.ts'
import type { Settings } from './settings-schema.ts'

/** Where settings may stand in a directory, the first that is there counting. */
const PLACES = [
  '.resonate-authrc.json',
  '.resonate-authrc.yaml',
  '.resonate-authrc.yml',
  '.resonate-authrc.toml',
  'resonate-auth.config.json',
  'package.json',
] as const

const PACKAGE_PROPERTY = 'resonateAuth'

const SETTINGS_LIMIT = 1024 * 1024

export interface SettingsOptions {
  /** A path; false = --no-settings. */
  readonly settings?: string | false
}

/** The settings in force, and the file they come from. */
export interface FoundSettings {
  readonly settings: Settings
  readonly file?: string
}

/**
 * The settings: of --settings, else of the first file from the current directory up to the root of its git work tree.
 * Throws UsageError (ERR_SETTINGS, ERR_SETTINGS_CODE) for settings that are unknown, wrong, or code.
 */
export async function findSettings(
  talk: Conversation,
  { settings }: SettingsOptions,
): Promise<FoundSettings> {
  if (settings === false) return { settings: {} }
  if (settings !== undefined)
    return { settings: await loadSettings(talk.host, settings, true), file: settings }
  const found = await discoverSettings(talk.host)
  if (found === undefined) return { settings: {} }
  const file = relative(talk.host.cwd, found) || found
  talk.note(`settings from ${file}`)
  return { settings: await loadSettings(talk.host, file, false), file }
}

async function discoverSettings(host: Host): Promise<string | undefined> {
  const root = await workTreeRoot(host)
  for (let directory = host.cwd; ; directory = dirname(directory)) {
    for (const place of PLACES) {
      const path = join(directory, place)
      if (await holdsSettings(host, path, root)) return path
    }
    if (directory === root || directory === dirname(directory)) return undefined
  }
}

/** The nearest directory with a `.git`, else the current one. */
async function workTreeRoot(host: Host): Promise<string> {
  for (let directory = host.cwd; ; directory = dirname(directory)) {
    if ((await host.files.stat(join(directory, '.git'))) !== undefined) return directory
    if (directory === dirname(directory)) return host.cwd
  }
}

async function holdsSettings(host: Host, path: string, root: string): Promise<boolean> {
  if ((await host.files.stat(path))?.kind !== 'file') return false
  if (path.endsWith('package.json')) {
    const read = await host.files.read(path, SETTINGS_LIMIT)
    return read.ok && new TextDecoder().decode(read.bytes).includes(`"${PACKAGE_PROPERTY}"`)
  }
  const real = await host.files.realPath(path)
  if (real !== undefined && !relative(await rootPath(host, root), real).startsWith(`..${sep}`))
    return true
  throw new UsageError(`${path}: a link that leaves the work tree`, {
    code: 'ERR_SETTINGS',
    hints: ['name the file with --settings, or use --no-settings'],
  })
}

async function rootPath(host: Host, root: string): Promise<string> {
  return (await host.files.realPath(root)) ?? root
}

async function loadSettings(host: Host, path: string, named: boolean): Promise<Settings> {
  const { readSettings } = await import('./settings-schema.ts')
  const settings = readSettings(await loadValue(host, path), path)
  if (named || settings.key === undefined) return settings
  throw new UsageError(
    `${path}: "key" decides what signs, and this file was only found, not named`,
    {
      code: 'ERR_SETTINGS',
      hints: [`name it: --settings ${path}`],
    },
  )
}

/** The parsed content of the file, through cosmiconfig with every way of running code closed. */
async function loadValue(host: Host, path: string): Promise<unknown> {
  const read = await host.files.read(path, SETTINGS_LIMIT)
  if (!read.ok)
    throw new UsageError(`${path}: ${read.message}`, {
      code: 'ERR_SETTINGS',
      hints: ['--no-settings uses none'],
    })
  // cosmiconfig reads the file itself, and once more: what a pipe gave is gone then.
  if ((await host.files.stat(path))?.kind !== 'file')
    throw new UsageError(`${path}: not a regular file`, { code: 'ERR_SETTINGS' })
  const { cosmiconfigSync } = await import('cosmiconfig')
  const loaders = await dataLoaders()
  const extension = extname(path)
  if (extension !== '' && !Object.hasOwn(loaders, extension))
    throw new UsageError(`${path}: settings do not end in ${extension}`, {
      code: 'ERR_SETTINGS',
      hints: ['use a file that ends in .json, .yaml, .yml or .toml'],
    })
  const explorer = awayFromHere(() =>
    cosmiconfigSync('resonate-auth', {
      searchPlaces: [...PLACES],
      packageProp: PACKAGE_PROPERTY,
      loaders,
    }),
  )
  const found = explorer.load(isAbsolute(path) ? path : resolve(host.cwd, path))
  // cosmiconfig gives what a loader gave, of unknown shape.
  return found?.config as unknown
}

/** cosmiconfig runs ./.config/config.{js,ts,cjs,mjs} while it is constructed, so that is done at the file system's root. */
function awayFromHere<T>(construct: () => T): T {
  const here = process.cwd()
  process.chdir(parse(here).root)
  try {
    return construct()
  } finally {
    process.chdir(here)
  }
}

type Loader = (path: string, content: string) => unknown

/** Loaders for data alone; everything executable is refused, and so is `$import`, which cosmiconfig would follow. */
async function dataLoaders(): Promise<Record<string, Loader>> {
  const { parse: parseYaml } = await import('yaml')
  const { jsonValue } = await import('./settings-json.ts')
  const { tomlValue } = await import('./settings-toml.ts')
  const data: Record<string, Loader> = {
    '.json': (_, content) => jsonValue(content),
    '.yaml': (_, content) => parseYaml(content, { maxAliasCount: 100 }),
    '.yml': (_, content) => parseYaml(content, { maxAliasCount: 100 }),
    '.toml': (_, content) => tomlValue(content),
  }
  const guarded = Object.entries(data).map(([extension, load]) => [extension, guard(load)] as const)
  const refused = ['.js', '.cjs', '.mjs', '.ts', 'noExt'].map(
    (extension) => [extension, refuseCode] as const,
  )
  return Object.fromEntries([...guarded, ...refused])
}

function guard(load: Loader): Loader {
  return (path, content) => {
    let value: unknown
    try {
      value = load(path, content)
    } catch (error) {
      const [says] = error instanceof Error ? error.message.split('\n') : ['unreadable']
      throw new UsageError(`${path}: ${says}`, { code: 'ERR_SETTINGS' })
    }
    return imports(value) || imports(ownMember(value, PACKAGE_PROPERTY)) ? refuseCode(path) : value
  }
}

/** cosmiconfig follows the `$import` of what a loader gives, also inside package.json's property. */
function imports(value: unknown): boolean {
  return ownMember(value, '$import') !== undefined
}

function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  // hasOwn has just said that it is there.
  return (value as Readonly<Record<string, unknown>>)[name]
}

function refuseCode(path: string): never {
  throw new UsageError(`${path}: settings are data and import nothing`, {
    code: 'ERR_SETTINGS_CODE',
    hints: ['use JSON, YAML or TOML without "$import"'],
  })
}

import type { ConfigurationSource, Ignored } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import { type ConfigFile, candidatePaths, fileNameOf } from './config-file.ts'
import type { ArgumentsRead } from './flags.ts'
import type { Held } from './held.ts'
import { Misspellings } from './misspelling.ts'
import { type GoVersion, SETTINGS, type SettingRow } from './settings.ts'
import { parentsOf, variableOf } from './viper.ts'

/** Keys without a flag, which a file may hold (v0.8.2 sender.go:30, router.go:28). */
const LIST_KEYS: readonly string[] = [
  'aio.subsystems.sender.config.targets',
  'aio.subsystems.router.config.sources',
]

/** Everything written that has no effect: keys, variables, files and arguments. */
export function listIgnored(
  version: GoVersion,
  source: ConfigurationSource,
  args: ArgumentsRead,
  file: ConfigFile,
): readonly Ignored[] {
  const misspellings = new Misspellings(version)
  return [
    ...(file.kind === 'read' ? ignoredKeys(version, file.entries, misspellings) : []),
    ...(file.kind === 'read' ? laterDocuments(file) : []),
    ...ignoredVariables(version, source, misspellings),
    ...ignoredFiles(source, args, file),
    ...idleArguments(args),
  ]
}

interface Unread {
  readonly path: string
  readonly held: Held
}

function ignoredKeys(
  version: GoVersion,
  entries: ReadonlyMap<string, Held>,
  misspellings: Misspellings,
): readonly Ignored[] {
  const rows = SETTINGS[version]
  const known = new Set([...rows.map(({ key }) => key.toLowerCase()), ...LIST_KEYS])
  const parents = new Set([...known].flatMap(parentsOf))
  return unreadIn(entries, '', { known, parents, misspellings }).map(({ path, held }) => {
    const meant = misspellings.keyFor(path)
    const what = path
    const origin = held.key ?? held.origin
    const why = whyUnread(version, path)
    return { kind: 'key', what, origin, why, ...(meant !== undefined && { meant }) }
  })
}

interface KnownKeys {
  readonly known: ReadonlySet<string>
  readonly parents: ReadonlySet<string>
  readonly misspellings: Misspellings
}

/** Unknown keys in the order of the text: a map that is known by another name as a whole, else its leaves. */
function unreadIn(
  entries: ReadonlyMap<string, Held>,
  base: string,
  keys: KnownKeys,
): readonly Unread[] {
  return [...entries].flatMap(([name, held]) => {
    const path = base === '' ? name : `${base}.${name}`
    if (keys.known.has(path)) return []
    if (held.kind === 'map') {
      const named = !keys.parents.has(path) && keys.misspellings.isMapName(path)
      return named ? [{ path, held }] : unreadIn(held.entries, path, keys)
    }
    // Nothing below a known parent is an empty table, and anything else but a table there is refused.
    return keys.parents.has(path) ? [] : [{ path, held }]
  })
}

function whyUnread(version: GoVersion, path: string): string {
  const other: GoVersion = version === '0.8' ? '0.7' : '0.8'
  const isIn = (rows: readonly SettingRow[]): boolean =>
    rows.some(({ key }) => key.toLowerCase() === path || path.startsWith(`${key.toLowerCase()}.`))
  return isIn(SETTINGS[other])
    ? `a key of ${other}; ${version} has none of this name and reads on without a word`
    : 'the server has no such key and reads on without a word'
}

function laterDocuments({
  path,
  text,
  end: start = text.length,
}: ConfigFile & { readonly kind: 'read' }): readonly Ignored[] {
  if (text.slice(start).replace(/^(?:\.\.\.|---)?\s*/, '') === '') return []
  const origin: Origin = { kind: 'file', file: path, span: { start, end: text.length } }
  const why = 'the server reads the first document of a YAML file and no other'
  return [{ kind: 'element', what: 'the documents after the first', origin, why }]
}

const RESONATE = 'RESONATE_'

function ignoredVariables(
  version: GoVersion,
  source: ConfigurationSource,
  misspellings: Misspellings,
): readonly Ignored[] {
  const rows = SETTINGS[version]
  const known = new Set(rows.map(({ key }) => variableOf(key.toLowerCase())))
  const maps = rows
    .filter(({ type }) => type === 'map')
    .map(({ key }) => `${variableOf(key.toLowerCase())}_`)
  return (source.variables ?? []).flatMap(({ name, value, origin }): readonly Ignored[] => {
    if (known.has(name)) {
      if (value !== '') return []
      const why = 'an empty variable counts as one that is not set'
      return [{ kind: 'variable', what: name, origin, why }]
    }
    if (maps.some((prefix) => name.startsWith(prefix))) {
      const why = 'the server reads no variable below a map: users come from the file or a flag'
      return [{ kind: 'variable', what: name, origin, why }]
    }
    const meant = misspellings.variableFor(name)
    if (!name.startsWith(RESONATE) && meant === undefined) return []
    const why = name.startsWith(RESONATE)
      ? 'the Go server reads no variable that begins with RESONATE_'
      : 'the server reads no variable of this name'
    return [{ kind: 'variable', what: name, origin, why, ...(meant !== undefined && { meant }) }]
  })
}

/** Configuration files that lie where the server looks and that it does not read. */
function ignoredFiles(
  source: ConfigurationSource,
  args: ArgumentsRead,
  file: ConfigFile,
): readonly Ignored[] {
  if (args.kind !== 'server') return []
  const read = file.kind === 'none' ? undefined : file.path
  const other = args.command === 'serve' ? 'dev' : 'serve'
  const own = candidatePaths(source, args.command).map((path) => ({
    path,
    why:
      read === undefined
        ? 'the server does not read it'
        : `the server reads ${read} and no second file`,
  }))
  const others = candidatePaths(source, other).map((path) => ({
    path,
    why: `"${args.command}" looks for ${fileNameOf(args.command)}.*, not for this name`,
  }))
  return [...own, ...others]
    .filter(({ path }) => path !== read && source.files(path)?.ok === true)
    .map(({ path, why }) => ({
      kind: 'file',
      what: path,
      origin: { kind: 'file', file: path, span: { start: 0, end: 0 } },
      why,
    }))
}

/** Arguments that are no flags: cobra takes any number of them for nothing. Their text may be a secret. */
function idleArguments(args: ArgumentsRead): readonly Ignored[] {
  if (args.kind !== 'server') return []
  return args.idle.map(({ origin }) => ({
    kind: 'element',
    what: origin.kind === 'argument' ? `argument ${origin.index + 1}` : 'an argument',
    origin,
    why: 'it is no flag, and the command takes no other arguments',
  }))
}

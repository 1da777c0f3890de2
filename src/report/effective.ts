import type { Configuration, Ignored, SettingValue } from '../config/configuration.ts'
import { fileSpan, type IndexedText } from '../config/position.ts'
import type { Origin, Setting } from '../config/setting.ts'
import { originMembers } from './origin.ts'
import type { Paint } from './paint.ts'

/** An effective configuration to be shown, with what decides how much of it may be. */
export interface Effective {
  readonly configuration: Configuration
  /** The files that origins lie in, by name; of one that is not there the name alone is told. */
  readonly texts: ReadonlyMap<string, IndexedText>
  readonly showSecrets: boolean
  /** The only key to show; undefined = all. */
  readonly only?: string
}

const HIDDEN = '***'

/** The members of the `config/v1` document; 64-bit integers are bigint. */
export function effectiveMembers(effective: Effective): Readonly<Record<string, unknown>> {
  const { configuration } = effective
  const { start } = configuration
  return {
    starts: start.starts,
    exit: start.starts === false ? start.exit : null,
    message: start.starts === false ? messageOf(effective) : null,
    decides: start.starts === 'unknown' ? start.decides : null,
    settings: Object.fromEntries(
      shownSettings(effective).map(([key, { value, origin, shadows }]) => [
        key,
        {
          value: shownValue(effective, key, value) ?? null,
          origin: originDocument(effective, origin),
          shadows: shadows.map((shadow) => ({
            value: shownValue(effective, key, shadow.value) ?? null,
            origin: originDocument(effective, shadow.origin),
          })),
        },
      ]),
    ),
    ignored: configuration.ignored.map(({ what, origin, why, meant }) => ({
      what,
      origin: originDocument(effective, origin),
      why,
      meant: meant ?? null,
    })),
  }
}

function shownSettings({
  configuration,
  only,
}: Effective): readonly (readonly [string, Setting<SettingValue>])[] {
  return [...configuration.settings].filter(([key]) => only === undefined || key === only)
}

function shownValue(
  { configuration, showSecrets }: Effective,
  key: string,
  value: unknown,
): unknown {
  if (value === undefined || showSecrets || !configuration.secrets?.has(key)) return value
  return value === '' ? '' : HIDDEN
}

function messageOf({ configuration: { start }, showSecrets }: Effective): string {
  if (start.starts !== false) return ''
  return showSecrets ? start.message : safeMessage(start)
}

/** The server's standard error about a failed start with the secrets in it hidden. */
export function safeMessage({ message, secrets }: FailedStart): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), message)
}

type FailedStart = Extract<Configuration['start'], { readonly starts: false }>

function originDocument(effective: Effective, origin: Origin): Readonly<Record<string, unknown>> {
  return originMembers(origin, placeMembers(effective, origin))
}

function placeMembers({ texts }: Effective, origin: Origin): Readonly<Record<string, unknown>> {
  const at = fileSpan(origin)
  if (at === undefined) return {}
  const text = texts.get(at.file)
  return { file: at.file, ...text?.positionAt(at.span.start) }
}

/** The settings as a table, then what is ignored, then whether the server starts. */
export function describeEffective(effective: Effective, paint: Paint): string {
  const blocks = [settingsTable(effective, paint)]
  if (effective.only === undefined && effective.configuration.ignored.length > 0)
    blocks.push(ignoredList(effective, paint))
  blocks.push(startLine(effective, paint))
  return `${blocks.join('\n\n')}\n`
}

function settingsTable(effective: Effective, paint: Paint): string {
  const rows = shownSettings(effective).map(([key, { value, origin, shadows }]) => ({
    key,
    value: printValue(shownValue(effective, key, value)),
    from: printOrigin(effective, origin),
    over: shadows
      .map((shadow) => {
        const lost = printValue(shownValue(effective, key, shadow.value))
        return `${lost} from ${printOrigin(effective, shadow.origin)}`
      })
      .join(', '),
  }))
  const width = (column: 'key' | 'value' | 'from'): number =>
    Math.min(WIDEST, Math.max(column.length, ...rows.map((row) => row[column].length)))
  const [key, value, from] = [width('key'), width('value'), width('from')]
  const head = ['KEY'.padEnd(key), 'VALUE'.padEnd(value), 'FROM'.padEnd(from), 'INSTEAD OF']
  const lines = rows.map((row) =>
    [
      row.key.padEnd(key),
      row.value.padEnd(value),
      row.from === 'default' ? paint.dim(row.from.padEnd(from)) : row.from.padEnd(from),
      row.over,
    ]
      .join('  ')
      .trimEnd(),
  )
  return [paint.bold(head.join('  ')), ...lines].join('\n')
}

/** A wider cell moves the rest of its own line only. */
const WIDEST = 44

/** A value on one line, told apart from nothing and from words about it. */
function printValue(value: unknown): string {
  if (value === undefined) return '–'
  if (value === HIDDEN) return HIDDEN
  if (typeof value === 'object' && value !== null && 'unknown' in value)
    return `(unknown: ${String(value.unknown)})`
  return writeJson(value)
}

function printOrigin(effective: Effective, origin: Origin): string {
  const { file, line, column } = placeMembers(effective, origin)
  const place = line === undefined ? file : `${file}:${line}:${column}`
  switch (origin.kind) {
    case 'file':
      return String(place)
    case 'variable':
      return place === undefined ? `$${origin.name}` : `$${origin.name} (${place})`
    case 'argument':
      return place === undefined ? origin.name : `${origin.name} (${place})`
    case 'default':
      return 'default'
  }
}

function ignoredList(effective: Effective, paint: Paint): string {
  const lines = effective.configuration.ignored.map((entry) => ignoredLine(effective, entry))
  return [paint.bold('IGNORED'), ...lines].join('\n')
}

function ignoredLine(effective: Effective, { what, origin, why, meant }: Ignored): string {
  const at =
    origin.kind === 'variable' && origin.at === undefined
      ? ''
      : ` (${printOrigin(effective, origin)})`
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  return `${what}${origin.kind === 'argument' ? '' : at}: ${why}${hint}`
}

function startLine(effective: Effective, paint: Paint): string {
  const { start } = effective.configuration
  if (start.starts === true) return `${paint.green('starts')}: yes`
  if (start.starts === 'unknown') return `${paint.yellow('starts')}: depends on ${start.decides}`
  const said = messageOf(effective)
  const text = said === '' ? '' : `, saying\n${said.trimEnd().replace(/^/gm, '  ')}`
  return `${paint.red('starts')}: no, it ends with status ${start.exit}${text}`
}

/** `value` as JSON on one line, or indented by two; bigint is written as the number it is, undefined as null. */
export function writeJson(value: unknown, indent = ''): string {
  if (typeof value === 'bigint') return String(value)
  if (value === undefined) return 'null'
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const inner = indent === '' ? '' : `${indent}  `
  const parts = isList
    ? value.map((item) => writeJson(item, inner))
    : Object.entries(value).map(
        ([name, member]) =>
          `${JSON.stringify(name)}:${indent === '' ? '' : ' '}${writeJson(member, inner)}`,
      )
  const [open, close] = isList ? '[]' : '{}'
  if (parts.length === 0) return `${open}${close}`
  return indent === ''
    ? `${open}${parts.join(',')}${close}`
    : `${open}\n${indent}${parts.join(`,\n${indent}`)}\n${indent.slice(2)}${close}`
}

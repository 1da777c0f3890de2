import type { Argument } from '../config/configuration.ts'
import { fileSpan } from '../config/position.ts'
import type { Origin, Span } from '../config/setting.ts'
import type { Facts } from './facts.ts'
import { isSecretName, maskSpans, secretSpans } from './secret.ts'

/** Where secrets stand that their form does not give away: the settings and the names before them say it. */
export interface SecretPlaces {
  /** By file name. */
  readonly spans: ReadonlyMap<string, readonly Span[]>
  /** Names of variables. */
  readonly variables: ReadonlySet<string>
  /** Positions in the server's arguments. */
  readonly arguments: ReadonlySet<number>
}

/** The secrets of the configuration, of the variables and of the command line. */
export function secretPlaces(facts: Facts): SecretPlaces {
  const variables = facts.variables ?? []
  const list = facts.arguments
  const origins = [...secretOrigins(facts)]
  const names = new Set(
    origins.flatMap((origin) => (origin.kind === 'variable' ? [origin.name] : [])),
  )
  const positions = new Set([
    ...origins.flatMap((origin) => (origin.kind === 'argument' ? valueAt(list, origin.index) : [])),
    ...[...list.keys()].filter((position) => isBehindSecretName(list, position)),
  ])
  const placed = [
    ...origins.filter(({ kind }) => kind === 'file'),
    ...variables
      .filter(({ name, value }) => value !== undefined && (names.has(name) || isSecretName(name)))
      .map(({ origin }) => origin),
    ...[...positions].flatMap((position) => list[position]?.origin ?? []),
  ]
  const spans = new Map<string, Span[]>()
  for (const origin of placed) {
    const at = fileSpan(origin)
    if (at === undefined) continue
    const there = spans.get(at.file)
    if (there === undefined) spans.set(at.file, [at.span])
    else there.push(at.span)
  }
  return { spans, variables: names, arguments: positions }
}

/** Where the values of secret settings are written; a URL is masked by its form, so that its host stays to be seen. */
function* secretOrigins({
  configuration: { settings, secrets = new Set() },
}: Facts): Generator<Origin> {
  for (const key of secrets) {
    const found = settings.get(key)
    for (const { value, origin } of found === undefined ? [] : [found, ...found.shadows])
      if (value !== undefined && !String(value).includes('://')) yield origin
  }
}

/** The position of a flag's value: in the same word, or the next; a word that is no flag is the value itself. */
function valueAt(list: readonly Argument[], index: number): readonly number[] {
  const position = list.findIndex(
    ({ origin }) => origin.kind === 'argument' && origin.index === index,
  )
  const text = list[position]?.text
  if (text === undefined) return []
  return [text.startsWith('-') && !text.includes('=') ? position + 1 : position]
}

function isBehindSecretName(list: readonly Argument[], position: number): boolean {
  const text = list[position]?.text ?? ''
  const before = list[position - 1]?.text ?? ''
  const [, flag] = /^(--?[\w-]+)=/s.exec(text) ?? []
  if (flag !== undefined) return isSecretName(flag)
  return before.startsWith('-') && isSecretName(before) && !text.startsWith('--')
}

/** `text` of the file `name` as it may be shown: the same length and lines, every secret in it masked. */
export function maskText(text: string, name: string, { spans }: SecretPlaces): string {
  return maskSpans(text, [...secretSpans(text), ...(spans.get(name) ?? [])])
}

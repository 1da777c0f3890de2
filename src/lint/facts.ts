import type { Argument, Configuration, SettingValue, Variable } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Outline } from '../config/outline.ts'
import type { Origin, Setting } from '../config/setting.ts'
import type { Concept, Concepts } from '../target/concepts.ts'
import { classifyStart, type StartFailure, stopsLoading } from '../target/start-failure.ts'
import type { ServerKey, Target } from '../target/target.ts'
import type { NumericDate } from '../token/numeric-date.ts'
import { type Document, readDocument } from './document.ts'
import type { Related } from './rule.ts'
import { redact } from './secret.ts'

/** A token to be judged against the configuration; its text never leaves the facts. */
export interface TokenInput {
  /** How the user named it: `token 1`, `@worker.jwt`. */
  readonly name: string
  readonly text: string
}

/** A file beside the configuration: permission bits, e.g. 0o644, and what it holds as far as it was read. */
export interface NearbyFile {
  readonly mode: number
  readonly text?: string
}

/** What the edge gathers before rules run. */
export interface FactsInput {
  readonly target: Target
  /** The patch version to judge for, e.g. `0.9.8`. */
  readonly version: string
  readonly configuration: Configuration
  readonly variables: readonly Variable[] | undefined
  readonly arguments: readonly Argument[]
  /** `serve` or `dev`. */
  readonly command: 'serve' | 'dev'
  /** Whether the configuration file was looked for as the server does, not named. */
  readonly searched: boolean
  readonly files: (path: string) => FileRead | undefined
  /** By the path as configured or found: the configuration file, key files, and what lies beside them. */
  readonly nearby: ReadonlyMap<string, NearbyFile>
  /** Texts that origins point into, by file name: the configuration, env files, deployment files. */
  readonly texts: ReadonlyMap<string, string>
  /** Of those among them that are not TOML and mention a suppression, by file name. */
  readonly outlines: ReadonlyMap<string, Outline>
  readonly tokens: readonly TokenInput[]
  readonly now: NumericDate
}

/** Everything a rule may look at; complete before the first rule runs. */
export interface Facts extends FactsInput {
  readonly concepts: Concepts
  /** The key the server would hold; undefined when there is none or it does not load. */
  readonly key: ServerKey | undefined
  /** The configuration file as it is written; undefined when none was read. */
  readonly document: Document | undefined
}

/** The facts of `input`, with what follows from them. */
export function createFacts(input: FactsInput): Facts {
  const { concepts } = input.target
  const { file } = input.configuration
  const document = file === undefined ? undefined : readDocument(file.path, file.text)
  return { ...input, concepts, key: loadKey(input, concepts), document }
}

function loadKey(input: FactsInput, concepts: Concepts): ServerKey | undefined {
  const path = text(settingOf(input.configuration, concepts.publickey))
  const judge = input.target.tokens
  if (path === undefined || judge === undefined) return undefined
  if (path === judge.keyWords.off || path === judge.keyWords.unsigned) return undefined
  const file = input.files(path)
  if (file === undefined) return undefined
  const load = judge.loadKey(path, file)
  return load.starts ? load.key : undefined
}

function settingOf(
  configuration: Configuration,
  path: string | undefined,
): Setting<SettingValue> | undefined {
  return path === undefined ? undefined : configuration.settings.get(path)
}

function text(setting: Setting<SettingValue> | undefined): string | undefined {
  return typeof setting?.value === 'string' ? setting.value : undefined
}

/** The setting for `concept`; undefined when the target has none. */
export function setting(facts: Facts, concept: Concept): Setting<SettingValue> | undefined {
  return settingOf(facts.configuration, facts.concepts[concept])
}

/** Whether the server takes nothing that was written for `concept`: its value is then the default, and nobody's wish. */
export function isRefused(facts: Facts, concept: Concept): boolean {
  const found = setting(facts, concept)
  return (
    found?.origin.kind === 'default' &&
    found.shadows.some(({ origin }) => origin.kind !== 'default')
  )
}

/** A setting that holds a text. */
export interface TextSetting {
  readonly path: string
  readonly value: string
  readonly origin: Origin
  readonly shadows: Setting<SettingValue>['shadows']
}

/** The setting for `concept` when its value is a string, with its path. */
export function textSetting(facts: Facts, concept: Concept): TextSetting | undefined {
  const found = setting(facts, concept)
  const path = facts.concepts[concept]
  const value = text(found)
  return found === undefined || path === undefined || value === undefined
    ? undefined
    : { path, value, origin: found.origin, shadows: found.shadows }
}

/** What a finding says of another setting that has to do with it; nothing where nobody set that one. */
export function relatedTo(
  found: { readonly origin: Origin } | undefined,
  note: string,
): readonly Related[] {
  return found === undefined || found.origin.kind === 'default'
    ? []
    : [{ origin: found.origin, note }]
}

/** Where the optional table for `concept` begins; undefined when the server has no such table in force. */
export function tableOrigin(facts: Facts, concept: Concept): Origin | undefined {
  const path = facts.concepts[concept]
  return path === undefined ? undefined : facts.configuration.tables.get(path)
}

/** Whether the configuration was understood far enough for statements about what is absent from it. */
export function isComplete(facts: Facts): boolean {
  const { start } = facts.configuration
  if (fileNotRead(facts) !== undefined) return false
  return start.starts !== false || !stopsLoading(classifyStart(start.exit, start.message))
}

/** Why the configuration file was not read although it is there (its size); undefined when it was, or there is none. */
export function fileNotRead({ configuration: { start, file } }: Facts): string | undefined {
  if (start.starts !== 'unknown' || file !== undefined) return undefined
  return /more than \d+ bytes/.test(start.decides) ? start.decides : undefined
}

/** How the server's start fails; undefined when it starts or that cannot be known. */
export function startFailure({ configuration: { start } }: Facts): FailedStart | undefined {
  if (start.starts !== false) return undefined
  const { exit, message, secrets, origin } = start
  const failure = classifyStart(exit, message)
  // What is said of broken TOML, behind the echoed line, quotes no value.
  const shown = failure === 'syntax' ? message : withoutSecrets(message, secrets)
  return {
    failure,
    says: shown.replace(/^Fatal: (?:[Cc]onfiguration(?: error)?: )?/, '').trim(),
    origin: origin ?? { kind: 'default' },
  }
}

/** The shortest text that is taken out of a message wherever it stands; a shorter one only between quotes. */
const SHORTEST = 4

function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => {
    if (secret.length >= SHORTEST) return text.replaceAll(secret, redact(secret))
    return ['"', '`', "'"].reduce(
      (shown, quote) =>
        shown.replaceAll(`${quote}${secret}${quote}`, `${quote}${redact(secret)}${quote}`),
      text,
    )
  }, message)
}

export interface FailedStart {
  readonly failure: StartFailure
  /** The server's own text without its `Fatal:`; secrets are redacted. */
  readonly says: string
  readonly origin: Origin
}

/** Whether the server checks signatures: a table for auth and a key that is not `none`. */
export function checksSignatures(facts: Facts): boolean {
  const key = textSetting(facts, 'publickey')
  return tableOrigin(facts, 'auth') !== undefined && key !== undefined && key.value !== 'none'
}

/** Whether anybody who reaches the server may do everything: no auth, or claims that anybody can write. */
export function isOpen(facts: Facts): boolean {
  return isComplete(facts) && tableOrigin(facts, 'workos') === undefined && !checksSignatures(facts)
}

/** The address the server listens on, and whether other machines reach it. */
export interface Listener {
  readonly address: string
  readonly reach: 'loopback' | 'network' | 'every-interface'
  readonly path: string
  readonly origin: Origin
}

/** The API's listener; undefined when the target has no such setting or it is not known. */
export function listener(facts: Facts): Listener | undefined {
  const bind = textSetting(facts, 'bind')
  if (bind === undefined) return undefined
  const address = bindAddress(facts, bind.value)
  return { address, reach: reachOf(address), path: bind.path, origin: bind.origin }
}

/** The address in a value of the API's bind setting, which holds the port too where that has no setting of its own. */
export function bindAddress({ concepts }: Facts, value: string): string {
  return concepts.port === undefined ? withoutPort(value) : value
}

/** The host of an address such as `:8001` or `[::1]:8001`, without brackets. */
export function withoutPort(address: string): string {
  return address.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** Who reaches a listener on `address`. */
export function reachOf(address: string): Listener['reach'] {
  const host = address.replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost' || host === '::1' || /^127(?:\.\d+){0,3}$/.test(host)) return 'loopback'
  return host === '0.0.0.0' || host === '::' || host === '' ? 'every-interface' : 'network'
}

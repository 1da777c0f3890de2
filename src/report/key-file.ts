import { type KeyDescription, nameKey } from '../key/describe.ts'
import { KEY_FLAWS } from '../target/key-flaw.ts'
import type { Certainty, KeyLoad } from '../target/target.ts'
import type { Paint } from './paint.ts'

/** One key of a file with what a thumbprint and its algorithms say of it. */
export interface InspectedKey extends KeyDescription {
  /** The RFC 7638 thumbprint of a supported key. */
  readonly thumbprint?: string
  /** The algorithms it signs or checks signatures with. */
  readonly algorithms?: readonly string[]
}

/** What happens when a file is a server's public key. */
export interface KeyUse {
  /** As typed, e.g. `resonate@0.9`. */
  readonly target: string
  readonly certainty: Certainty
  readonly load: KeyLoad
}

/** A key file, looked at. */
export interface InspectedFile {
  /** The path, or `standard input`. */
  readonly name: string
  /** Permission bits; absent where there is no file. */
  readonly mode?: number
  readonly keys: readonly InspectedKey[]
  readonly uses: readonly KeyUse[]
  /** What happens when the public half of its first key is the server's public key instead, written as SPKI in PEM. */
  readonly publicUses: readonly KeyUse[]
}

/** Whether the server starts with the key and tokens can be accepted. */
export function isUsable({ load }: KeyUse): boolean {
  return load.starts && load.key.flaw === undefined
}

/** The file for a person: its keys, then server by server what happens when it is the public key. */
export function describeKeyFile(file: InspectedFile, paint: Paint): string {
  const { name, keys, uses, publicUses } = file
  const mended = publicUses.filter(
    (use, at) => isUsable(use) && !uses.slice(at, at + 1).every(isUsable),
  )
  const lines = [
    ...(keys.length === 0 ? [`${name}: no key`] : []),
    ...keys.flatMap((key, at) => [
      `${keys.length > 1 ? `${name}, key ${at + 1} of ${keys.length}` : name}: ${nameHalf(key)}`,
      ...rowsOf(key, file.mode).map(([term, text]) => `  ${term.padEnd(TERM_WIDTH)}${text}`),
    ]),
    'as the publickey of',
    ...describeUses(uses, paint),
    ...(mended.length === 0
      ? []
      : ['its public half, written by "resonate-auth key public", as the publickey of']),
    ...describeUses(mended, paint),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const TERM_WIDTH = 14

function nameHalf({ private: secret, encrypted, syntax }: KeyDescription): string {
  if (syntax === 'X.509 certificate') return 'a certificate'
  if (!secret) return 'a public key'
  return encrypted ? 'an encrypted private key' : 'a private key'
}

type Row = readonly [term: string, text: string]

function rowsOf(key: InspectedKey, mode: number | undefined): readonly Row[] {
  const { algorithms, thumbprint, key: facts } = key
  const rows: readonly (readonly [term: string, text: string | undefined])[] = [
    ['form', nameForm(key)],
    ['key', facts === undefined ? `unknown: ${key.problem ?? ''}` : nameKey(facts)],
    [key.private ? 'signs with' : 'checks', algorithms?.join(', ')],
    ['kid', thumbprint],
    ['stated kid', key.kid === thumbprint ? undefined : JSON.stringify(key.kid)],
    ['SPKI SHA-256', facts?.spkiSha256],
    ['mode', mode === undefined || !key.private ? undefined : octal(mode)],
  ]
  return rows.flatMap(([term, text]) => (text === undefined ? [] : [[term, text] as const]))
}

function nameForm({ syntax, encoding, label }: KeyDescription): string {
  if (encoding === 'PEM') return `${syntax} in PEM, labelled "${label ?? ''}"`
  return encoding === 'DER' ? `${syntax} in DER` : syntax
}

/** Servers that do the same stand together. */
function describeUses(uses: readonly KeyUse[], paint: Paint): readonly string[] {
  const servers = new Map<string, string[]>()
  for (const use of uses) {
    const text = (isUsable(use) ? paint.green : paint.red)(describeLoad(use.load))
    const sure = use.certainty === 'recorded' ? '' : paint.dim(` (from ${use.certainty})`)
    servers.set(text, [...(servers.get(text) ?? []), `${use.target}${sure}`])
  }
  return [...servers].flatMap(([text, names]) => [`  ${names.join(', ')}`, `    ${text}`])
}

/** What the server does, e.g. `works with EdDSA` or `does not start: …`. */
function describeLoad(load: KeyLoad): string {
  if (!load.starts) return `does not start: ${load.message}`
  const { flaw, complaint, type, algorithms, usable } = load.key
  if (flaw !== undefined)
    return `starts and then rejects every token: ${complaint ?? KEY_FLAWS[flaw]}`
  return `works with ${(usable ?? algorithms).join(', ')} (${type})`
}

/** The same for a script. */
export function keyFileMembers(
  { mode, keys, uses, publicUses }: InspectedFile,
  path: string | undefined,
): Readonly<Record<string, unknown>> {
  return {
    file: path ?? null,
    mode: mode === undefined ? null : octal(mode),
    keys: keys.map(({ encoding, syntax, private: secret, encrypted, ...key }) => ({
      encoding,
      form: syntax,
      label: key.label ?? null,
      private: secret,
      encrypted,
      type: key.key?.type ?? null,
      bits: key.key?.bits ?? null,
      curve: key.key?.curve ?? null,
      algorithms: key.algorithms ?? [],
      kid: key.thumbprint ?? null,
      statedKid: key.kid ?? null,
      spkiSha256: key.key?.spkiSha256 ?? null,
      problem: key.problem ?? null,
    })),
    targets: uses.map(useMembers),
    publicHalf: publicUses.map(useMembers),
  }
}

function useMembers(use: KeyUse): Readonly<Record<string, unknown>> {
  const { target, certainty, load } = use
  const common = { target, certainty, usable: isUsable(use), starts: load.starts }
  if (!load.starts) return { ...common, exit: load.exit, message: load.message }
  const { type, algorithms, usable, flaw, complaint } = load.key
  return {
    ...common,
    type,
    algorithms: flaw === undefined ? (usable ?? algorithms) : [],
    ...(flaw !== undefined && { flaw, because: complaint ?? KEY_FLAWS[flaw] }),
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

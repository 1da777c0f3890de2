import { ExitCode, type ExitStatus } from '../errors.ts'
import { type KeyDescription, nameKey } from '../key/describe.ts'
import { keyId } from '../key/public-key.ts'
import type { Conversation } from './conversation.ts'
import {
  type OpenedKeyFile,
  openKeyFile,
  passphraseAsker,
  readKeyFile,
  unreadError,
} from './key-operand.ts'
import type { PassphraseOptions } from './key-source.ts'

/** One key of a file that was compared. */
interface Compared {
  readonly file: OpenedKeyFile
  readonly key: KeyDescription
}

/** `key match`: whether two files hold the same pair; of several keys in a file any may be the one. */
export async function matchKeys(
  talk: Conversation,
  options: PassphraseOptions,
  first: string,
  second: string,
): Promise<ExitStatus> {
  const ask = passphraseAsker(talk, options)
  const one = await readKeyFile(talk, first)
  const other = await readKeyFile(talk, second, 'the other key')
  const ones = list(await openKeyFile(talk, one, ask))
  const others = list(await openKeyFile(talk, other, ask))
  const pair = findPair(ones, others)
  if (pair === undefined) for (const each of [...ones, ...others]) refuseUnread(each)
  await tell(talk, pair !== undefined, pair ?? [...ones, ...others])
  return pair === undefined ? ExitCode.no : ExitCode.ok
}

function list(file: OpenedKeyFile): readonly Compared[] {
  return file.keys.map((key) => ({ file, key }))
}

function findPair(
  ones: readonly Compared[],
  others: readonly Compared[],
): readonly [Compared, Compared] | undefined {
  for (const one of ones) {
    const print = one.key.key?.spkiSha256
    const other = others.find(({ key }) => key.key?.spkiSha256 === print)
    if (print !== undefined && other !== undefined) return [one, other]
  }
  return undefined
}

/** Keys that cannot be compared: "different" would be a guess. */
function refuseUnread({ file, key }: Compared): void {
  if (key.key?.numbers === undefined) throw unreadError(file, key)
}

async function tell(
  talk: Conversation,
  same: boolean,
  compared: readonly Compared[],
): Promise<void> {
  const facts = await Promise.all(compared.map(factsOf))
  if (talk.json) {
    await talk.document('key-match/v1', { match: same, keys: facts })
    return
  }
  const halves = new Set(facts.map((each) => each.private)).size
  const verdict = same ? `the same ${halves > 1 ? 'pair' : 'key'}` : 'different keys'
  const width = Math.max(...facts.map(({ name }) => name.length))
  const lines = facts.map(
    (each) =>
      `  ${each.name.padEnd(width)}  ${each.key}, ${each.private ? 'private' : 'public'}, ${each.form}\n  ${' '.repeat(width)}  kid ${each.kid}\n`,
  )
  await talk.product(`${verdict}\n${lines.join('')}`)
}

async function factsOf({ file: { name, path }, key }: Compared): Promise<{
  readonly name: string
  readonly file: string | null
  readonly key: string
  readonly form: string
  readonly private: boolean
  readonly kid: string
  readonly spkiSha256: string
}> {
  const { key: facts } = key
  const numbers = facts?.numbers
  return {
    name,
    file: path ?? null,
    key: facts === undefined ? 'unknown' : nameKey(facts),
    form: key.syntax,
    private: key.private,
    kid: numbers === undefined ? '' : await keyId({ numbers }),
    spkiSha256: facts?.spkiSha256 ?? '',
  }
}

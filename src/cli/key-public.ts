import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { describeNumbers, type KeyDescription, nameKey } from '../key/describe.ts'
import { nameError } from '../key/key-error.ts'
import { exportJwks, exportPublic, type NamedNumbers } from '../key/key-export.ts'
import { KEY_FORMATS, type PublicFormat } from '../key/key-format.ts'
import { importPublicKey, keyId, spkiFingerprint } from '../key/public-key.ts'
import type { Conversation } from './conversation.ts'
import {
  type OpenedKeyFile,
  openKeyFile,
  passphraseAsker,
  readKeyFile,
  unreadError,
} from './key-operand.ts'
import { deliverKey, type KeyOutputOptions } from './key-output.ts'
import type { PassphraseOptions } from './key-source.ts'

export interface PublicOptions extends PassphraseOptions, KeyOutputOptions {
  readonly to?: PublicFormat
  readonly kid?: string
}

/** `key public`: the public half of a key in any form. */
export async function writePublicHalf(
  talk: Conversation,
  { to = 'spki', ...options }: PublicOptions,
  operand: string | undefined,
): Promise<ExitStatus> {
  const file = await openKeyFile(
    talk,
    await readKeyFile(talk, operand),
    passphraseAsker(talk, options),
  )
  await deliverPublic(talk, file, to, options, 'key-public/v1')
  return ExitCode.ok
}

/** Writes the public half of `file` in `format`; `document` is the name of the schema under --json. Throws AuthError. */
export async function deliverPublic(
  talk: Conversation,
  file: OpenedKeyFile,
  format: PublicFormat,
  options: Omit<PublicOptions, 'to'>,
  document: string,
): Promise<void> {
  await refuseReplacing(talk, file, options)
  const keys = choosePublic(talk, file, format, options.kid)
  const [first] = keys
  const content = await write(keys, format, file.name)
  const what = keys.length > 1 ? `${keys.length} keys` : nameKey(describeNumbers(first.numbers))
  const says = `${what}, ${KEY_FORMATS[format].says}`
  const members = { format, private: false, kid: first.kid ?? (await keyId(first)) }
  await deliverKey(talk, { content, secret: false, says }, options, document, members)
}

/** With --force the only copy of a private key would give way to its public half. */
async function refuseReplacing(
  { host: { files } }: Conversation,
  { path, keys }: OpenedKeyFile,
  { out }: KeyOutputOptions,
): Promise<void> {
  if (path === undefined || out === undefined || !keys.some((key) => key.private)) return
  const source = await files.realPath(path)
  if (source === undefined || source !== (await files.realPath(out))) return
  throw new UsageError(`--out names the private key ${path}, which would be lost`, {
    hints: ['write the public half into a file of its own'],
  })
}

async function write(
  keys: AtLeastOne,
  format: PublicFormat,
  name: string,
): Promise<string | Uint8Array> {
  if (format === 'jwks') return exportJwks(keys)
  try {
    return await exportPublic(format, keys[0])
  } catch (error) {
    throw nameError(name, error)
  }
}

type AtLeastOne = readonly [NamedNumbers, ...(readonly NamedNumbers[])]

/** The keys to write: one, or for a JWKS all of the file, each once. */
function choosePublic(
  talk: Conversation,
  file: OpenedKeyFile,
  format: PublicFormat,
  kid: string | undefined,
): AtLeastOne {
  const { bytes, name, keys, passphrase } = file
  if (keys[0]?.encrypted === true && passphrase === undefined) throw unreadError(file, keys[0])
  if (format === 'jwks' && kid === undefined) {
    const all = keys.map((key) => readNumbers(file, key))
    const prints = all.map(spkiFingerprint)
    const [first, ...rest] = all.filter((_, at) => prints.indexOf(prints[at] ?? '') === at)
    if (first !== undefined) return [first, ...rest]
  }
  const options = {
    ...(kid !== undefined && { kid }),
    ...(passphrase !== undefined && { passphrase }),
  }
  const { numbers } = importPublicKey(bytes, name, options)
  if (keys.length > 1 && kid === undefined)
    talk.warn(`${name} holds ${keys.length} keys; the first one is taken`)
  return [{ numbers, kid: kid ?? keys[0]?.kid }]
}

function readNumbers(file: OpenedKeyFile, key: KeyDescription): NamedNumbers {
  const numbers = key.key?.numbers
  if (numbers === undefined) throw unreadError(file, key)
  return { numbers, kid: key.kid }
}

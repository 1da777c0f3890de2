import { resolve } from 'node:path'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { describeNumbers, type KeyDescription, nameKey } from '../key/describe.ts'
import { foreignKeyError, nameError } from '../key/key-error.ts'
import { exportJwks, exportPublic, type NamedNumbers } from '../key/key-export.ts'
import { KEY_FORMATS, type PublicFormat } from '../key/key-format.ts'
import { importPublicKey, keyId, spkiFingerprint } from '../key/public-key.ts'
import type { Conversation } from './conversation.ts'
import {
  lockedError,
  type OpenedKeyFile,
  openKeyFile,
  passphraseAsker,
  readKeyFile,
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
  refuseReplacing(talk, file, options)
  const keys = choosePublic(talk, file, format, options.kid)
  const [first] = keys
  const content = await write(keys, format, file.name)
  const says = `${keys.map(({ numbers }) => nameKey(describeNumbers(numbers))).join(', ')}, ${KEY_FORMATS[format].says}`
  const members = { format, private: false, kid: first.kid ?? (await keyId(first)) }
  await deliverKey(talk, { content, secret: false, says }, options, document, members)
}

/** With --force the only copy of a private key would give way to its public half. */
function refuseReplacing(
  { host }: Conversation,
  { path, keys }: OpenedKeyFile,
  { out }: KeyOutputOptions,
): void {
  if (path === undefined || out === undefined || out === '-') return
  if (resolve(host.cwd, path) === resolve(host.cwd, out) && keys.some((key) => key.private))
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
  { bytes, name, keys, passphrase }: OpenedKeyFile,
  format: PublicFormat,
  kid: string | undefined,
): AtLeastOne {
  if (keys[0]?.encrypted === true && passphrase === undefined) throw lockedError(name)
  if (format === 'jwks' && kid === undefined) {
    const all = keys.map((key) => readNumbers(key, name))
    const prints = all.map(spkiFingerprint)
    const [first, ...rest] = all.filter((_, at) => prints.indexOf(prints[at] ?? '') === at)
    if (first !== undefined) return [first, ...rest]
  }
  const options = { ...(kid !== undefined && { kid }), ...(passphrase && { passphrase }) }
  const { numbers } = importPublicKey(bytes, name, options)
  if (keys.length > 1 && kid === undefined)
    talk.warn(`${name} holds ${keys.length} keys; the first one is taken`)
  return [{ numbers, kid: kid ?? keys[0]?.kid }]
}

function readNumbers({ key, kid, problem }: KeyDescription, name: string): NamedNumbers {
  if (key?.numbers !== undefined) return { numbers: key.numbers, kid }
  throw nameError(
    name,
    key === undefined
      ? new AuthError('ERR_KEY_FORM', problem ?? 'a key that cannot be read')
      : foreignKeyError({ type: 'foreign', name: key.type }),
  )
}

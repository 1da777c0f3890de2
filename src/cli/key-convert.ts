import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { describeNumbers, nameKey } from '../key/describe.ts'
import { ENCRYPTION_RANDOM_SIZE } from '../key/encryption.ts'
import { nameError } from '../key/key-error.ts'
import { exportPrivate } from '../key/key-export.ts'
import {
  isPublicFormat,
  isPublicOnly,
  KEY_FORMATS,
  type KeyFormat,
  type PrivateFormat,
  PUBLIC_FORMAT_NAMES,
} from '../key/key-format.ts'
import { exportEncryptedPem } from '../key/private-export.ts'
import { importPrivateKey, type PrivateKey } from '../key/private-key.ts'
import { keyId } from '../key/public-key.ts'
import type { Conversation } from './conversation.ts'
import { type OpenedKeyFile, openKeyFile, passphraseAsker, readKeyFile } from './key-operand.ts'
import { deliverKey, type KeyOutputOptions } from './key-output.ts'
import { deliverPublic } from './key-public.ts'
import type { PassphraseOptions } from './key-source.ts'
import { isGiven, readNewPassphrase } from './new-passphrase.ts'

export interface ConvertOptions extends PassphraseOptions, KeyOutputOptions {
  readonly to?: KeyFormat
  readonly newPassphraseFile?: string
  readonly newPassphraseFd?: number
}

/** `key convert`: the same key in another form; a private key stays private unless the form is a public one. */
export async function convertKey(
  talk: Conversation,
  options: ConvertOptions,
  operand: string | undefined,
): Promise<ExitStatus> {
  refuseContradictions(options)
  const file = await openKeyFile(
    talk,
    await readKeyFile(talk, operand),
    passphraseAsker(talk, options),
  )
  const secret = file.keys.some((key) => key.private)
  const format = chooseFormat(options, secret)
  if (secret && !isPublicOnly(format)) await deliverPrivate(talk, file, format, options)
  else if (isPublicFormat(format))
    await deliverPublic(talk, file, format, options, 'key-convert/v1')
  else throw cannotBecomePrivate(file)
  return ExitCode.ok
}

function refuseContradictions(options: ConvertOptions): void {
  const { to = 'encrypted-pkcs8' } = options
  if (isGiven(newPassphrase(options)) && to !== 'encrypted-pkcs8' && to !== 'pkcs8')
    throw new UsageError(`a new passphrase is for --to encrypted-pkcs8, not for ${to}`, {
      hints: ['leave it out, or encrypt with --to encrypted-pkcs8'],
    })
}

function newPassphrase({ newPassphraseFile, newPassphraseFd }: ConvertOptions): PassphraseOptions {
  return {
    ...(newPassphraseFile !== undefined && { passphraseFile: newPassphraseFile }),
    ...(newPassphraseFd !== undefined && { passphraseFd: newPassphraseFd }),
  }
}

/** A new passphrase asks for encryption; otherwise the form is --to, or the usual one of the half. */
function chooseFormat(options: ConvertOptions, secret: boolean): KeyFormat {
  if (isGiven(newPassphrase(options))) return 'encrypted-pkcs8'
  return options.to ?? (secret ? 'pkcs8' : 'spki')
}

function cannotBecomePrivate({ name, keys }: OpenedKeyFile): AuthError {
  const what = keys[0]?.syntax === 'X.509 certificate' ? 'a certificate' : 'a public key'
  return new AuthError('ERR_KEY_FORM', `${name}: ${what}; it cannot become a private one`, {
    hints: [
      'give the private key that belongs to it',
      `or choose a form of public keys: ${PUBLIC_FORMAT_NAMES.join(', ')}`,
    ],
  })
}

async function deliverPrivate(
  talk: Conversation,
  file: OpenedKeyFile,
  format: PrivateFormat | 'encrypted-pkcs8',
  options: ConvertOptions,
): Promise<void> {
  const { bytes, name, passphrase, keys } = file
  const key = importPrivateKey(bytes, passphrase, name)
  const kid = keys.find((each) => each.private)?.kid
  const content = await write(talk, key, format, options, { name, kid })
  if (passphrase !== undefined && format !== 'encrypted-pkcs8')
    talk.warn(`${name} is encrypted, what is written is not`)
  const says = `${nameKey(describeNumbers(key.numbers))}, ${KEY_FORMATS[format].says}`
  const members = { format, private: true, kid: kid ?? (await keyId(key)) }
  await deliverKey(talk, { content, secret: true, says }, options, 'key-convert/v1', members)
}

async function write(
  talk: Conversation,
  key: PrivateKey,
  format: PrivateFormat | 'encrypted-pkcs8',
  options: ConvertOptions,
  { name, kid }: { readonly name: string; readonly kid: string | undefined },
): Promise<string | Uint8Array> {
  if (format === 'encrypted-pkcs8') {
    const passphrase = await readNewPassphrase(talk, newPassphrase(options), {
      asker: '--to encrypted-pkcs8',
      give: '--new-passphrase-file or --new-passphrase-fd',
      without: 'for a key without one use --to pkcs8',
    })
    return exportEncryptedPem(key, passphrase, talk.host.random(ENCRYPTION_RANDOM_SIZE))
  }
  try {
    return await exportPrivate(format, key, kid)
  } catch (error) {
    throw nameError(name, error)
  }
}

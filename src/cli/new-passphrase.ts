import { AuthError, UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'
import { type PassphraseOptions, readPassphrase } from './key-source.ts'

/** What to say where there is no usable passphrase. */
export interface NewPassphraseHints {
  /** Names what asked for encryption, e.g. `--encrypt`. */
  readonly asker: string
  /** The options that give a passphrase without asking. */
  readonly give: string
  /** How to do without one. */
  readonly without: string
}

/**
 * The passphrase that a private key is going to be encrypted with: from a file or descriptor, else asked for twice. Throws
 * UsageError when nobody can be asked, AuthError ERR_KEY_PASSPHRASE when it is empty or the two differ.
 */
export async function readNewPassphrase(
  talk: Conversation,
  given: PassphraseOptions,
  { asker, give, without }: NewPassphraseHints,
): Promise<Uint8Array> {
  const passphrase = await readPassphrase(talk, given, 'new passphrase:')
  if (passphrase === undefined)
    throw new UsageError(`${asker} has nobody to ask for a passphrase`, {
      hints: [`give it with ${give}`],
    })
  if (passphrase.length === 0)
    throw new AuthError('ERR_KEY_PASSPHRASE', 'the passphrase is empty', { hints: [without] })
  if (!isGiven(given)) await confirmPassphrase(talk, passphrase)
  return passphrase
}

/** Whether a file or a descriptor gives the passphrase, so that nobody is asked. */
export function isGiven({ passphraseFile, passphraseFd }: PassphraseOptions): boolean {
  return passphraseFile !== undefined || passphraseFd !== undefined
}

async function confirmPassphrase(talk: Conversation, passphrase: Uint8Array): Promise<void> {
  const again = await readPassphrase(talk, {}, 'the same passphrase again:')
  if (again === undefined || Buffer.compare(again, passphrase) !== 0)
    throw new AuthError('ERR_KEY_PASSPHRASE', 'the two passphrases differ, nothing was written')
}

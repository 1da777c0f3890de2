import { UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'

/** Where a key goes, and whether an existing file may give way. */
export interface KeyOutputOptions {
  readonly out?: string
  readonly force?: boolean
}

/** A key as it is written. */
export interface WrittenKey {
  /** PEM or JSON as text, DER as bytes. */
  readonly content: string | Uint8Array
  /** Whether it holds a private key, encrypted or not. */
  readonly secret: boolean
  /** What it is, for the note about a file, e.g. `Ed25519, SPKI in PEM`. */
  readonly says: string
}

/**
 * Writes a key to `--out`, a private one for its owner alone, else to standard output; under `--json` the document `name`
 * with `members` says where it is or holds it. Throws AuthError as Files.write does, UsageError for DER on a terminal.
 */
export async function deliverKey(
  talk: Conversation,
  { content, secret, says }: WrittenKey,
  { out, force }: KeyOutputOptions,
  name: string,
  members: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (out !== undefined && out !== '-') {
    await talk.host.files.write(
      [{ path: out, content, mode: secret ? 0o600 : 0o644 }],
      force === true,
    )
    talk.note(`wrote ${out} (${says}${secret ? ', for you alone' : ''})`)
    if (talk.json) await talk.document(name, { ...members, out, ...embed(undefined) })
    return
  }
  if (secret) await warnExposed(talk)
  if (talk.json) await talk.document(name, { ...members, out: null, ...embed(content) })
  else if (typeof content === 'string') await talk.product(content)
  else await writeBinary(talk, content)
}

function embed(content: string | Uint8Array | undefined): Readonly<Record<string, string | null>> {
  return {
    text: typeof content === 'string' ? content : null,
    base64: content instanceof Uint8Array ? Buffer.from(content).toString('base64') : null,
  }
}

async function writeBinary(talk: Conversation, content: Uint8Array): Promise<void> {
  if (talk.host.terminal.stdout)
    throw new UsageError('DER is not for a terminal', {
      hints: ['write it into a file with --out FILE'],
    })
  await talk.product(content)
}

/** Warns about a private key on standard output: a terminal keeps it in its scrollback, a file has its own mode. */
export async function warnExposed(talk: Conversation): Promise<void> {
  if (talk.host.terminal.stdout)
    talk.warn('the private key stands on your terminal; --out FILE writes it for you alone')
  const stat = await talk.host.files.stat('/dev/stdout')
  if (stat?.kind === 'file' && (stat.mode & 0o077) !== 0)
    talk.warn(
      `the file behind standard output can be read by others (mode 0${stat.mode.toString(8)})`,
    )
}

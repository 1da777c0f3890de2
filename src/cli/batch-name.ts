import type { BatchForm } from './batch-options.ts'

const EXTENSIONS = {
  jsonl: 'json',
  token: 'jwt',
  env: 'env',
  dotenv: 'env',
} as const satisfies Readonly<Record<BatchForm, string>>

/** Bytes of a name that every file system takes, the extension aside. */
const NAME_LIMIT = 200

/** Names that mean devices on Windows, whatever follows them after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export type NameOutcome =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly message: string }

/**
 * The name of the file for the token of `id`: what is neither a letter or digit of ASCII nor one of `._@+=-` becomes `_`.
 * An id that would leave the directory, hide the file or name a device is refused.
 */
export function nameFile(id: string, form: BatchForm): NameOutcome {
  const refuse = (why: string): NameOutcome => ({
    ok: false,
    message: `id ${JSON.stringify(id.slice(0, NAME_LIMIT))} names no file: ${why}`,
  })
  if (id === '') return refuse('it is empty')
  if (/[/\\\p{Cc}]/u.test(id)) return refuse('it holds a path separator or a control character')
  if (id.startsWith('.')) return refuse('it begins with a dot')
  if (DEVICE.test(id)) return refuse('Windows keeps that name for a device')
  if (id.length > NAME_LIMIT) return refuse(`it has more than ${NAME_LIMIT} characters`)
  return { ok: true, name: `${id.replaceAll(/[^\w.@+=-]/gu, '_')}.${EXTENSIONS[form]}` }
}

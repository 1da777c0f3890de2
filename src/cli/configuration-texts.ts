import { fileSpan } from '../config/position.ts'
import type { Origin } from '../config/setting.ts'
import type { GatheredConfiguration } from './configuration-source.ts'
import type { Conversation } from './conversation.ts'

/** Bytes of a file whose text is shown. */
const LIMIT = 4 * 1024 * 1024

/**
 * The texts of env files and deployment files, also of those that variables and arguments merely point into; of files of
 * at most 4 MiB.
 */
export async function readTexts(
  talk: Conversation,
  { source, configuration: { file }, grammars }: GatheredConfiguration,
): Promise<ReadonlyMap<string, string>> {
  const { variables = [], arguments: list } = source
  const origins: readonly Origin[] = [...variables, ...list].map(({ origin }) => origin)
  const pointed = origins.flatMap((origin) => fileSpan(origin)?.file ?? [])
  const names = new Set([...grammars.keys(), ...pointed])
  const texts = new Map<string, string>()
  const { decodeText } = await import('../deploy/source-text.ts')
  for (const name of names) {
    if (name === file?.path) continue
    const read = await talk.host.files.read(name, LIMIT)
    if (read.ok) texts.set(name, decodeText(read.bytes))
  }
  return texts
}

import type { Configuration } from '../config/configuration.ts'
import type { Grammar, Outline } from '../config/outline.ts'
import type { Origin } from '../config/setting.ts'
import { fileSpan } from '../lint/identity.ts'
import type { GatheredConfiguration } from './configuration-source.ts'
import type { Conversation } from './conversation.ts'

/**
 * The texts of env files and deployment files, also of those that variables and arguments merely point into; of files of
 * at most `limit` bytes.
 */
export async function readTexts(
  talk: Conversation,
  { source, configuration: { file }, grammars }: GatheredConfiguration,
  limit: number,
): Promise<ReadonlyMap<string, string>> {
  const { variables = [], arguments: list } = source
  const origins: readonly Origin[] = [...variables, ...list].map(({ origin }) => origin)
  const pointed = origins.flatMap((origin) => fileSpan(origin)?.file ?? [])
  const names = new Set([...grammars.keys(), ...pointed])
  const texts = new Map<string, string>()
  const { decodeText } = await import('../deploy/source-text.ts')
  for (const name of names) {
    if (name === file?.path) continue
    const read = await talk.host.files.read(name, limit)
    if (read.ok) texts.set(name, decodeText(read.bytes))
  }
  return texts
}

/** The outlines of the texts that mention a suppression and are not TOML, which lint reads itself. */
export async function readOutlines(
  grammars: ReadonlyMap<string, Grammar>,
  { file }: Configuration,
  texts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Outline>> {
  const { mentionsSuppression } = await import('../lint/suppression.ts')
  const sources = [...texts].map(([name, text]) => ({
    file: name,
    text,
    grammar: grammars.get(name),
  }))
  if (file !== undefined) sources.push({ file: file.path, text: file.text, grammar: file.grammar })
  const outlines = new Map<string, Outline>()
  for (const { grammar, ...source } of sources) {
    if (grammar === undefined || grammar === 'toml' || !mentionsSuppression(source.text)) continue
    const { outlineOf } = await import('../deploy/outline.ts')
    outlines.set(source.file, outlineOf(grammar, source))
  }
  return outlines
}

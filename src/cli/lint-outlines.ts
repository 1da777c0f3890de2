import type { Configuration } from '../config/configuration.ts'
import type { Grammar, Outline } from '../config/outline.ts'

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

import type { Span } from '../../config/setting.ts'
import type { FormatRead } from './config-format.ts'
import { decodeYaml } from './yaml-decode.ts'
import { readFirstDocument } from './yaml-grammar.ts'
import { decodeYamlText } from './yaml-text.ts'

/** Longer texts are not gone through. */
const MAX_LENGTH = 1024 * 1024

/** go.yaml.in/yaml v3.0.4 into a map[string]any: the first document alone counts. */
export function holdYaml(bytes: Uint8Array, file: string): FormatRead {
  const decoded = decodeYamlText(bytes)
  const { text } = decoded
  if (text.length > MAX_LENGTH)
    return { kind: 'unknown', text, decides: `more than ${MAX_LENGTH} characters of YAML` }
  if (!decoded.ok) return { kind: 'refused', text, message: `yaml: ${decoded.message}` }
  const offset = offsetsOf(text)
  const found = readFirstDocument(text)
  if (!found.ok) {
    const span = { start: offset(found.index), end: offset(found.index) }
    return { kind: 'refused', text, message: `yaml: ${found.message}`, span }
  }
  const end = offset(found.end)
  if (found.root === undefined) return { kind: 'read', text, end, entries: new Map() }
  const spanOf = ({ start, end }: { readonly start: number; readonly end: number }): Span => ({
    start: offset(start),
    end: offset(end),
  })
  const read = decodeYaml(found.root, (node) => ({ kind: 'file', file, span: spanOf(node) }))
  switch (read.kind) {
    case 'read':
      return { kind: 'read', text, end, entries: read.entries }
    case 'refused':
      return { kind: 'refused', text, message: read.message, span: spanOf(read.node) }
    case 'unknown':
      return { kind: 'unknown', text, decides: read.decides }
  }
}

/** From the index of a character to its UTF-16 offset; a byte order mark in front is no character. */
function offsetsOf(text: string): (index: number) => number {
  const first = text.startsWith('\ufeff') ? 1 : 0
  if (!/[\ud800-\udbff]/.test(text)) return (index) => Math.min(first + index, text.length)
  const offsets = [first]
  for (const character of text.slice(first)) offsets.push((offsets.at(-1) ?? 0) + character.length)
  return (index) => offsets[index] ?? text.length
}

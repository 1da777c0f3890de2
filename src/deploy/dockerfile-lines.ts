import { type Passage, PassageWriter, passageAt, slicePassage } from './passage.ts'
import { type Line, type SourceText, splitLines } from './source-text.ts'

/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  /** In capitals, e.g. `ENV`. */
  readonly keyword: string
  /** What follows the keyword, with the place of every unit. */
  readonly rest: Passage
  readonly heredocs: readonly Heredoc[]
}

export interface Heredoc {
  readonly name: string
  /** Whether its text is taken as it is: the name stands in quotes. */
  readonly quoted: boolean
  readonly text: Passage
}

export interface DockerfileLines {
  readonly instructions: readonly Instruction[]
  /** The escape character, a backslash or a backtick. */
  readonly escapeUnit: string
}

/**
 * Splits a Dockerfile into instructions (Dockerfile reference: parser directives, comments, line continuation,
 * here-documents). Comment and empty lines within a continued instruction are dropped.
 */
export function readDockerfileLines(source: SourceText): DockerfileLines {
  const lines = splitLines(source.text)
  const escapeUnit = findEscape(lines)
  const instructions: Instruction[] = []
  for (let at = 0; at < lines.length; ) {
    const first = lines[at]
    if (first === undefined || /^\s*(?:#|$)/.test(first.text)) at++
    else {
      const { passage, next } = joinLines(source, lines, at, escapeUnit)
      const { instruction, after } = readInstruction(source, passage, lines, next)
      if (instruction !== undefined) instructions.push(instruction)
      at = after
    }
  }
  return { instructions, escapeUnit }
}

function findEscape(lines: readonly Line[]): string {
  for (const { text } of lines) {
    if (text.length > 100) break
    const directive = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.*?)\s*$/.exec(text)
    if (directive === null) break
    if (directive[1]?.toLowerCase() === 'escape' && directive[2] === '`') return '`'
  }
  return '\\'
}

function joinLines(
  { file }: SourceText,
  lines: readonly Line[],
  from: number,
  escapeUnit: string,
): { passage: Passage; next: number } {
  const out = new PassageWriter()
  const begin = lines[from]?.start ?? 0
  let at = from
  let open = true
  for (; open && at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined || (at > from && /^\s*(?:#|$)/.test(line.text))) continue
    const body = line.text.trimEnd()
    open = body.endsWith(escapeUnit)
    const kept = open ? body.slice(0, -1) : line.text
    out.copy(passageAt(file, kept, line.start))
  }
  return { passage: out.finish({ file, span: { start: begin, end: begin } }), next: at }
}

const HEREDOC = /<<-?(["']?)([A-Za-z_][A-Za-z0-9_]*)\1/g

function readInstruction(
  source: SourceText,
  passage: Passage,
  lines: readonly Line[],
  next: number,
): { instruction: Instruction | undefined; after: number } {
  const match = /^\s*([A-Za-z]+)(?:\s+|$)/.exec(passage.text)
  if (match === null) return { instruction: undefined, after: next }
  const keyword = (match[1] ?? '').toUpperCase()
  const end = passage.text.trimEnd().length
  const rest = slicePassage(passage, match[0].length, Math.max(match[0].length, end))
  const heredocs: Heredoc[] = []
  let after = next
  const opens = /^(?:RUN|COPY|ADD)$/.test(keyword) ? rest.text.matchAll(HEREDOC) : []
  for (const [opening, quote = '', name = ''] of opens) {
    const tabs = opening.startsWith('<<-')
    const out = new PassageWriter()
    for (; after < lines.length; after++) {
      const line = lines[after]
      const text = tabs ? (line?.text.replace(/^\t+/, '') ?? '') : (line?.text ?? '')
      if (text === name) break
      const start = (line?.start ?? 0) + (line?.text.length ?? 0) - text.length
      out.copy(passageAt(source.file, `${text}\n`, start))
    }
    after++
    heredocs.push({ name, quoted: quote !== '', text: out.finish(rest) })
  }
  return { instruction: { keyword, rest, heredocs }, after }
}

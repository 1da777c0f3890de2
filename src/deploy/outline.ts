import { createOutline, type Grammar, type Outline } from '../config/outline.ts'
import type { Span } from '../config/setting.ts'
import { outlineYaml } from '../config/yaml-outline.ts'
import { AuthError } from '../errors.ts'
import { readDockerfileLines } from './dockerfile-lines.ts'
import { readDotenv } from './dotenv.ts'
import { readDockerEnvFile } from './env-file.ts'
import type { Scope } from './interpolation.ts'
import type { Passage } from './passage.ts'
import { type SourceText, splitLines } from './source-text.ts'
import { readSystemdEnvFile } from './systemd-env-file.ts'
import { readUnitEntries } from './systemd-lines.ts'

type LineGrammar = Exclude<Grammar, 'toml' | 'yaml'>

/** The comments of a file and what they can be about; none in a file that its grammar refuses. */
export function outlineOf(grammar: Exclude<Grammar, 'toml'>, source: SourceText): Outline {
  if (grammar === 'yaml') return outlineYaml(source.text)
  try {
    return outlineLines(grammar, source)
  } catch (error) {
    if (error instanceof AuthError) return createOutline([], [])
    throw error
  }
}

/** Comments as the file's reader sees them: what begins with the grammar's mark where no unit of a value stands. */
function outlineLines(grammar: LineGrammar, source: SourceText): Outline {
  const statements = readStatements(grammar, source)
  const taken = new Uint8Array(source.text.length)
  for (const passage of statements.flat())
    for (const { start, end } of passage.marks) taken.fill(1, start, end)
  const comments = splitLines(source.text).flatMap(({ start, text }) => {
    const end = start + text.length
    const free = taken.subarray(start, end).lastIndexOf(1) + 1
    const found = text.slice(free).search(MARKS[grammar])
    return found === -1 ? [] : [{ start: start + free + found, end }]
  })
  return createOutline(
    comments,
    statements.flatMap((parts) => spanOf(source.text, parts) ?? []),
  )
}

/** Where a comment begins in what a line has behind its values; `#` alone where one may follow a value. */
const MARKS = {
  'docker-env': /(?<=^\s*)#/,
  dotenv: /#/,
  'systemd-env': /(?<=^\s*)[#;]/,
  systemd: /(?<=^\s*)[#;]/,
  dockerfile: /(?<=^\s*)#/,
} as const satisfies Record<LineGrammar, RegExp>

/** What is substituted does not matter to what is a comment. */
const UNKNOWN: Scope = {
  find: () => ({ unknown: 'not looked for' }),
  unset: () => ({ unknown: 'not looked for' }),
}

/** The values of every statement. */
function readStatements(grammar: LineGrammar, source: SourceText): readonly Passage[][] {
  switch (grammar) {
    case 'docker-env':
      return readDockerEnvFile(source, UNKNOWN).map(({ value }) => [value])
    case 'dotenv':
      return readDotenv(source, UNKNOWN).map(({ value }) => [value])
    case 'systemd-env':
      return readSystemdEnvFile(source).map(({ value }) => [value])
    case 'systemd':
      return readUnitEntries(source).map(({ value }) => [value])
    case 'dockerfile':
      return readDockerfileLines(source).instructions.map(({ rest, heredocs }) => [
        rest,
        ...heredocs.map(({ text }) => text),
      ])
  }
}

/** From the beginning of the first line. */
function spanOf(text: string, passages: readonly Passage[]): Span | undefined {
  const [first] = passages
  const last = passages.at(-1)
  if (first === undefined || last === undefined) return undefined
  return { start: text.lastIndexOf('\n', first.span.start - 1) + 1, end: last.span.end }
}

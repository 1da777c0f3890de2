import { type Assignment, inherit } from './environment.ts'
import type { Scope } from './interpolation.ts'
import { passageAt } from './passage.ts'
import { errorAt, placeAt, type SourceText, SPACE, splitLines } from './source-text.ts'

/**
 * Reads a file of `docker run --env-file` or of compose's `format: raw`: nothing is unquoted, unescaped or substituted,
 * a trailing blank is part of the value, comments stand on lines of their own, and a bare `NAME` is taken from the
 * environment (docker/cli pkg/kvfile). Throws AuthError where docker refuses the file.
 */
export function readDockerEnvFile(source: SourceText, scope: Scope): Assignment[] {
  const assignments: Assignment[] = []
  for (const { start, text } of splitLines(source.text)) {
    let indent = 0
    while (SPACE.test(text.charAt(indent))) indent++
    if (indent < text.length && text.charAt(indent) !== '#') {
      const assignment = readDockerLine(source, start + indent, text.slice(indent), scope)
      if (assignment !== undefined) assignments.push(assignment)
    }
  }
  return assignments
}

function readDockerLine(
  source: SourceText,
  start: number,
  line: string,
  scope: Scope,
): Assignment | undefined {
  const equals = line.indexOf('=')
  const name = equals === -1 ? line : line.slice(0, equals)
  if (name === '') throw errorAt(source, start, 'no variable name before "="')
  if (/[ \t]/.test(name))
    throw errorAt(source, start, 'a blank in a variable name, which docker refuses', {
      hints: ['write NAME=value without "export" and without blanks around "="'],
    })
  if (equals === -1) {
    const value = inherit(name, placeAt(source, start, start + name.length), scope)
    return value === undefined ? undefined : { name, value }
  }
  const value = passageAt(source.file, line.slice(equals + 1), start + equals + 1)
  return { name, value }
}

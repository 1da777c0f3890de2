import { type Passage, PassageWriter, type Place, slicePassage, unknownPassage } from './passage.ts'
import { errorAt, type SourceText } from './source-text.ts'

/** What a variable's name stands for where text is substituted. */
export type Found = { readonly value: string } | { readonly unknown: string } | undefined

/** The variables a substitution may use. */
export interface Scope {
  /** The variable's value, or undefined when it is not set. */
  readonly find: (name: string) => Found
  /** What `$NAME` without a default gives while NAME is not set. */
  readonly unset: (name: string) => Exclude<Found, undefined>
}

/** A substitution that compose refuses; `at` is an index into the passage. */
export class InterpolationError extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** The length from which a value is no longer followed: Linux takes no variable or argument over 128 KiB (execve(2)). */
export const MAX_VALUE = 131_072
const MAX_DEPTH = 50
const OPERATOR = /:?[-+?]/y
const NAME = /[_a-z][_a-z0-9]*/iy

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/**
 * Substitutes `$NAME`, `${NAME}`, `${NAME:-default}`, `-`, `:+`, `+`, `:?`, `?` and `$$` as compose does
 * (compose-go/v2 template/template.go). Throws InterpolationError for a malformed `${`.
 */
export function interpolate(passage: Passage, scope: Scope): Passage {
  if (!passage.text.includes('$')) return passage
  const out = new PassageWriter()
  substitute(passage, 0, passage.text.length, { scope, out, depth: 0 })
  return out.length <= MAX_VALUE ? out.finishAt(passage) : tooLong(passage)
}

/** What stands for a value that would be longer than MAX_VALUE. */
export function tooLong(place: Place): Passage {
  return unknownPassage(place, `it would be longer than ${MAX_VALUE} characters`)
}

/** A text of `source` with its variables substituted. Throws AuthError for a malformed `${`, with `hint` as the way out. */
export function interpolateIn(
  source: SourceText,
  raw: Passage,
  scope: Scope,
  hint: string,
): Passage {
  try {
    return interpolate(raw, scope)
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error
    throw errorAt(source, raw.marks[error.at]?.start ?? raw.span.start, error.message, {
      hints: [hint],
    })
  }
}

interface Run {
  readonly scope: Scope
  readonly out: PassageWriter
  readonly depth: number
}

function substitute(passage: Passage, from: number, to: number, run: Run): void {
  const { text } = passage
  let at = from
  while (at < to && run.out.length <= MAX_VALUE) {
    const dollar = text.indexOf('$', at)
    if (dollar === -1 || dollar >= to) break
    run.out.copy(passage, at, dollar)
    const next = dollar + 1 < to ? text.charAt(dollar + 1) : ''
    const name = matchAt(NAME, text, dollar + 1)
    if (next === '$') {
      run.out.write('$', slicePassage(passage, dollar, dollar + 2).span)
      at = dollar + 2
    } else if (next === '{') {
      at = substituteBraced(passage, dollar, to, run)
    } else if (name !== undefined) {
      at = dollar + 1 + name.length
      put(run, run.scope.find(name) ?? run.scope.unset(name), slicePassage(passage, dollar, at))
    } else {
      run.out.copy(passage, dollar, dollar + 1)
      at = dollar + 1
    }
  }
  if (at < to) run.out.copy(passage, at, to)
}

function put({ out }: Run, found: Exclude<Found, undefined>, { span }: Passage): void {
  if ('value' in found) out.write(found.value, span)
  else out.unknown(found.unknown, span)
}

/** Handles the `${…}` at `dollar` and returns the index after it. */
function substituteBraced(passage: Passage, dollar: number, to: number, run: Run): number {
  const { text } = passage
  const open = dollar + 2
  const name = matchAt(NAME, text, open)
  if (name === undefined) throw new InterpolationError('a "${" that begins no variable', dollar)
  const after = open + name.length
  const operator = matchAt(OPERATOR, text, after)
  const found = run.scope.find(name)
  if (operator === undefined) {
    if (text.charAt(after) !== '}' || after >= to)
      throw new InterpolationError(`a "\${${name}" without its "}"`, dollar)
    put(run, found ?? run.scope.unset(name), slicePassage(passage, dollar, after + 1))
    return after + 1
  }
  const close = findClose(text, dollar, to)
  if (close === undefined)
    throw new InterpolationError(`a "\${${name}${operator}" without its "}"`, dollar)
  if (run.depth >= MAX_DEPTH)
    throw new InterpolationError(`more than ${MAX_DEPTH} substitutions within each other`, dollar)
  const whole = slicePassage(passage, dollar, close + 1)
  const word = after + operator.length
  applyOperator(passage, { word, close, whole, operator, name, found }, run)
  return close + 1
}

interface Braced {
  readonly word: number
  readonly close: number
  readonly whole: Passage
  readonly operator: string
  readonly name: string
  readonly found: Found
}

function applyOperator(passage: Passage, braced: Braced, run: Run): void {
  const { word, close, whole, operator, name, found } = braced
  const empty = operator.startsWith(':')
  const set = found !== undefined && !(empty && 'value' in found && found.value === '')
  const takesWord = operator.endsWith('-') ? !set : operator.endsWith('+') && set
  if (found !== undefined && 'unknown' in found) put(run, found, whole)
  else if (takesWord) substitute(passage, word, close, { ...run, depth: run.depth + 1 })
  else if (operator.endsWith('?') && !set)
    put(run, { unknown: `compose stops here: the variable ${name} is required` }, whole)
  else put(run, found ?? { value: '' }, whole)
}

/**
 * The index of the brace that closes the one after `dollar`: the matching one, or else the last on the line. As in
 * compose, the unit after an opening brace is never a brace.
 */
function findClose(text: string, dollar: number, to: number): number | undefined {
  let open = 0
  let end = dollar
  for (; end < to && text.charAt(end) !== '\n'; end++) {
    const unit = text.charAt(end)
    if (unit === '}' && --open === 0) return end
    if (unit === '{') {
      open++
      if (text.charAt(end + 1) !== '\n') end++
    }
  }
  const last = text.lastIndexOf('}', Math.min(end, to) - 1)
  return last > dollar ? last : undefined
}

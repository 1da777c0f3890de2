import { type Found, MAX_VALUE, tooLong } from './interpolation.ts'
import { type Passage, PassageWriter, slicePassage } from './passage.ts'

/** Splits at blanks outside quotes; quotes and escapes stay in the words (BuildKit parser, `parseWords`). */
export function splitDockerWords(rest: Passage, escapeUnit: string): Passage[] {
  const words: Passage[] = []
  const { text } = rest
  let start: number | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at)
    if (quote === '' && /\s/.test(unit)) {
      if (start !== undefined) words.push(slicePassage(rest, start, at))
      start = undefined
      continue
    }
    start ??= at
    if (unit === escapeUnit && quote !== "'") at++
    else if (quote === unit) quote = ''
    else if (quote === '' && /["']/.test(unit)) quote = unit
  }
  if (start !== undefined) words.push(slicePassage(rest, start))
  return words
}

export interface DockerScope {
  readonly escapeUnit: string
  /** undefined = not set, which reads as empty. */
  readonly find: (name: string) => Found
}

const PARAMETER =
  /\$(?:([_\p{L}][_\p{L}\p{Nd}]*)|\{([_\p{L}][_\p{L}\p{Nd}]*)(?:(:?[-+])([^${}"'\\]*))?\})/uy

/**
 * Takes quotes and escapes off a word and puts variables in (BuildKit shell lexer): none in single quotes. A form of
 * `${…}` that is not one of `:-`, `-`, `:+`, `+` with a plain text gives a piece that is not known.
 */
export function expandDockerWord(word: Passage, { escapeUnit, find }: DockerScope): Passage {
  const out = new PassageWriter()
  const { text } = word
  let quote = ''
  for (let at = 0; at < text.length && out.length <= MAX_VALUE; ) {
    const unit = text.charAt(at)
    if (unit === quote || (quote === '' && /["']/.test(unit))) {
      quote = quote === '' ? unit : ''
      at++
    } else if (unit === escapeUnit && quote !== "'") {
      const kept = quote === '"' && !['"', '$', escapeUnit].includes(text.charAt(at + 1))
      out.copy(word, kept ? at : Math.min(at + 1, text.length), Math.min(at + 2, text.length))
      at += 2
    } else if (unit === '$' && quote !== "'") {
      at = expandParameter(word, at, find, out)
    } else {
      out.copy(word, at, ++at)
    }
  }
  return out.length <= MAX_VALUE ? out.finish(word) : tooLong(word)
}

function expandParameter(
  word: Passage,
  at: number,
  find: DockerScope['find'],
  out: PassageWriter,
): number {
  PARAMETER.lastIndex = at
  const match = PARAMETER.exec(word.text)
  if (match === null) {
    const next = word.text.charAt(at + 1)
    if (next === '{') {
      out.unknown('a form of substitution that is not followed here', word.span)
      return word.text.length
    }
    // The parameters of a shell itself, `$1` and `$$` among them, are always empty.
    const special = /[@*#?$!0-9-]/.test(next) && next !== ''
    if (!special) out.copy(word, at, at + 1)
    return special ? at + 2 : at + 1
  }
  const end = at + match[0].length
  const { span } = slicePassage(word, at, end)
  const [, plain, braced, operator = '', fallback = ''] = match
  const found = find(plain ?? braced ?? '')
  if (found !== undefined && 'unknown' in found) {
    out.unknown(found.unknown, span)
    return end
  }
  const value = found?.value ?? ''
  const set = found !== undefined && !(operator.startsWith(':') && value === '')
  if (operator.endsWith('-')) out.write(set ? value : fallback, span)
  else if (operator.endsWith('+')) out.write(set ? fallback : '', span)
  else out.write(value, span)
  return end
}

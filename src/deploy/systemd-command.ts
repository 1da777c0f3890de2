import { type Found, MAX_VALUE, tooLong } from './interpolation.ts'
import {
  type Passage,
  PassageWriter,
  passageWithin,
  slicePassage,
  unknownPassage,
} from './passage.ts'
import { expandSpecifiers, type Specifiers, splitUnitWords } from './systemd-words.ts'

/** The commands of one `ExecStart=` line, each as the words it is run with. */
export interface UnitCommands {
  readonly commands: readonly (readonly Passage[])[]
  readonly failure: Passage | undefined
}

/** A command before its variables are known: `literal` = a `:` before it keeps `$` as it is. */
interface Prepared {
  readonly words: readonly Passage[]
  readonly literal: boolean
}

/**
 * Reads `ExecStart=` (systemd.service(5), COMMAND LINES): prefixes `@ - : + !`, the second word being dropped after `@`,
 * commands separated by a `;` of its own, specifiers, then variables: `${NAME}` within words, and `$NAME` as a whole
 * word, which is split into as many words as its value has.
 */
export function readExecStart(
  value: Passage,
  specifiers: Specifiers,
  find: (name: string) => Found,
): UnitCommands {
  const { words, failure, breaks } = splitUnitWords(value, 'command')
  if (failure !== undefined) return { commands: [], failure }
  const commands: (readonly Passage[])[] = []
  for (const prepared of separate(words, breaks).map(prepare)) {
    const expanded: Passage[] = []
    for (const raw of prepared.words) {
      const word = expandSpecifiers(raw, specifiers)
      if (word === undefined) return { commands: [], failure: raw }
      if (prepared.literal || expanded.length === 0) expanded.push(word)
      else expanded.push(...expandWord(word, find))
    }
    if (expanded.length > 0) commands.push(expanded)
  }
  return { commands, failure: undefined }
}

function separate(words: readonly Passage[], breaks: readonly number[]): (readonly Passage[])[] {
  return [...breaks, words.length].map((end, index) => words.slice(breaks[index - 1] ?? 0, end))
}

function prepare(words: readonly Passage[]): Prepared {
  const [first, ...rest] = words
  if (first === undefined) return { words: [], literal: false }
  const prefix = /^[-@:+!]*/.exec(first.text)?.[0] ?? ''
  const path = slicePassage(first, prefix.length)
  return {
    words: [path, ...(prefix.includes('@') ? rest.slice(1) : rest)],
    literal: prefix.includes(':'),
  }
}

function expandWord(word: Passage, find: (name: string) => Found): Passage[] {
  const { text } = word
  if (!text.includes('$')) return [word]
  if (!/^\$[^{$]/.test(text)) return [expandBraces(word, find)]
  const found = find(text.slice(1))
  if (found === undefined) return []
  if ('unknown' in found) return [unknownPassage(word, found.unknown)]
  return [...splitUnitWords(passageWithin(word, found.value), 'list').words]
}

function expandBraces(word: Passage, find: (name: string) => Found): Passage {
  const { text } = word
  const out = new PassageWriter()
  const lastClose = text.lastIndexOf('}')
  let at = 0
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    if (out.length > MAX_VALUE) return tooLong(word)
    out.copy(word, at, dollar)
    const next = text.charAt(dollar + 1)
    const close = next === '{' && dollar < lastClose ? text.indexOf('}', dollar) : -1
    at = close !== -1 ? close + 1 : dollar + (next === '$' ? 2 : 1)
    const whole = slicePassage(word, dollar, at)
    const found = close === -1 ? undefined : (find(text.slice(dollar + 2, close)) ?? { value: '' })
    if (found !== undefined && 'unknown' in found) out.unknown(found.unknown, whole.span)
    else out.write(found?.value ?? '$', whole.span)
  }
  out.copy(word, at)
  return out.length > MAX_VALUE ? tooLong(word) : out.finishAt(word)
}

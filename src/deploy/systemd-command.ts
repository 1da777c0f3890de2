import type { Found } from './interpolation.ts'
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
  const commands = separate(words, breaks)
    .flatMap((command) => prepare(command) ?? [])
    .map(({ words: command, literal }) => {
      const expanded = command.map((word) => expandSpecifiers(word, specifiers))
      return literal ? expanded : expanded.flatMap((word, index) => expandWord(word, index, find))
    })
  return { commands, failure: undefined }
}

function separate(words: readonly Passage[], breaks: readonly number[]): (readonly Passage[])[] {
  return [...breaks, words.length].map((end, index) => words.slice(breaks[index - 1] ?? 0, end))
}

function prepare(words: readonly Passage[]): Prepared | undefined {
  const [first, ...rest] = words
  if (first === undefined) return undefined
  const prefix = /^[-@:+!]*/.exec(first.text)?.[0] ?? ''
  const path = slicePassage(first, prefix.length)
  return {
    words: [path, ...(prefix.includes('@') ? rest.slice(1) : rest)],
    literal: prefix.includes(':'),
  }
}

function expandWord(word: Passage, index: number, find: (name: string) => Found): Passage[] {
  const { text } = word
  if (index === 0 || !text.includes('$')) return [word]
  if (!/^\$[^{$]/.test(text)) return [expandBraces(word, find)]
  const found = find(text.slice(1))
  if (found === undefined) return []
  if ('unknown' in found) return [unknownPassage(word, found.unknown)]
  return [...splitUnitWords(passageWithin(word, found.value), 'list').words]
}

const REFERENCE = /\$(?:\$|\{([^}]*)\})/g

function expandBraces(word: Passage, find: (name: string) => Found): Passage {
  const out = new PassageWriter()
  let at = 0
  for (const match of word.text.matchAll(REFERENCE)) {
    const [whole, name] = match
    out.copy(word, at, match.index)
    at = match.index + whole.length
    const { span } = slicePassage(word, match.index, at)
    const found = name === undefined ? { value: '$' } : (find(name) ?? { value: '' })
    if ('value' in found) out.write(found.value, span)
    else out.unknown(found.unknown, span)
  }
  out.copy(word, at)
  return out.finishAt(word)
}

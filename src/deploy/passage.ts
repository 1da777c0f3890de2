import type { Span } from '../config/setting.ts'

/** Where one UTF-16 unit of a passage stands in its file, and why it is not known, if it is not. */
export interface Mark extends Span {
  readonly unknown?: string
}

/** A text that knows the place of each of its units, through escapes, folding and substitution. */
export interface Passage {
  readonly file: string
  /** A piece that cannot be known is one U+FFFC here. */
  readonly text: string
  /** As many as `text` has UTF-16 units. */
  readonly marks: readonly Mark[]
  /** The whole, also where it is empty. */
  readonly span: Span
}

/** A place in a file. */
export interface Place {
  readonly file: string
  readonly span: Span
}

const PLACEHOLDER = '\u{fffc}'

/** The passage that is `text` itself, standing at `start` in `file`. */
export function passageAt(file: string, text: string, start: number): Passage {
  const marks = Array.from({ length: text.length }, (_, index) => ({
    start: start + index,
    end: start + index + 1,
  }))
  return { file, text, marks, span: { start, end: start + text.length } }
}

/** A passage all of which stands at one place, as decoded text does. */
export function passageWithin({ file, span }: Place, text: string): Passage {
  return { file, text, marks: Array.from({ length: text.length }, () => span), span }
}

/** A passage that is not known, for the reason `why`. */
export function unknownPassage({ file, span }: Place, why: string): Passage {
  return { file, text: PLACEHOLDER, marks: [{ ...span, unknown: why }], span }
}

/** The units from `from` to before `to`; an empty piece stands where it would begin. */
export function slicePassage(passage: Passage, from: number, to = passage.text.length): Passage {
  const marks = passage.marks.slice(from, to)
  const start = (passage.marks[from] ?? passage.span).start
  const end = marks.at(-1)?.end
  const empty = from < passage.marks.length ? start : passage.span.end
  return {
    file: passage.file,
    text: passage.text.slice(from, to),
    marks,
    span: end === undefined ? { start: empty, end: empty } : { start, end },
  }
}

/** What is known of a passage: its text, or why it is not to be known. */
export function readPassage({ text, marks }: Passage): { value: string } | { why: string } {
  for (const { unknown } of marks) if (unknown !== undefined) return { why: unknown }
  return { value: text }
}

/** The text of a passage that is wholly known. */
export function knownText(passage: Passage): string | undefined {
  const read = readPassage(passage)
  return 'value' in read ? read.value : undefined
}

/** Builds a passage unit by unit. */
export class PassageWriter {
  readonly #texts: string[] = []
  readonly #marks: Mark[] = []

  /** Takes units of another passage of the same file over. */
  copy(from: Passage, start = 0, end = from.text.length): void {
    this.#texts.push(from.text.slice(start, end))
    for (let index = start; index < end; index++) this.#marks.push(from.marks[index] ?? from.span)
  }

  /** Writes `text`, all of which stands at `span`. */
  write(text: string, span: Span): void {
    this.#texts.push(text)
    for (let index = 0; index < text.length; index++) this.#marks.push(span)
  }

  /** Writes a piece that is not to be known. */
  unknown(why: string, { start, end }: Span): void {
    this.#texts.push(PLACEHOLDER)
    this.#marks.push({ start, end, unknown: why })
  }

  get length(): number {
    return this.#marks.length
  }

  /** The passage written so far, from its first unit to its last; while there is none it stands at `place`. */
  finish(place: Place): Passage {
    const first = this.#marks[0]
    const last = this.#marks.at(-1)
    const written = first !== undefined && last !== undefined
    const span = written ? { start: first.start, end: last.end } : place.span
    return this.finishAt({ file: place.file, span })
  }

  /** The passage written so far as one that stands at `place` whatever its units do. */
  finishAt({ file, span }: Place): Passage {
    return { file, text: this.#texts.join(''), marks: this.#marks, span }
  }
}

import { type Characters, isAlpha, isBlank, isBlankOrEnd, type Mark } from './yaml-characters.ts'
import { utf8Width } from './yaml-text.ts'

/** Steps over an anchor or an alias; its name (yaml v3.0.4 scannerc.go, scan_anchor). */
export function scanAnchor(characters: Characters): string {
  const start = characters.mark
  characters.skip()
  const name = characters.readWord()
  const next = characters.at()
  if (name === '' || (!isBlankOrEnd(next) && !'?:,]}%@`'.includes(next)))
    characters.fail('did not find expected alphabetic or numeric character', start)
  return name
}

export interface TagToken {
  /** '' = the suffix is the whole tag. */
  readonly handle: string
  readonly suffix: string
}

/** Steps over a tag (scan_tag). */
export function scanTag(characters: Characters): TagToken {
  const start = characters.mark
  const tag = scanTagParts(characters, start)
  if (!isBlankOrEnd(characters.at()))
    characters.fail('did not find expected whitespace or line break', start)
  return tag
}

function scanTagParts(characters: Characters, start: Mark): TagToken {
  if (characters.at(1) === '<') {
    characters.skip(2)
    const suffix = scanUri(characters, '', start)
    if (characters.at() !== '>') characters.fail("did not find the expected '>'", start)
    characters.skip()
    return { handle: '', suffix }
  }
  const handle = scanHandle(characters, false, start)
  if (handle.length > 1 && handle.endsWith('!'))
    return { handle, suffix: scanUri(characters, '', start) }
  const suffix = scanUri(characters, handle, start)
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix }
}

function scanHandle(characters: Characters, directive: boolean, start: Mark): string {
  if (characters.at() !== '!') characters.fail("did not find expected '!'", start)
  characters.skip()
  const handle = `!${characters.readWord()}`
  if (characters.at() === '!') {
    characters.skip()
    return `${handle}!`
  }
  if (directive && handle !== '!') characters.fail("did not find expected '!'", start)
  return handle
}

/** Steps over a URI; `head` = what of the tag has been read, with its exclamation mark, which is left out. */
function scanUri(characters: Characters, head: string, start: Mark): string {
  const pieces: string[] = []
  while (
    isAlpha(characters.at()) ||
    (characters.at() !== '' && ";/?:@&=+$,.!~*'()[]%".includes(characters.at()))
  ) {
    if (characters.at() === '%') {
      pieces.push(scanOctets(characters, start))
      continue
    }
    pieces.push(characters.at())
    characters.skip()
  }
  if (pieces.length === 0 && head === '') characters.fail('did not find expected tag URI', start)
  return head.slice(1) + pieces.join('')
}

/** The percent-encoded octets of one character. */
function scanOctets(characters: Characters, start: Mark): string {
  const octets: number[] = []
  for (let left = 1; left > 0; left--) {
    const digits = characters.at(1) + characters.at(2)
    if (characters.at() !== '%' || !/^[0-9a-fA-F]{2}$/.test(digits))
      characters.fail('did not find URI escaped octet', start)
    const octet = Number.parseInt(digits, 16)
    if (octets.length === 0) {
      left = utf8Width(octet)
      if (left === 0) characters.fail('found an incorrect leading UTF-8 octet', start)
    } else if ((octet & 0xc0) !== 0x80) {
      characters.fail('found an incorrect trailing UTF-8 octet', start)
    }
    octets.push(octet)
    characters.skip(3)
  }
  return Buffer.from(octets).toString()
}

export type Directive =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'tag'; readonly handle: string; readonly prefix: string }

/** Steps over a directive with its line (scan_directive). */
export function scanDirective(characters: Characters): Directive {
  const start = characters.mark
  characters.skip()
  const name = characters.readWord()
  if (name === '') characters.fail('could not find expected directive name', start)
  if (!isBlankOrEnd(characters.at()))
    characters.fail('found unexpected non-alphabetical character', start)
  if (name !== 'YAML' && name !== 'TAG') characters.fail('found unknown directive name', start)
  const directive =
    name === 'YAML' ? scanVersion(characters, start) : scanTagDirective(characters, start)
  characters.endLine(start)
  return directive
}

function scanVersion(characters: Characters, start: Mark): Directive {
  characters.skipBlanks()
  const major = scanNumber(characters, start)
  if (characters.at() !== '.')
    characters.fail("did not find expected digit or '.' character", start)
  characters.skip()
  return { kind: 'version', version: `${major}.${scanNumber(characters, start)}` }
}

function scanNumber(characters: Characters, start: Mark): number {
  let digits = ''
  while (/^\d$/.test(characters.at())) {
    if (digits.length === 2) characters.fail('found extremely long version number', start)
    digits += characters.at()
    characters.skip()
  }
  if (digits === '') characters.fail('did not find expected version number', start)
  return Number(digits)
}

function scanTagDirective(characters: Characters, start: Mark): Directive {
  characters.skipBlanks()
  const handle = scanHandle(characters, true, start)
  if (!isBlank(characters.at())) characters.fail('did not find expected whitespace', start)
  characters.skipBlanks()
  const prefix = scanUri(characters, '', start)
  if (!isBlankOrEnd(characters.at()))
    characters.fail('did not find expected whitespace or line break', start)
  return { kind: 'tag', handle, prefix }
}

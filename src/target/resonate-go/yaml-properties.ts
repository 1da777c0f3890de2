import {
  type Characters,
  isAlpha,
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  type Mark,
} from './yaml-characters.ts'

/** Steps over an anchor or an alias; its name (yaml v3.0.4 scannerc.go, scan_anchor). */
export function scanAnchor(characters: Characters): string {
  const start = characters.mark
  characters.skip()
  let name = ''
  while (isAlpha(characters.at())) {
    name += characters.at()
    characters.skip()
  }
  const next = characters.at()
  if (name === '' || (!isBlankOrEnd(next) && !'?:,]}%@`'.includes(next)))
    characters.fail('did not find expected alphabetic or numeric character', start)
  return name
}

/** Steps over a tag; its handle, '' for a verbatim one (scan_tag). */
export function scanTag(characters: Characters): string {
  const start = characters.mark
  let handle = ''
  if (characters.at(1) === '<') {
    characters.skip(2)
    scanUri(characters, false, start)
    if (characters.at() !== '>') characters.fail("did not find the expected '>'", start)
    characters.skip()
  } else {
    const head = scanHandle(characters, false, start)
    const named = head.length > 1 && head.endsWith('!')
    const suffix = scanUri(characters, !named, start)
    handle = named ? head : suffix || head.length > 1 ? '!' : ''
  }
  if (!isBlankOrEnd(characters.at()))
    characters.fail('did not find expected whitespace or line break', start)
  return handle
}

function scanHandle(characters: Characters, directive: boolean, start: Mark): string {
  if (characters.at() !== '!') characters.fail("did not find expected '!'", start)
  let handle = '!'
  characters.skip()
  while (isAlpha(characters.at())) {
    handle += characters.at()
    characters.skip()
  }
  if (characters.at() === '!') {
    characters.skip()
    return `${handle}!`
  }
  if (directive && handle !== '!') characters.fail("did not find expected '!'", start)
  return handle
}

/** Steps over a URI; whether there was any of it. `optional` = something of the tag is there already. */
function scanUri(characters: Characters, optional: boolean, start: Mark): boolean {
  const before = characters.index
  while (
    isAlpha(characters.at()) ||
    (characters.at() !== '' && ";/?:@&=+$,.!~*'()[]%".includes(characters.at()))
  ) {
    if (characters.at() !== '%') {
      characters.skip()
      continue
    }
    if (!/^[0-9a-fA-F]{2}$/.test(characters.at(1) + characters.at(2)))
      characters.fail('did not find URI escaped octet', start)
    characters.skip(3)
  }
  const found = characters.index > before
  if (!found && !optional) characters.fail('did not find expected tag URI', start)
  return found
}

export type Directive =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'tag'; readonly handle: string }

/** Steps over a directive with its line (scan_directive). */
export function scanDirective(characters: Characters): Directive {
  const start = characters.mark
  characters.skip()
  let name = ''
  while (isAlpha(characters.at())) {
    name += characters.at()
    characters.skip()
  }
  if (name === '') characters.fail('could not find expected directive name', start)
  if (!isBlankOrEnd(characters.at()))
    characters.fail('found unexpected non-alphabetical character', start)
  if (name !== 'YAML' && name !== 'TAG') characters.fail('found unknown directive name', start)
  const directive =
    name === 'YAML' ? scanVersion(characters, start) : scanTagDirective(characters, start)
  characters.skipBlanks()
  characters.skipComment()
  if (!isBreakOrEnd(characters.at()))
    characters.fail('did not find expected comment or line break', start)
  characters.skipLine()
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
  scanUri(characters, false, start)
  if (!isBlankOrEnd(characters.at()))
    characters.fail('did not find expected whitespace or line break', start)
  return { kind: 'tag', handle }
}

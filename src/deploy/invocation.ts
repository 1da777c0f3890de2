import type { Argument } from '../config/configuration.ts'
import { type Assignment, splitAssignment } from './environment.ts'
import type { Found } from './interpolation.ts'
import { knownText, type Passage, type Place, readPassage, unknownPassage } from './passage.ts'
import { splitShellCommand } from './shell-command.ts'

/** How the server is called: what follows its name, and the variables that wrappers set on the way. */
export interface Invocation {
  readonly arguments: readonly Argument[]
  readonly assignments: readonly Assignment[]
  /** Whether the program was recognised as the server. */
  readonly found: boolean
}

/** The names the server's program goes by (the release archives, and the image of its Dockerfile). */
const SERVERS: ReadonlySet<string> = new Set(['resonate', 'resonate-server'])
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'busybox'])
/** Programs that run the rest of their line; the number of operands of their own. */
const WRAPPERS: ReadonlyMap<string, number> = new Map([
  ['tini', 0],
  ['dumb-init', 0],
  ['catatonit', 0],
  ['exec', 0],
  ['nohup', 0],
  ['su-exec', 1],
  ['gosu', 1],
])
const MAX_WRAPPERS = 8

/** The file name at the end of a program's path. */
export function programName(word: Passage | undefined): string | undefined {
  const path = word === undefined ? undefined : knownText(word)
  return path?.slice(path.lastIndexOf('/') + 1)
}

/** Whether the word names the server's program. */
export function isServerProgram(word: Passage | undefined): boolean {
  return SERVERS.has(programName(word) ?? '')
}

/**
 * Finds the server in a command line, behind init programs, `env`, `exec` and a `sh -c` of one simple command. What it
 * cannot follow gives one argument that is not known, standing at the command line.
 */
export function findInvocation(
  words: readonly Passage[],
  place: Place,
  find: (name: string) => Exclude<Found, undefined>,
): Invocation {
  const assignments: Assignment[] = []
  let line = words
  for (let turn = 0; turn < MAX_WRAPPERS; turn++) {
    if (isServerProgram(line[0]))
      return { arguments: serverArguments(line.slice(1)), assignments, found: true }
    const inner = unwrap(line, find)
    if (inner === undefined) break
    assignments.push(...inner.assignments)
    line = inner.words
  }
  const name = programName(line[0])
  const why =
    line.length === 0
      ? 'no program is named here'
      : `what ${name === undefined ? 'this' : `"${name}"`} gives the server is not known`
  const unknown = serverArguments([unknownPassage(line[0] ?? place, why)])
  return { arguments: unknown, assignments, found: false }
}

interface Unwrapped {
  readonly words: readonly Passage[]
  readonly assignments: readonly Assignment[]
}

function unwrap(
  words: readonly Passage[],
  find: (name: string) => Exclude<Found, undefined>,
): Unwrapped | undefined {
  const name = programName(words[0])
  if (name === undefined) return undefined
  if (SHELLS.has(name)) return unwrapShell(words.slice(name === 'busybox' ? 2 : 1), find)
  if (name === 'env') return unwrapEnv(words.slice(1))
  const operands = WRAPPERS.get(name)
  if (operands === undefined) return undefined
  let at = 1
  while (words[at]?.text.startsWith('-')) if (words[at++]?.text === '--') break
  return { words: words.slice(at + operands), assignments: [] }
}

/** `sh [-options] -c SCRIPT`: the script's own parameters come after it and are not looked at. */
function unwrapShell(
  words: readonly Passage[],
  find: (name: string) => Exclude<Found, undefined>,
): Unwrapped | undefined {
  let at = 0
  while (/^-[a-z]*$/.test(words[at]?.text ?? '') && !words[at]?.text.includes('c')) at++
  const script = words[at + 1]
  if (!/^-[a-z]*c[a-z]*$/.test(words[at]?.text ?? '') || script === undefined) return undefined
  return splitShellCommand(script, find)
}

function unwrapEnv(words: readonly Passage[]): Unwrapped | undefined {
  const assignments: Assignment[] = []
  for (const [index, word] of words.entries()) {
    const { name, value } = splitAssignment(word)
    if (word.text.startsWith('-')) return undefined
    if (value === undefined) return { words: words.slice(index), assignments }
    assignments.push({ name, value })
  }
  return undefined
}

/** The words as arguments of the server; an origin is named by the flag it belongs to. */
export function serverArguments(words: readonly Passage[]): Argument[] {
  let flag: string | undefined
  return words.map((word, index) => {
    const read = readPassage(word)
    const own = /^--?[A-Za-z][\w-]*/.exec(word.text)?.[0]
    const name = own ?? flag ?? (index === 0 ? 'the command' : `argument ${index + 1}`)
    flag = own !== undefined && !word.text.includes('=') ? own : undefined
    const at = { file: word.file, span: word.span }
    const origin = { kind: 'argument', name, index, at } as const
    return 'value' in read
      ? { text: read.value, origin }
      : { text: undefined, origin, why: read.why }
  })
}

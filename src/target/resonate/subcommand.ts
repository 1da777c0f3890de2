import type { Argument } from '../../config/configuration.ts'
import type { ArgumentsRead } from './flags.ts'
import { findSimilar } from './similarity.ts'
import { similarTip, usageError } from './usage.ts'

/** The clients' commands with their aliases, in the order of their declaration (src/main.rs). */
const CLIENTS = [
  'promises',
  'promise',
  'tasks',
  'task',
  'schedules',
  'schedule',
  'invoke',
  'tree',
  'mcp',
]
const SERVERS = ['serve', 'dev']

/**
 * What the server says to a first argument that is neither `serve` nor `dev`: a help text, or what is wrong. `flags`
 * are those of `serve`, from which clap suggests too.
 */
export function readSubcommand(
  { text = '', origin }: Argument,
  rest: readonly Argument[],
  flags: readonly string[],
): ArgumentsRead {
  const refuse = (message: string): ArgumentsRead => ({ kind: 'exit', exit: 2, message, origin })
  if (CLIENTS.includes(text)) {
    const decides = `"resonate ${text}" is a client's command and starts no server`
    return { kind: 'unknown', decides, origin }
  }
  if (['--help', '--version'].includes(text) || /^-[hV]/.test(text))
    return { kind: 'exit', exit: 0, message: '', origin }
  if (text === 'help') return readHelp(origin, rest)
  // The help, as for no arguments at all.
  if (text === '--' && rest.length === 0) return refuse('')
  if (text === '--') return refuse(refuseAfterDashes(rest[0]?.text ?? ''))
  if (text.startsWith('--')) return refuse(refuseLong(text, rest, flags))
  if (text.startsWith('-') && text !== '-')
    return refuse(usageError(`unexpected argument '-${[...text][1] ?? ''}' found`, USAGE))
  return refuse(refuseWord(text))
}

const USAGE = { usage: '<COMMAND>' }

/** `help WORD...`: the words lead down the commands, of which those of the server hold no others. */
function readHelp(origin: Argument['origin'], words: readonly Argument[]): ArgumentsRead {
  const [first, ...more] = words.map(({ text = '' }) => text)
  const known = first === undefined || [...SERVERS, ...CLIENTS, 'help'].includes(first)
  const wrong = known ? more[0] : first
  if (wrong === undefined) return { kind: 'exit', exit: 0, message: '', origin }
  if (known && CLIENTS.includes(first ?? ''))
    return { kind: 'unknown', decides: `whether "resonate ${first}" has a "${wrong}"`, origin }
  const usage = known ? `${first} ${first === 'help' ? '[COMMAND]...' : '[OPTIONS]'}` : '<COMMAND>'
  const message = usageError(`unrecognized subcommand '${wrong}'`, { usage })
  return { kind: 'exit', exit: 2, message, origin: words[known ? 1 : 0]?.origin ?? origin }
}

function refuseWord(text: string): string {
  const similar = findSimilar(text, [...SERVERS, ...CLIENTS, 'help'])
  const tip = similar.length === 0 ? {} : { tip: similarTip('subcommand', similar) }
  return usageError(`unrecognized subcommand '${text}'`, { ...USAGE, ...tip })
}

function refuseAfterDashes(text: string): string {
  if (![...SERVERS, ...CLIENTS, 'help'].includes(text)) return refuseWord(text)
  const tip = `subcommand '${text}' exists; to use it, remove the '--' before it`
  return usageError(`unexpected argument '${text}' found`, { ...USAGE, tip })
}

function refuseLong(text: string, rest: readonly Argument[], flags: readonly string[]): string {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  const own = name === '--help' || name === '--version'
  if (own) {
    const value = text.slice(equals + 1)
    const sentence = `unexpected value '${value}' for '${name}' found; no more were expected`
    return usageError(sentence, { usage: `${name} <COMMAND>` })
  }
  const sentence = `unexpected argument '${name}' found`
  const near = findSimilar(name.slice(2), ['help', 'version']).at(-1)
  if (near !== undefined)
    return usageError(sentence, {
      tip: similarTip('argument', [`--${near}`]),
      usage: `--${near} <COMMAND>`,
    })
  const command = rest.find((argument) => SERVERS.includes(argument.text ?? ''))?.text
  const flag = findSimilar(
    name.slice(2),
    flags.map((each) => each.slice(2)),
  ).at(-1)
  const tip =
    command === undefined || flag === undefined ? {} : { tip: `'${command} --${flag}' exists` }
  return usageError(sentence, { ...USAGE, ...tip })
}

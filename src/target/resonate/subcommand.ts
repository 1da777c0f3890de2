import type { Origin } from '../../config/setting.ts'
import type { ArgumentsRead } from './flags.ts'
import { findSimilar } from './similarity.ts'
import { similarTip, usageError } from './usage.ts'

const CLIENT_COMMANDS = ['promises', 'tasks', 'schedules', 'invoke', 'tree', 'mcp']
const ALIASES = ['promise', 'task', 'schedule']

/** What the server says to a first argument that is neither `serve` nor `dev`: a help text, or what is wrong. */
export function readSubcommand(text: string, origin: Origin): ArgumentsRead {
  if ([...CLIENT_COMMANDS, ...ALIASES].includes(text))
    return {
      kind: 'unknown',
      decides: `"resonate ${text}" is a client's command and starts no server`,
      origin: origin,
    }
  const fail = (sentence: string, tip?: string): ArgumentsRead => ({
    kind: 'exit',
    exit: 2,
    message: usageError(sentence, { ...(tip !== undefined && { tip }), usage: '<COMMAND>' }),
    origin,
  })
  if (['-h', '--help', 'help', '-V', '--version'].includes(text) || /^-[hV]/.test(text))
    return { kind: 'exit', exit: 0, message: '', origin }
  if (text.startsWith('--')) return fail(`unexpected argument '${text.split('=')[0]}' found`)
  if (text.startsWith('-') && text !== '-')
    return fail(`unexpected argument '-${[...text][1] ?? ''}' found`)
  const names = CLIENT_COMMANDS.flatMap((name) => [
    name,
    ...ALIASES.filter((alias) => `${alias}s` === name),
  ])
  const similar = findSimilar(text, ['serve', 'dev', ...names, 'help'])
  const tip = similar.length === 0 ? undefined : similarTip('subcommand', similar)
  return fail(`unrecognized subcommand '${text}'`, tip)
}

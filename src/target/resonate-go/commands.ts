import { distance } from 'fastest-levenshtein'
import type { Argument } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import { lowerAscii, quoteFirstByte, quoteGo } from './go-text.ts'

/** The process ends without serving; `message` is its standard error. */
export interface ProcessExit {
  readonly kind: 'exit'
  readonly exit: number
  readonly message: string
  readonly origin?: Origin
}

const COMMANDS: readonly string[] =
  'completion dev dst help invoke migrate projects promises schedules serve tasks tree'.split(' ')

const ROOT_SWITCHES: readonly string[] = ['--help', '--version', '-h', '-v']

/** Where the command stands: flags before it that are none of the root's take the next argument with them. */
export function commandIndex(args: readonly Argument[]): number | undefined {
  for (let at = 0; at < args.length; at++) {
    const text = args[at]?.text ?? ''
    if (text === '--') return undefined
    const takesValue = /^--[^=]*$|^-[^=]$/.test(text) && !ROOT_SWITCHES.includes(text)
    if (takesValue) at++
    else if (text !== '' && !text.startsWith('-')) return at
  }
  return undefined
}

/** What the program does when `name`, its first word, is neither `serve` nor `dev` (cobra v1.10.1, legacyArgs). */
export function readRoot(args: readonly Argument[], name: string | undefined): ProcessExit {
  if (name !== undefined && COMMANDS.includes(name)) return { kind: 'exit', exit: 0, message: '' }
  if (name !== undefined) {
    const origin = args.find(({ text }) => text === name)?.origin
    const message = `Error: unknown command ${quoteGo(name)} for "resonate"${suggestCommands(name)}\nRun 'resonate --help' for usage.`
    return { kind: 'exit', exit: 1, message, ...(origin !== undefined && { origin }) }
  }
  for (const { text = '', origin } of args) {
    if (ROOT_SWITCHES.includes(text)) return { kind: 'exit', exit: 0, message: '' }
    const message = complainAboutFlag(text)
    return { kind: 'exit', exit: 1, message: `Error: ${message}`, origin }
  }
  return { kind: 'exit', exit: 0, message: '' }
}

function complainAboutFlag(text: string): string {
  if (!text.startsWith('--'))
    return `unknown shorthand flag: ${quoteFirstByte(text.slice(1))} in ${text}`
  if (/^--(?:[-=]|$)/.test(text)) return `bad flag syntax: ${text}`
  return `unknown flag: ${text.split('=')[0] ?? ''}`
}

/** cobra suggests commands up to two edits away, and those the name is the beginning of. */
function suggestCommands(name: string): string {
  const typed = lowerAscii(name)
  const near = COMMANDS.filter(
    (command) => distance(typed, command) <= 2 || command.startsWith(typed),
  )
  if (near.length === 0) return ''
  return `\n\nDid you mean this?\n${near.map((command) => `\t${command}\n`).join('')}`
}

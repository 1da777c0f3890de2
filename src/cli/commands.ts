import { SHELLS } from '../docs/shell.ts'
import type { Cmd, GROUPS } from './command.ts'
import type { Edge } from './edge.ts'

/** An operand as the help shows it. */
export interface Operand {
  /** As in the usage line, e.g. `[token]`. */
  readonly term: string
  readonly text: string
  readonly choices?: readonly string[]
}

/** A command as the program's own help shows it; the rest is loaded with what the command does. */
export interface CommandHead {
  readonly group: keyof typeof GROUPS
  readonly alias?: string
  readonly description: string
  readonly operands?: readonly Operand[]
  /** It does nothing but hold others. */
  readonly parent?: true
  readonly load: () => Promise<Declare>
}

/** Declares options, examples and action of a command that has its head. */
export type Declare = (command: Cmd, edge: Edge) => void

const TOKEN = { term: '[token]', text: 'the token, @FILE, or - for standard input' } as const
const SERVER = { term: '[server...]', text: "the server's arguments, after --" } as const

/** The commands by name, in the order of the help. */
export const COMMANDS: Readonly<Record<string, CommandHead>> = {
  mint: {
    group: 'tokens',
    description: 'sign a token that the server accepts',
    operands: [SERVER],
    load: async () => (await import('./mint.ts')).mint,
  },
  decode: {
    group: 'tokens',
    description: 'read a token, also a broken one; the signature is not checked',
    operands: [TOKEN],
    load: async () => (await import('./decode.ts')).decode,
  },
  verify: {
    group: 'tokens',
    alias: 'validate',
    description: 'would the server accept this token, and if not, why',
    operands: [TOKEN, SERVER],
    load: async () => (await import('./verify.ts')).verify,
  },
  can: {
    group: 'tokens',
    description: 'would the server let this token do this operation',
    operands: [
      {
        term: '[operands...]',
        text: 'KIND ID and the token: itself, @FILE, or - for standard input',
      },
    ],
    load: async () => (await import('./can.ts')).can,
  },
  answer: {
    group: 'tokens',
    description: 'what the server answers to a whole request, and why; nothing is sent',
    operands: [SERVER],
    load: async () => (await import('./answer.ts')).answer,
  },
  export: {
    group: 'tokens',
    description: 'write a token as environment, secret or curl line, with the request done right',
    operands: [TOKEN],
    load: async () => (await import('./export.ts')).exportToken,
  },
  keygen: {
    group: 'keys',
    description: 'make a new key pair',
    load: async () => (await import('./keygen.ts')).keygen,
  },
  key: {
    group: 'keys',
    description: 'look into key files, convert them, compare them',
    parent: true,
    load: async () => (await import('./key.ts')).key,
  },
  config: {
    group: 'configuration',
    description:
      'the effective settings, where each comes from, what is ignored, whether it starts',
    operands: [{ term: '[file]', text: 'the configuration file, or - for standard input' }, SERVER],
    load: async () => (await import('./config.ts')).config,
  },
  lint: {
    group: 'configuration',
    description: 'what is wrong or dangerous in a configuration, as the server would read it',
    operands: [
      {
        term: '[file]',
        text: 'the configuration file, or - for standard input; of several each is a server',
      },
      SERVER,
    ],
    load: async () => (await import('./lint.ts')).lint,
  },
  explain: {
    group: 'help',
    description:
      'what a reason, a status, a log line, a token, an SDK or a lint rule means; JSON Schemas',
    operands: [
      {
        term: '[topic...]',
        text: "e.g. expired, 401, sdk typescript, RA101, schema verify, a line of the server's log, or - for standard input",
      },
    ],
    load: async () => (await import('./explain.ts')).explain,
  },
  rules: {
    group: 'help',
    description: 'the rules of the linter, and why some pitfalls have none',
    load: async () => (await import('./rules.ts')).rules,
  },
  completion: {
    group: 'help',
    description: 'print the completion script of a shell',
    operands: [{ term: '<shell>', text: 'the shell to complete in', choices: SHELLS }],
    load: async () => (await import('./completion.ts')).completion,
  },
}
